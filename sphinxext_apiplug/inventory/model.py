"""The inventory: everything that was read of one API, as immutable data.

It is the one thing that every output is made from. No type here holds a live
object; all of them round-trip through JSON (see :mod:`.codec`).
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal, TypeAlias

import msgspec

from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange

#: A JSON Schema 2020-12 document: an object, or one of the two booleans.
Schema: TypeAlias = dict[str, Any] | bool

Location = Literal["path", "query", "header"]


class _Model(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all types of the model share; each says again what isn't inherited."""


class Security(_Model, frozen=True, kw_only=True):
    """How a caller proves who they are: a token in a request header."""

    header: str = "X-Auth-Token"
    description: str = "A token from the identity service."


class Contact(_Model, frozen=True, kw_only=True):
    """Whom to ask about the API."""

    name: str
    url: str | None = None
    email: str | None = None


class License(_Model, frozen=True, kw_only=True):
    """What the API's description may be used for; *identifier* is SPDX's."""

    name: str
    identifier: str | None = None
    url: str | None = None


class Server(_Model, frozen=True, kw_only=True):
    """Where the API is served; *url* may hold ``{variables}``."""

    url: str
    description: str = ""


class Api(_Model, frozen=True, kw_only=True):
    """The API as a whole.

    :ivar name: the key in ``apiplug_apis``, or the namespace
    :ivar namespace: the entry-point group that the extensions are declared in
    :ivar version: the service's own version (its distribution's)
    :ivar base_path: what stands before every path, as in ``/v1``; maybe empty
    :ivar service_type: OpenStack service type, used in the microversion header
    :ivar microversions: what the service accepts; ``None`` without microversions
    :ivar microversion_header: name of the request header that carries one
    :ivar source_url: template of a link to a source line, with ``{version}``,
        ``{file}`` and ``{line}``
    :ivar fault_schema: of the body of every error that has no payload of its own;
        ``None`` if nothing is known of it
    """

    name: str
    namespace: str
    title: str
    version: str
    description: str = ""
    base_path: str = ""
    service_type: str | None = None
    microversions: VersionRange | None = None
    microversion_header: str = "OpenStack-API-Version"
    servers: tuple[Server, ...] = ()
    contact: Contact | None = None
    license: License | None = None
    security: Security | None = None
    source_url: str | None = None
    fault_schema: Schema | None = None


class Extension(_Model, frozen=True, kw_only=True):
    """One loaded entry point.

    :ivar entry_point: ``name = module:attr`` as declared
    :ivar distribution: name of the distribution that declares it
    :ivar distribution_version: that distribution's version
    :ivar origin: the namespace or package that it was found in, where that isn't the
        API's own
    :ivar updated: the extension's own time stamp, as it gives it
    """

    alias: str
    name: str
    entry_point: str
    distribution: str
    distribution_version: str
    description: str = ""
    version: str = ""
    updated: str | None = None
    source: Source | None = None
    origin: str = ""


class Payload(_Model, frozen=True, kw_only=True):
    """A JSON Schema with the versions in which it holds.

    :ivar provided_by: JSON pointer into *schema* -> alias of the extension
        that added what stands there
    :ivar inferred: deduced from code rather than declared
    """

    schema: Schema
    versions: VersionRange = ALL_VERSIONS
    provided_by: dict[str, str] = {}
    inferred: bool = False


class Parameter(_Model, frozen=True, kw_only=True):
    """A path, query or header parameter.

    :ivar name: what it is called, or what its name must match
    :ivar by_pattern: *name* is a regular expression: any parameter of such a name
    """

    name: str
    location: Location
    by_pattern: bool = False
    required: bool = False
    schema: Schema = True
    description: str = ""
    versions: VersionRange = ALL_VERSIONS
    inferred: bool = False


class Header(_Model, frozen=True, kw_only=True):
    """A header that an answer may carry, beside those that every answer has."""

    name: str
    schema: Schema = True
    description: str = ""
    versions: VersionRange = ALL_VERSIONS
    inferred: bool = False


class BodyExample(_Model, frozen=True, kw_only=True):
    """A body as it may come, valid for the payload of the same versions."""

    body: Any
    versions: VersionRange = ALL_VERSIONS


class Response(_Model, frozen=True, kw_only=True):
    """A status code that an operation may answer with, its headers and its bodies.

    :ivar description: why it comes; the code's reason phrase at the least
    :ivar examples: bodies that people wrote down
    :ivar common: the service answers so before any extension is asked
    """

    status: int
    description: str
    versions: VersionRange = ALL_VERSIONS
    headers: tuple[Header, ...] = ()
    payloads: tuple[Payload, ...] = ()
    examples: tuple[BodyExample, ...] = ()
    inferred: bool = False
    common: bool = False


class Policy(_Model, frozen=True, kw_only=True):
    """A rule that decides who may call the operation.

    :ivar check: the rule's default, in oslo.policy's language
    :ivar inferred: found in the handler's code, not in a documented rule
    :ivar conditional: asked in some cases only, as far as documents and code tell
    """

    name: str
    check: str = ""
    description: str = ""
    scope_types: tuple[str, ...] = ()
    deprecated: bool = False
    inferred: bool = False
    conditional: bool = False


class Rule(_Model, frozen=True, kw_only=True):
    """What ``rule:NAME`` stands for in the checks of policies.

    :ivar check: in oslo.policy's language; it may refer to rules itself
    """

    name: str
    check: str


class Removal(_Model, frozen=True, kw_only=True):
    """An operation that the service still routes, but refuses to serve."""

    version: str | None = None
    reason: str = ""


class Augmentation(_Model, frozen=True, kw_only=True):
    """A handler of one extension that adds to another extension's operation."""

    extension: str
    handler: Source
    versions: VersionRange = ALL_VERSIONS


class VersionCheck(_Model, frozen=True, kw_only=True):
    """A place in a handler's code where it behaves differently in some versions.

    :ivar versions: those that the code asks for
    """

    versions: VersionRange
    source: Source


class Example(_Model, frozen=True, kw_only=True):
    """A request that can be sent.

    :ivar path: below the base path, with sample values in place of parameters
    :ivar body: the JSON body, valid for the payload of the same versions;
        :data:`msgspec.UNSET` for a request without a body
    """

    path: str
    body: Any | msgspec.UnsetType = msgspec.UNSET
    versions: VersionRange = ALL_VERSIONS


class CommandOption(_Model, frozen=True, kw_only=True):
    """An option or an argument of a client's command.

    :ivar name: what the client calls the value, as in ``segment_id``
    :ivar flags: as typed, the longest spelling last; empty for an argument
    :ivar metavar: what stands for the value, as in ``<name>``; empty for a switch
    :ivar default: as text, where the client has one that is worth telling
    :ivar multiple: it takes several values, or may be given more than once
    :ivar versions: the microversions in which the client knows it
    """

    name: str
    flags: tuple[str, ...] = ()
    metavar: str = ""
    help: str = ""
    choices: tuple[str, ...] = ()
    default: str | None = None
    required: bool = False
    multiple: bool = False
    versions: VersionRange = ALL_VERSIONS


class Command(_Model, frozen=True, kw_only=True):
    """A client's command that calls an operation.

    :ivar program: what is typed before the name, as in ``openstack``
    :ivar name: as typed, as in ``segment host list``
    :ivar matched: whether the command itself says that it calls the operation, or
        its name alone does
    :ivar entry_point: ``name = module:attr`` as declared, or ``module:function``
    :ivar distribution: name of the distribution that it comes in
    :ivar alternatives: flags of options of which one must be given
    :ivar versions: the microversions in which the client has it
    """

    program: str
    name: str
    entry_point: str
    distribution: str
    distribution_version: str
    matched: Literal["declared", "name"] = "declared"
    summary: str = ""
    deprecated: bool = False
    options: tuple[CommandOption, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    versions: VersionRange = ALL_VERSIONS
    source: Source | None = None


class Operation(_Model, frozen=True, kw_only=True):
    """One (method, path, action): what a caller can do.

    :ivar id: unique in the API, stable, URL-safe: the OpenAPI ``operationId``
        and the anchor on the page
    :ivar path: below the base path, as in ``/segments/{segment_id}``
    :ivar action: the single top-level key of the body of an action
    :ivar resource: the collection that the operation belongs to
    :ivar summary_inferred: the summary was made of the handler's name
    :ivar extension: alias of the extension that provides it
    :ivar handler: the function that serves it (the newest, if versioned)
    :ivar strict_query: in which versions query parameters that aren't listed are refused;
        ``None`` where that isn't known
    :ivar version_checks: where the handlers' code asks for the caller's version
    :ivar demanded: fields of the body without which the handlers' code may refuse, whatever
        their schemas say
    :ivar commands: of clients, by name
    :ivar files: every source file that the operation was read from, as
        :attr:`Source.file` writes them
    """

    id: str
    method: str
    path: str
    resource: str
    extension: str
    handler: Source
    action: str | None = None
    summary: str = ""
    summary_inferred: bool = False
    description: str = ""
    versions: VersionRange = ALL_VERSIONS
    removed: Removal | None = None
    deprecated: bool = False
    augmented_by: tuple[Augmentation, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    strict_query: tuple[VersionRange, ...] | None = None
    request: tuple[Payload, ...] = ()
    responses: tuple[Response, ...] = ()
    policies: tuple[Policy, ...] = ()
    version_checks: tuple[VersionCheck, ...] = ()
    demanded: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    commands: tuple[Command, ...] = ()
    files: tuple[str, ...] = ()


class Inventory(_Model, frozen=True, kw_only=True, dict=True):
    """All that was read of one API.

    :ivar rules: those that the checks of operations' policies refer to, by name
    :ivar sources: every source file that was read, as :attr:`Source.file`
        writes them, sorted
    """

    api: Api
    extensions: tuple[Extension, ...] = ()
    operations: tuple[Operation, ...] = ()
    rules: tuple[Rule, ...] = ()
    problems: tuple[Problem, ...] = ()
    sources: tuple[str, ...] = ()

    def extension(self, alias: str) -> Extension | None:
        """The extension of that alias."""
        return self._extensions.get(alias)

    def operation(self, operation_id: str) -> Operation | None:
        """The operation of that id."""
        return self._operations.get(operation_id)

    def operations_of(self, alias: str) -> tuple[Operation, ...]:
        """The operations that one extension provides, in reading order."""
        return tuple(self._provided.get(alias, ()))

    def extended_by(self, alias: str) -> tuple[Operation, ...]:
        """The operations that one extension adds to, in reading order."""
        return tuple(self._extended.get(alias, ()))

    # Each page asks: going through everything again would take the square of the time.

    @cached_property
    def _extensions(self) -> dict[str, Extension]:
        return {item.alias: item for item in reversed(self.extensions)}

    @cached_property
    def _operations(self) -> dict[str, Operation]:
        return {item.id: item for item in reversed(self.operations)}

    @cached_property
    def _provided(self) -> dict[str, list[Operation]]:
        found: dict[str, list[Operation]] = {}
        for operation in self.operations:
            found.setdefault(operation.extension, []).append(operation)
        return found

    @cached_property
    def _extended(self) -> dict[str, list[Operation]]:
        found: dict[str, list[Operation]] = {}
        for operation in self.operations:
            for alias in dict.fromkeys(item.extension for item in operation.augmented_by):
                found.setdefault(alias, []).append(operation)
        return found
