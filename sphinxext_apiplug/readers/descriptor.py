"""Extensions that describe themselves: ``get_resources()`` and its companions.

The dialect of ``V21APIExtensionBase`` and all that were modelled on it.
An extension gives resources, each with a controller and its routes, and
controller extensions, which add actions and handlers to other extensions'
resources.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import FunctionType
from typing import Any

from sphinxext_apiplug.inventory.model import Augmentation, Operation
from sphinxext_apiplug.inventory.versions import VersionRange, hull
from sphinxext_apiplug.readers import service
from sphinxext_apiplug.readers.base import Context, Plugin, Reading
from sphinxext_apiplug.readers.classwide import action_names, with_class
from sphinxext_apiplug.readers.closures import innermost, static_function
from sphinxext_apiplug.readers.describing import check_names, describe_extension
from sphinxext_apiplug.readers.dispatch import ACTION_METHOD, branches
from sphinxext_apiplug.readers.extending import Extending
from sphinxext_apiplug.readers.handlers import Handler, handlers_of, parameters_of
from sphinxext_apiplug.readers.instances import instantiate, uninitialised_controllers
from sphinxext_apiplug.readers.mapped import fits, served, spoken
from sphinxext_apiplug.readers.operations import OperationBuilder, Place
from sphinxext_apiplug.readers.router import read_router
from sphinxext_apiplug.readers.routes import Route, read_resource
from sphinxext_apiplug.readers.sites import (
    Controller,
    Loaded,
    Site,
    addition,
    has_method,
    map_resources,
)

# Actions of these names serve the plain route of that name, not `/action`.
_PLAIN_METHODS = ("index", "show", "create", "update", "delete")
_WRITING_METHODS = ("create", "update")


class DescriptorReader:
    """Reads extension descriptors."""

    def speaks(self, plugin: Plugin) -> bool:
        """An extension descriptor has ``get_resources``, or its companion."""
        return plugin.is_router or any(
            hasattr(plugin.loaded, name) for name in ("get_resources", "get_controller_extensions")
        )

    def read(self, plugins: Sequence[Plugin], context: Context) -> Reading:
        """Read all descriptors, as their service's router would register them."""
        loaded = [
            item for plugin in plugins if not plugin.is_router if (item := _load(plugin, context))
        ]
        # Stable: what inherits comes after all that may be inherited from.
        loaded.sort(key=lambda item: item.inherits)
        routers = [plugin for plugin in plugins if plugin.is_router]
        core = [site for plugin in routers for site in read_router(plugin, loaded, context)]
        sites = map_resources(loaded, context, core)
        # Its router asks a service's own resources first.
        others = [site.loaded for site in core if site.loaded not in loaded]
        loaded = [*others[:1], *loaded]
        complete: set[str] = set()
        operations: list[Operation] = []
        for item in loaded:
            found = [_built(site, context) for site in sites if site.loaded is item]
            operations += [made for site in found for made in site if made is not None]
            if all(made is not None for site in found for made in site):
                complete.add(item.extension.alias)
        # One that failed may have given something to others' resources.
        named = complete | _named_in(operations)
        return Reading(
            extensions=tuple(item.extension for item in loaded if item.extension.alias in named),
            operations=tuple(operations),
            microversions=_microversions(sites),
        )


def _named_in(operations: Iterable[Operation]) -> set[str]:
    """The aliases of the extensions that have a part in some operations."""
    given = {item.extension for item in operations}
    return given | {added.extension for item in operations for added in item.augmented_by}


def _load(plugin: Plugin, context: Context) -> Loaded | None:
    """Ask one extension for what it adds; ``None`` if it failed."""
    with context.guard(plugin):
        with uninitialised_controllers():
            extension = instantiate(plugin.loaded)
            resources = tuple(map(read_resource, _asked(extension, "get_resources")))
            additions = tuple(map(addition, _asked(extension, "get_controller_extensions")))
        description = describe_extension(plugin, extension, context)
        names = {
            f"collection {number}": spoken(item.collection)
            for number, item in enumerate(resources, 1)
        }
        check_names(plugin, extension, names, context)
        if context.claim(description.alias, plugin):
            return Loaded(
                plugin=plugin,
                extension=description,
                resources=resources,
                additions=additions,
            )
    return None


def _asked(extension: Any, name: str) -> Sequence[Any]:
    method = getattr(extension, name, None)
    return () if method is None else method() or ()


def _built(site: Site, context: Context) -> list[Operation | None]:
    """The operations of a resource; ``None`` for each thing that failed."""
    calls: list[tuple[str, Callable[[], Operation]]] = []
    built: list[Operation | None] = [None]
    with context.guard(site.loaded.plugin, f"resource {site.collection!r}"):
        calls += _operations(site, context)
        built = []
    for what, call in calls:
        made: list[Operation | None] = [None]
        with context.guard(site.loaded.plugin, what):
            made = [call()]
        built += made
    return built


def _operations(site: Site, context: Context) -> Iterator[tuple[str, Callable[[], Operation]]]:
    """What each operation of a resource is called, and what puts it together."""
    for route, controller, method, action in _handled(site, context):
        suffix = "" if action is None else f" ({action})"
        make = functools.partial(
            _operation, site, route, controller, method, context, action=action
        )
        yield f"{route.method} {route.path}{suffix}", make


def _handled(site: Site, context: Context) -> Iterator[tuple[Route, Controller, str, str | None]]:
    """Each route that something serves, with controller, method and maybe action."""
    actions = site.actions()
    main = site.main
    for route in served(site.mapping(), main.owner):
        if has_method(main.owner, route.action):
            for action in _own_actions(main.owner, route.action, context) or (None,):
                yield route, main, route.action, action
        elif route.action == ACTION_METHOD:
            for name, (controller, method) in actions.items():
                owner = controller.owner
                if not _is_plain(name, owner, method) and fits(owner, method, route):
                    yield route, controller, method, name
        elif route.action in actions:
            controller, method = actions[route.action]
            if _is_plain(route.action, controller.owner, method):
                yield route, controller, method, None


def _own_actions(owner: type, method: str, context: Context) -> Sequence[str]:
    """The actions that a method called ``action`` tells apart by itself."""
    if method != ACTION_METHOD:
        return ()
    function = static_function(owner, method)
    known = {} if function is None else branches(innermost(function), owner, context.places)
    return sorted({*known, *action_names(owner, method)})


def _is_plain(name: str, owner: type, method: str) -> bool:
    """Whether an action serves the plain route of its name, rather than `/action`.

    Both are possible for one that is called like a plain method. What it takes
    tells: an action has a body, and a plain one only where something is written.
    """
    if name not in _PLAIN_METHODS:
        return False
    names = parameters_of(owner, method)
    return names is None or ("body" in names) == (name in _WRITING_METHODS)


def _operation(
    site: Site,
    route: Route,
    controller: Controller,
    method: str,
    context: Context,
    *,
    action: str | None = None,
) -> Operation:
    plugin = site.loaded.plugin

    def warn(message: str) -> None:
        context.report("version-invalid", plugin, message)

    place = Place(
        method=route.method,
        path=route.path,
        patterns=dict(route.patterns),
        parents=site.parents,
        collection=site.collection,
        member=site.member,
        name=route.action,
        action=action,
    )
    extending = tuple(_extending(site, route.action, action, context, warn))
    builder = OperationBuilder(plugin, controller.alias, context)
    found = handlers_of(controller.owner, method, warn)
    handlers = [with_class(item, method, action, plugin, context) for item in found]
    return builder.build(place, handlers, extending)


def _extending(
    site: Site, method: str, action: str | None, context: Context, warn: Any
) -> Iterator[Extending]:
    """The handlers of other extensions that add to one operation."""
    for controller in site.actors():
        for name, extended in getattr(controller.owner, "wsgi_extensions", None) or ():
            if (extended == action) if action is not None else (name == method and not extended):
                handlers = handlers_of(controller.owner, name, warn)
                if handlers:
                    yield _extending_with(handlers, controller, context)


def _extending_with(
    handlers: tuple[Handler, ...], controller: Controller, context: Context
) -> Extending:
    augmentation = Augmentation(
        extension=controller.alias,
        handler=context.places.of_function(handlers[0].function),
        versions=hull(item.versions for item in handlers),
    )
    return Extending(plugin=controller.plugin, augmentation=augmentation, handlers=handlers)


def _microversions(sites: Sequence[Site]) -> VersionRange | None:
    functions: list[tuple[type, FunctionType]] = []
    for site in sites:
        owner = site.main.owner
        functions += [
            (owner, value) for value in vars(owner).values() if isinstance(value, FunctionType)
        ]
    return service.microversions_of(functions)
