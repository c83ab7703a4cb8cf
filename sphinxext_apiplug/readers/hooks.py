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
from sphinxext_apiplug.readers.hook import Hook
from sphinxext_apiplug.readers.instances import instantiate
from sphinxext_apiplug.readers.schema_files import files_of

_VARIABLE = re.compile(r"\{[^{}]*\}")


class _Giver(msgspec.Struct, frozen=True, kw_only=True):
    """One extension that adds fields through a hook, by its *function*."""

    hook: Hook
    plugin: Plugin
    alias: str
    extension: Any
    function: Any

    @property
    def steps(self) -> list[str]:
        """The way to where its fields go."""
        return _steps(self.hook.targets.get(self.plugin.name, self.hook.target))


class Hooked(msgspec.Struct, frozen=True, kw_only=True):
    """An operation's handlers with the fields that extensions add to their requests.

    :ivar files: absolute paths of the files that the fields come from
    """

    handlers: tuple[Handler, ...]
    augmentations: tuple[Augmentation, ...] = ()
    files: tuple[str, ...] = ()


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
                function = static_function(type(extension), hook.method)
                if function is None:
                    continue
                giver = _Giver(
                    hook=hook,
                    plugin=plugin,
                    alias=alias_of(extension) or plugin.name,
                    extension=extension,
                    function=function,
                )
                self._givers.append(giver)
                self.extensions.append(describe_extension(plugin, extension, context))

    def applied(
        self, names: Iterable[str], handlers: Sequence[Handler], context: Context
    ) -> Hooked:
        """Add to an operation's request schemas what extensions add; the raw ones stay.

        :param names: what a hook may call the operation
        """
        keys = {_key(name) for name in names}
        self._used |= keys
        hooked = Hooked(handlers=tuple(handlers))
        for giver in self._givers:
            if not keys.isdisjoint(map(_key, giver.hook.operations)):
                with context.guard(giver.plugin):
                    hooked = _with_fields(hooked, giver, context)
        return hooked

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


def _with_fields(hooked: Hooked, giver: _Giver, context: Context) -> Hooked:
    """The same with what one more extension adds."""
    handlers = []
    versions: list[VersionRange] = []
    files = set(hooked.files)
    for handler in hooked.handlers:
        requests = []
        for schema in handler.requests:
            fields = _fields(giver, schema.versions)
            raw = _merged(schema.raw, giver.steps, fields) if fields else None
            if raw is None:
                requests.append(schema)
                continue
            requests.append(_provided(schema, raw, giver, fields))
            versions.append(schema.versions)
            files |= {giver.function.__code__.co_filename, *files_of(fields, giver.function)}
        handlers.append(msgspec.structs.replace(handler, requests=tuple(requests)))
    if not versions:
        _report_unplaced(giver, context)
        return hooked
    augmentation = Augmentation(
        extension=giver.alias,
        handler=context.places.of_function(giver.function),
        versions=hull(versions),
    )
    return Hooked(
        handlers=tuple(handlers),
        augmentations=(*hooked.augmentations, augmentation),
        files=tuple(sorted(files)),
    )


def _provided(
    schema: VersionedSchema, raw: Any, giver: _Giver, fields: Iterable[str]
) -> VersionedSchema:
    """A schema with added fields, which says whose they are."""
    added = {_pointer(giver, name): giver.alias for name in fields}
    return VersionedSchema(
        raw=raw, versions=schema.versions, provided_by={**schema.provided_by, **added}
    )


def _report_unplaced(giver: _Giver, context: Context) -> None:
    pointer = "/" + "/".join(giver.steps)
    message = f"it adds nothing: it has no fields, or the request has no {pointer!r}"
    context.report("augments-unknown", giver.plugin, message, pointer=pointer)


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
