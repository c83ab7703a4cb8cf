"""What can be wrong with an API, as data.

Every kind of problem is declared here once, with its severity and what to do
about it: Sphinx's warning subtypes, the command line's ``--fail-on`` and the
manual's page of problem kinds are all made from :data:`PROBLEM_KINDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.inventory.kinds import SEVERITIES, ProblemKind, Severity
from sphinxext_apiplug.inventory.kinds_checks import CHECK_KINDS
from sphinxext_apiplug.inventory.kinds_project import PROJECT_KINDS

__all__ = [
    "PROBLEM_KINDS",
    "SEVERITIES",
    "Problem",
    "ProblemKind",
    "Severity",
    "Source",
    "UnknownKindError",
    "kind_of",
]


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place in somebody's code.

    :ivar object: ``package.module:Qualified.name``
    :ivar file: path below the folder that the module was imported from, with
        slashes, as in ``package/module.py``
    :ivar line: counted from 1; ``None`` where only the file is known
    """

    object: str
    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something wrong that a person should know.

    :ivar kind: a key of :data:`PROBLEM_KINDS`
    :ivar subject: what it is about: an entry point, an alias or an operation id
    :ivar message: one sentence for a person
    :ivar entry_point: ``name = module:attr`` as declared, if it is an extension's
    :ivar distribution: name and version of the distribution that it came in
    :ivar extension: alias of the extension, where one is known
    :ivar pointer: JSON pointer into a schema or document, where it has one
    """

    kind: str
    subject: str
    message: str
    source: Source | None = None
    entry_point: str | None = None
    distribution: str | None = None
    extension: str | None = None
    pointer: str | None = None

    @property
    def severity(self) -> Severity:
        """How grave problems of this kind are.

        :raises UnknownKindError: if the kind isn't declared
        """
        return kind_of(self.kind).severity

    @property
    def sort_key(self) -> tuple[str, str, str, str]:
        """A stable order: by subject, kind, position and message."""
        return (self.subject, self.kind, str(self.source or ""), self.message)

    @property
    def text(self) -> str:
        """What is wrong, with what and where in it, but without the source."""
        pointer = f"at {self.pointer}" if self.pointer else None
        details = ", ".join(filter(None, (pointer, self.entry_point, self.distribution)))
        return f"{self.subject}: {self.message}" + (f" ({details})" if details else "")

    def __str__(self) -> str:
        return f"{self.source}: {self.text}" if self.source else self.text


class UnknownKindError(ApiplugError, LookupError):
    """No kind of problem has this name.

    :ivar name: the name that was asked for
    """

    def __init__(self, name: str) -> None:
        known = ", ".join(PROBLEM_KINDS)
        super().__init__(f"no problem kind is called {name!r}; there are: {known}")
        self.name = name


def kind_of(name: str) -> ProblemKind:
    """Look a kind up.

    :raises UnknownKindError: if there is none of that name
    """
    try:
        return PROBLEM_KINDS[name]
    except KeyError:
        raise UnknownKindError(name) from None


def _kinds(*kinds: ProblemKind) -> Mapping[str, ProblemKind]:
    return MappingProxyType({kind.name: kind for kind in kinds})


PROBLEM_KINDS: Final[Mapping[str, ProblemKind]] = _kinds(
    ProblemKind(
        name="namespace-empty",
        severity="error",
        meaning="No installed distribution declares an entry point in the namespace.",
        remedy="Install the service where apiplug runs, or correct the namespace's spelling.",
    ),
    ProblemKind(
        name="collect-failed",
        severity="error",
        meaning="The collecting process ended without an inventory.",
        remedy="Read the end of its output, which the message quotes; the plugin "
        "that was being read last is named.",
    ),
    ProblemKind(
        name="collect-timeout",
        severity="error",
        meaning="The collecting process ran longer than the `timeout` setting allows.",
        remedy="Disable or mend the plugin that the message names, or raise `timeout`.",
    ),
    ProblemKind(
        name="load-failed",
        severity="error",
        meaning="An extension could not be imported.",
        remedy="Mend the import at the given line, install what it needs, or list "
        "the missing package in `mock_imports`.",
    ),
    ProblemKind(
        name="read-failed",
        severity="error",
        meaning="An extension was imported, but reading it raised an exception.",
        remedy="Mend the extension's code at the given line. If it wants something that only "
        "the running service has, let `prepare` name what makes it, or `mock_imports` the "
        "module that it comes from.",
    ),
    ProblemKind(
        name="unknown-dialect",
        severity="error",
        meaning="No reader knows how to read the extension.",
        remedy="Install a reader for its dialect (entry-point namespace "
        "`sphinxext_apiplug.readers`), or leave the extension out with `disabled`.",
    ),
    ProblemKind(
        name="alias-missing",
        severity="warning",
        meaning="An extension has no alias; its entry point's name is used instead.",
        remedy="Give the extension class an `alias`.",
    ),
    ProblemKind(
        name="alias-duplicate",
        severity="error",
        meaning="Two extensions have the same alias; the second one is left out.",
        remedy="Give each extension an alias of its own, or leave one out with `disabled`.",
    ),
    ProblemKind(
        name="route-conflict",
        severity="error",
        meaning="Two extensions serve the same method and path; the first one is published.",
        remedy="Change the route of one of them.",
    ),
    ProblemKind(
        name="schema-invalid",
        severity="error",
        meaning="A schema isn't valid JSON Schema; the faulty part is left out.",
        remedy="Mend the schema at the given JSON pointer.",
    ),
    ProblemKind(
        name="schema-adapted",
        severity="info",
        meaning="A schema used something that JSON Schema 2020-12 can't say; what "
        "it says was kept as far as possible.",
        remedy="Nothing needs doing; write the schema in JSON Schema 2020-12 to lose nothing.",
    ),
    ProblemKind(
        name="value-mocked",
        severity="info",
        meaning="A value in a schema comes from an import that is mocked; its name is all "
        "that is known of it.",
        remedy="Install the package where apiplug runs and take it out of `mock_imports`, if "
        "the value matters.",
    ),
    ProblemKind(
        name="version-invalid",
        severity="warning",
        meaning="A microversion or a range of them could not be read; it is ignored.",
        remedy="Write microversions as `X.Y` text, the smaller one first.",
    ),
    ProblemKind(
        name="declaration-conflict",
        severity="warning",
        meaning="A handler's decorators noted other schemas on it than they were given; "
        "what they were given is published.",
        remedy="Look at the order of the decorators, and at what else changes the handler's "
        "attributes.",
    ),
    ProblemKind(
        name="schema-unreachable",
        severity="info",
        meaning="A schema is declared for versions in which its handler doesn't serve, or "
        "refuses whatever it is asked.",
        remedy="Take the schema out, or mend the version range of the schema or the handler.",
    ),
    ProblemKind(
        name="augments-unknown",
        severity="warning",
        meaning="An extension adds to a resource or action that no loaded extension has.",
        remedy="Install or enable the extension it adds to, or correct the collection's name.",
    ),
    ProblemKind(
        name="policy-unmatched",
        severity="info",
        meaning="A documented policy rule names a method and path that no operation has.",
        remedy="Correct the rule's `operations`, or enable the extension that serves them.",
    ),
    ProblemKind(
        name="policies-failed",
        severity="warning",
        meaning="The oslo.policy rules of the service could not be read.",
        remedy="Correct the `policies` setting, or mend the code it points at.",
    ),
    ProblemKind(
        name="commands-missing",
        severity="warning",
        meaning="No client command is found where the `commands` setting says.",
        remedy="Install the client where apiplug runs, or correct the setting's spelling.",
    ),
    ProblemKind(
        name="command-failed",
        severity="warning",
        meaning="A client command could not be imported, or its options could not be read.",
        remedy="Mend the command at the given line, or install what it needs.",
    ),
    ProblemKind(
        name="command-misdeclared",
        severity="warning",
        meaning="What a client command says of the operations that it calls can't be understood.",
        remedy="Let `api_operations` be a tuple of texts, each a method and a path below the base "
        "path, as in `GET /racks`; for an action as in `POST /racks/{id}/action#lock`.",
    ),
    ProblemKind(
        name="command-unmatched",
        severity="info",
        meaning="It isn't known which operation a client command calls, or that operation isn't "
        "served here; the command is left out.",
        remedy="Let the command say which operations it calls, in `api_operations`.",
    ),
    ProblemKind(
        name="sample-unused",
        severity="info",
        meaning="A value of the setting `samples` is used in no example: nothing has its name, "
        "or what has takes no such value.",
        remedy="Correct the name, the call or the value, or enable the extension that it is for.",
    ),
    ProblemKind(
        name="text-unsafe",
        severity="warning",
        meaning="A text from a plugin holds what can't be shown, such as control characters, "
        "or a name holds markup or is far too long. It is published, cleaned and escaped.",
        remedy="Use letters, digits, blanks, dots, hyphens and underscores in names, "
        "and plain text elsewhere.",
    ),
    ProblemKind(
        name="openapi-invalid",
        severity="error",
        meaning="The OpenAPI document made from the inventory isn't valid.",
        remedy="Look at the handler that the message names; if its schema is right, "
        "this is a fault of apiplug: please report it.",
    ),
    ProblemKind(
        name="inventory-unreadable",
        severity="error",
        meaning="An inventory file can't be read, or was written in another format.",
        remedy="Make it anew with `apiplug inventory`.",
    ),
    ProblemKind(
        name="setting-invalid",
        severity="error",
        meaning="A setting is unknown, or its value isn't what the setting takes.",
        remedy="Correct it as the message says; the manual lists every setting.",
    ),
    ProblemKind(
        name="unknown-api",
        severity="error",
        meaning="A directive or role names an API that `apiplug_apis` doesn't declare.",
        remedy="Correct the name, or declare the API in conf.py.",
    ),
    ProblemKind(
        name="unknown-object",
        severity="warning",
        meaning="A directive or role names an extension or operation that the API doesn't have.",
        remedy="Correct the name: `apiplug list` shows what there is.",
    ),
    ProblemKind(
        name="duplicate-object",
        severity="warning",
        meaning="The same extension or operation is described at two places; "
        "references go to the first.",
        remedy="Keep one, or give the other directive the option `:no-index:`.",
    ),
    ProblemKind(
        name="page-exists",
        severity="warning",
        meaning="A page can't be generated where a hand-written file stands; the file is kept.",
        remedy="Move the file, or let `pages` name another folder.",
    ),
    *PROJECT_KINDS,
    *CHECK_KINDS,
)
