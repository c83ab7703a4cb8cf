"""What a controller's class declares for all its handlers: schemas, and codes of errors.

``schemas`` has a schema of the body for each method, or several under the keys that
a body may begin with; a class method ``get_schema(action, body)`` then picks one.
``exception_map`` has exceptions under the webob exception that is answered with.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any, Final

import msgspec

from sphinxext_apiplug.inventory.versions import ALL_VERSIONS
from sphinxext_apiplug.readers.base import Context, Plugin
from sphinxext_apiplug.readers.dispatch import ACTION_METHOD, branches, parts
from sphinxext_apiplug.readers.handlers import Handler, VersionedSchema
from sphinxext_apiplug.readers.keywords import is_keyword

_SCHEMAS: Final = "schemas"
_PICKS: Final = "get_schema"
_DEEPEST: Final = 4


def action_names(owner: type, method: str) -> tuple[str, ...]:
    """The actions of a method that have schemas of their own."""
    entry = _table(owner).get(method)
    return tuple(map(str, entry)) if isinstance(entry, Mapping) and _is_table(entry) else ()


def with_class(
    handler: Handler, method: str, action: str | None, plugin: Plugin, context: Context
) -> Handler:
    """Give a handler what its class declares for it, and the method that serves its action.

    :param method: the name that the class has it under
    """
    declared = _with_schemas(handler, method, action, plugin, context)
    target = None
    if action is not None and method == ACTION_METHOD:
        target = branches(handler.function, handler.owner, context.places).get(action)
    function = target or handler.function
    return msgspec.structs.replace(
        declared,
        function=function,
        calling=None if target is None else handler.function,
        parts=tuple(parts(function, handler.owner, context.places)) if action else (),
        exceptions=error_codes(handler.owner),
    )


def _with_schemas(
    handler: Handler, method: str, action: str | None, plugin: Plugin, context: Context
) -> Handler:
    """Give a handler the schema that its class has for it, unless it has one."""
    entry = _table(handler.owner).get(method)
    path: tuple[str, ...] = ()
    if isinstance(entry, Mapping) and action is not None and _is_table(entry):
        path, entry = (action,), entry.get(action)
    if handler.requests or not isinstance(entry, Mapping) or not entry:
        return handler
    found: dict[int, Any] = {}
    for keys, declared in _leaves(entry, path):
        schema = declared
        with context.guard(plugin, f"what {handler.owner.__name__}.{_PICKS} picks for {method!r}"):
            schema = _enforced(handler.owner, method, keys, declared)
        if isinstance(schema, Mapping) and schema:
            found.setdefault(id(schema), schema)
    if not found:
        return handler
    first, *others = found.values()
    raw = {"anyOf": [first, *others]} if others else first
    return msgspec.structs.replace(
        handler,
        requests=(VersionedSchema(raw=raw, versions=ALL_VERSIONS),),
        files=handler.files | frozenset(_files(handler.owner)),
    )


def error_codes(owner: type) -> dict[type, int]:
    """Exception -> the code that it is answered with."""
    table = inspect.getattr_static(owner, "exception_map", None)
    found: dict[type, int] = {}
    for answer, exceptions in table.items() if isinstance(table, Mapping) else ():
        code = inspect.getattr_static(answer, "code", None) if isinstance(answer, type) else None
        if isinstance(code, int) and isinstance(exceptions, list | tuple | set | frozenset):
            found |= {item: int(code) for item in exceptions if isinstance(item, type)}
    return found


def _table(owner: type) -> Mapping[Any, Any]:
    found = inspect.getattr_static(owner, _SCHEMAS, None)
    return found if isinstance(found, Mapping) else {}


def _is_table(entry: Mapping[Any, Any]) -> bool:
    """Whether a value is schemas by name, rather than one schema."""
    return (
        bool(entry)
        and all(isinstance(value, Mapping) for value in entry.values())
        and not any(is_keyword(key) for key in entry)
    )


def _leaves(
    entry: Mapping[Any, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Mapping[Any, Any]]]:
    """The schemas of an entry, with the keys that each stands under."""
    if len(path) < _DEEPEST and _is_table(entry):
        for key, value in entry.items():
            yield from _leaves(value, (*path, str(key)))
    else:
        yield path, entry


def _enforced(owner: type, method: str, keys: tuple[str, ...], declared: Mapping[Any, Any]) -> Any:
    """What the class picks for a body that has some keys; what it declares if it picks none."""
    if not isinstance(inspect.getattr_static(owner, _PICKS, None), classmethod | staticmethod):
        return declared
    body: dict[str, Any] = {}
    for key in reversed(keys):
        body = {key: body}
    return getattr(owner, _PICKS)(method, body)


def _files(owner: type) -> Iterator[str]:
    """The files of the modules that the class has its schemas from."""
    table = _table(owner)
    module = sys.modules.get(owner.__module__)
    spaces = [module, *(vars(module).values() if module is not None else ())]
    for space in spaces:
        file = getattr(space, "__file__", None) if isinstance(space, ModuleType) else None
        if file is not None and any(_shares(value, table) for value in vars(space).values()):
            yield str(file)


def _shares(value: Any, table: Mapping[Any, Any]) -> bool:
    """Whether a module's value is the table, or the one that it is a copy of."""
    if not isinstance(value, dict):
        return False
    return value is table or any(value.get(key) is item for key, item in table.items() if item)
