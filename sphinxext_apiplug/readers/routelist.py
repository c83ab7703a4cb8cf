"""APIs that are one list of routes: ``(path, {method: [controller, handler]})``.

The dialect of services that gave up extensions for a ``ROUTE_LIST``. A controller
is a ``functools.partial`` that would make it from its classes: a main one, and
those that only have actions. Nothing is made here; the classes are read.

There are no extensions in such an API. What is nearest to one, and how the
services' own documents are cut, is the module that a controller stands in.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import FunctionType
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.model import Extension, Operation
from sphinxext_apiplug.readers import service
from sphinxext_apiplug.readers.base import Context, Plugin, Reading
from sphinxext_apiplug.readers.closures import static_function
from sphinxext_apiplug.readers.handlers import handlers_of
from sphinxext_apiplug.readers.operations import OperationBuilder, Place
from sphinxext_apiplug.readers.routelist_checks import disagreements, unreachable
from sphinxext_apiplug.readers.routelist_modules import Modules
from sphinxext_apiplug.readers.routelist_removed import removal_of

# Where the action's name stands in the body, not in the path.
_ACTION_METHOD = "action"
_PLURALS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("ss", "ss"), ("s", ""))
_VARIABLE = re.compile(r"\{(?P<name>\w+)(?::(?P<regex>(?:[^{}]|\{[^{}]*\})*))?\}")


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One method of one path.

    :ivar path: as the service writes it, maybe with regular expressions
    :ivar name: of the handler, or ``action``
    :ivar main: the class whose methods are handlers
    :ivar others: classes of which only actions are served
    """

    method: str
    path: str
    name: str
    main: type
    others: tuple[type, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def actions(self) -> dict[str, tuple[type, str]]:
        """Action name -> class and method; of two the last one serves it, as in the service."""
        found: dict[str, tuple[type, str]] = {}
        for owner in (self.main, *self.others):
            table: Mapping[str, str] = getattr(owner, "wsgi_actions", None) or {}
            found |= {name: (owner, method) for name, method in table.items()}
        return found


class RouteListReader:
    """Reads lists of routes."""

    def speaks(self, plugin: Plugin) -> bool:
        """A list of routes is a sequence of pairs, each of them a path and what is there."""
        loaded = plugin.loaded
        is_list = isinstance(loaded, list | tuple) and bool(loaded)
        return is_list and all(map(_is_entry, loaded))

    def read(self, plugins: Sequence[Plugin], context: Context) -> Reading:
        """Read each list; a route that can't be read is one problem."""
        extensions: list[Extension] = []
        operations: list[Operation] = []
        owners: dict[type, None] = {}
        for plugin in plugins:
            modules = Modules(plugin, context)
            for route in _routes(plugin, context):
                owners |= dict.fromkeys((route.main, *route.others))
                with context.guard(modules.plugin_of(route.main)):
                    operations += _operations(route, modules, context)
            extensions += modules.extensions({item.extension for item in operations})
        return Reading(
            extensions=tuple(extensions),
            operations=tuple(operations),
            microversions=service.microversions_of(_functions(owners)),
        )


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, list | tuple)
        and len(entry) == 2
        and isinstance(entry[0], str)
        and isinstance(entry[1], Mapping | str)
    )


def _routes(plugin: Plugin, context: Context) -> Iterator[Route]:
    """All routes but redirects, which are entries with another path."""
    for path, methods in plugin.loaded:
        for method, target in methods.items() if isinstance(methods, Mapping) else ():
            classes = _classes(target)
            if not classes or not isinstance(target[1], str):
                message = f"{method} {path}: its controller can't be told without making it"
                context.report("read-failed", plugin, message)
                continue
            yield Route(
                method=str(method).upper(),
                path=path,
                name=target[1],
                main=classes[0],
                others=tuple(classes[1:]),
            )


def _classes(target: Any) -> list[type]:
    """The controller classes that a ``[partial, handler]`` pair would use, the main one first."""
    if not isinstance(target, list | tuple) or len(target) != 2:
        return []
    if not isinstance(target[0], functools.partial):
        return []
    found: list[type] = []
    for argument in target[0].args:
        items = argument if isinstance(argument, list | tuple) else (argument,)
        found += [item for item in items if isinstance(item, type)]
    return found


def _operations(route: Route, modules: Modules, context: Context) -> Iterator[Operation]:
    if _has(route.main, route.name):
        yield _operation(route, modules, context, (route.main, route.name))
        return
    actions = route.actions()
    if route.name == _ACTION_METHOD:
        for name, target in sorted(actions.items()):
            yield _operation(route, modules, context, target, action=name)
    elif route.name in actions:
        yield _operation(route, modules, context, actions[route.name])
    else:
        message = f"{route}: {route.main.__qualname__} has no {route.name!r}"
        context.report("read-failed", modules.plugin_of(route.main), message)


def _has(owner: type, name: str) -> bool:
    versioned = getattr(owner, "versioned_methods", None) or {}
    return name in versioned or static_function(owner, name) is not None


def _operation(
    route: Route,
    modules: Modules,
    context: Context,
    target: tuple[type, str],
    *,
    action: str | None = None,
) -> Operation:
    owner, method = target
    plugin = modules.plugin_of(owner)

    def warn(message: str) -> None:
        context.report("version-invalid", plugin, message)

    handlers = handlers_of(owner, method, warn)
    builder = OperationBuilder(plugin, modules.alias_of(owner), context)
    operation = builder.build(place_of(route, modules.alias_of(route.main), action), handlers)
    declared = static_function(owner, method)
    if declared is None:
        return operation
    source = operation.handler
    for message in disagreements(declared, handlers):
        context.report("declaration-conflict", plugin, message, source=source)
    for message in unreachable(handlers):
        context.report("schema-unreachable", plugin, message, source=source)
    removed = removal_of(declared, context.places)
    return msgspec.structs.replace(operation, removed=removed)


def place_of(route: Route, alias: str, action: str | None) -> Place:
    """Where an operation stands: the words of its path, nearest last.

    :param alias: stands in for the collection where the path has no word
    """
    patterns = {item["name"]: item["regex"] for item in _VARIABLE.finditer(route.path)}
    path = "/" + _VARIABLE.sub(r"{\g<name>}", route.path).strip("/")
    words = [part for part in path.split("/") if part and not part.startswith("{")]
    # The last word says what is done, as in `/servers/detail`; it isn't what it is done to.
    if len(words) > 1 and (action is not None or words[-1] == route.name):
        words.pop()
    collection = words[-1] if words else alias
    return Place(
        method=route.method,
        path=path,
        patterns={name: regex for name, regex in patterns.items() if regex},
        parents=tuple(words[:-1]),
        collection=collection,
        member=_singular(collection),
        name=action or route.name,
        action=action,
    )


def _singular(word: str) -> str:
    last = re.split("[-_]", word)[-1]
    for plural, singular in _PLURALS:
        stem = last.removesuffix(plural)
        # What is left of a word has a vowel; `dns` and `ips` are none.
        if stem != last and re.search("[aeiouy].", stem):
            return word.removesuffix(plural) + singular
    return word


def _functions(owners: Iterable[type]) -> list[tuple[type, FunctionType]]:
    return [
        (owner, value)
        for owner in owners
        for value in vars(owner).values()
        if isinstance(value, FunctionType)
    ]
