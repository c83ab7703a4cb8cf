"""Fields that extensions add to requests of operations which aren't theirs.

A service may have a namespace of its own for that: each entry point gives an
object with a method that returns properties for a version, and the service
merges them into the operation's request schemas. Which namespace, method and
place those are differs from service to service: settings describe it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.model import Augmentation, Extension
from sphinxext_apiplug.inventory.versions import VersionRange, hull
from sphinxext_apiplug.readers.base import Context, Plugin
from sphinxext_apiplug.readers.closures import static_function
from sphinxext_apiplug.readers.describing import alias_of, describe_extension
from sphinxext_apiplug.readers.handlers import Handler, VersionedSchema
from sphinxext_apiplug.readers.instances import instantiate

_VARIABLE = re.compile(r"\{[^{}]*\}")


class Hook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way in which extensions may add fields to an operation's request.

    :ivar namespace: entry-point group of those that do
    :ivar method: what is called on them: ``version -> {field: schema}``
    :ivar operation: ``METHOD /path``, for an action ``METHOD /path action``,
        or an operation's id; or a list of such
    :ivar target: JSON pointer to where in the request schema the fields go
    :ivar targets: entry-point name -> another pointer for what it adds
    """

    namespace: str
    method: str
    operation: str | tuple[str, ...]
    target: str
    targets: dict[str, str] = {}

    @property
    def operations(self) -> tuple[str, ...]:
        """What it adds to, as a list in any case."""
        return (self.operation,) if isinstance(self.operation, str) else self.operation


class _Giver(msgspec.Struct, frozen=True, kw_only=True):
    """One extension that adds fields through a hook."""

    hook: Hook
    plugin: Plugin
    alias: str
    extension: Any

    @property
    def steps(self) -> list[str]:
        """The way to where its fields go."""
        return _steps(self.hook.targets.get(self.plugin.name, self.hook.target))


class Hooks:
    """All hooks of an API, with the extensions that use them.

    :ivar extensions: what these say of themselves
    """

    def __init__(self) -> None:
        self._givers: list[_Giver] = []
        self._used: set[str] = set()
        self.extensions: list[Extension] = []

    def add(self, hook: Hook, plugins: Sequence[Plugin], context: Context) -> None:
        """Make the objects of one hook's entry points."""
        for plugin in plugins:
            with context.guard(plugin):
                extension = instantiate(plugin.loaded)
                if static_function(type(extension), hook.method) is None:
                    continue
                alias = alias_of(extension) or plugin.name
                self._givers.append(
                    _Giver(hook=hook, plugin=plugin, alias=alias, extension=extension)
                )
                self.extensions.append(describe_extension(plugin, extension, context))

    def applied(
        self, names: Iterable[str], handlers: Sequence[Handler], context: Context
    ) -> tuple[tuple[Handler, ...], tuple[Augmentation, ...]]:
        """Add to an operation's request schemas what extensions add; the raw ones stay.

        :param names: what a hook may call the operation
        """
        keys = {_key(name) for name in names}
        self._used |= keys
        made = list(handlers)
        added: list[Augmentation] = []
        for giver in self._givers:
            if keys.isdisjoint(map(_key, giver.hook.operations)):
                continue
            with context.guard(giver.plugin):
                extended = [_extended(giver, handler) for handler in made]
                touched = [item for _, versions in extended for item in versions]
                if touched:
                    made = [handler for handler, _ in extended]
                    added.append(_augmentation(giver, touched, context))
                elif any(handler.requests for handler in made):
                    _report_unplaced(giver, context)
        return tuple(made), tuple(added)

    def report_unused(self, context: Context) -> None:
        """Report what hooks add to that is no operation."""
        for giver in self._givers:
            for name in giver.hook.operations:
                if _key(name) not in self._used:
                    message = f"it adds fields to {name!r}, which nobody has"
                    context.report("augments-unknown", giver.plugin, message)


def names_of(method: str, path: str, action: str | None, identifier: str) -> tuple[str, str]:
    """What a hook may call an operation."""
    return " ".join(filter(None, (method, path, action))), identifier


def stands_at(schema: Any, pointer: str) -> bool:
    """Whether there is anything at a JSON pointer through objects."""
    for step in _steps(pointer):
        if not isinstance(schema, Mapping) or step not in schema:
            return False
        schema = schema[step]
    return True


def _steps(pointer: str) -> list[str]:
    return [item.replace("~1", "/").replace("~0", "~") for item in pointer.split("/")[1:]]


def _key(name: str) -> str:
    return _VARIABLE.sub("{}", " ".join(name.split()))


def _report_unplaced(giver: _Giver, context: Context) -> None:
    pointer = "/" + "/".join(giver.steps)
    message = f"it adds nothing: it has no fields, or the request has no {pointer!r}"
    context.report("augments-unknown", giver.plugin, message, pointer=pointer)


def _extended(giver: _Giver, handler: Handler) -> tuple[Handler, list[VersionRange]]:
    """A handler with the added fields, and the versions in which there are any."""
    requests = []
    touched = []
    for schema in handler.requests:
        fields = _fields(giver, schema.versions)
        raw = _merged(schema.raw, giver.steps, fields) if fields else None
        if raw is None:
            requests.append(schema)
            continue
        added = {_pointer(giver, name): giver.alias for name in fields}
        provided = {**schema.provided_by, **added}
        requests.append(VersionedSchema(raw=raw, versions=schema.versions, provided_by=provided))
        touched.append(schema.versions)
    return msgspec.structs.replace(handler, requests=tuple(requests)), touched


def _fields(giver: _Giver, versions: VersionRange) -> Mapping[str, Any]:
    """What the extension adds in a version; services ask with the first one of a schema."""
    method = getattr(giver.extension, giver.hook.method)
    takes_version = bool(inspect.signature(method).parameters)
    found = method(versions.since or "") if takes_version else method()
    return found if isinstance(found, Mapping) else {}


def _merged(raw: Any, steps: Sequence[str], fields: Mapping[str, Any]) -> Any:
    """A schema with more fields at the end of *steps*; ``None`` if it has no such place.

    Only what lies on the way is copied, so that *raw* stays as it is.
    """
    if not isinstance(raw, Mapping):
        return None
    if not steps:
        return {**raw, **fields}
    first, *rest = steps
    below = raw.get(first, None if rest else {})
    merged = _merged(below, rest, fields)
    return None if merged is None else {**raw, first: merged}


def _pointer(giver: _Giver, name: str) -> str:
    steps = [item.replace("~", "~0").replace("/", "~1") for item in (*giver.steps, name)]
    return "/" + "/".join(steps)


def _augmentation(
    giver: _Giver, versions: Sequence[VersionRange], context: Context
) -> Augmentation:
    function = static_function(type(giver.extension), giver.hook.method)
    assert function is not None  # noqa: S101 - looked at when the giver was made
    return Augmentation(
        extension=giver.alias,
        handler=context.places.of_function(function),
        versions=hull(versions),
    )
