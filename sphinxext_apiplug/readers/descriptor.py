"""Extensions that describe themselves: ``get_resources()`` and its companions.

The dialect of ``V21APIExtensionBase`` and all that were modelled on it.
An extension gives resources, each with a controller and its routes, and
controller extensions, which add actions and handlers to other extensions'
resources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from types import FunctionType
from typing import Any

from sphinxext_apiplug.inventory.model import Augmentation, Operation
from sphinxext_apiplug.inventory.versions import VersionRange, hull
from sphinxext_apiplug.readers import service
from sphinxext_apiplug.readers.base import Context, Plugin, Reading
from sphinxext_apiplug.readers.describing import check_names, describe_extension
from sphinxext_apiplug.readers.extending import Extending
from sphinxext_apiplug.readers.handlers import Handler, handlers_of, parameters_of
from sphinxext_apiplug.readers.instances import instantiate, uninitialised_controllers
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
_ACTION_METHOD = "action"


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
            with context.guard(item.plugin):
                own = [site for site in sites if site.loaded is item]
                operations += [each for site in own for each in _operations(site, context)]
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
            f"collection {number}": item.collection for number, item in enumerate(resources, 1)
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


def _operations(site: Site, context: Context) -> Iterator[Operation]:
    actions = site.actions()
    for route in site.mapping():
        if has_method(site.main.owner, route.action):
            yield _operation(site, route, site.main, route.action, context)
        elif route.action == _ACTION_METHOD:
            for name, (controller, method) in actions.items():
                owner = controller.owner
                if not _is_plain(name, owner, method) and _takes(owner, method, route):
                    yield _operation(site, route, controller, method, context, action=name)
        elif route.action in actions:
            controller, method = actions[route.action]
            if _is_plain(route.action, controller.owner, method):
                yield _operation(site, route, controller, method, context)


def _is_plain(name: str, owner: type, method: str) -> bool:
    """Whether an action serves the plain route of its name, rather than `/action`.

    Both are possible for one that is called like a plain method. What it takes
    tells: an action has a body, and a plain one only where something is written.
    """
    if name not in _PLAIN_METHODS:
        return False
    names = parameters_of(owner, method)
    return names is None or ("body" in names) == (name in _WRITING_METHODS)


def _takes(owner: type, method: str, route: Route) -> bool:
    """Whether an action can be called with exactly the variables of the path."""
    names = parameters_of(owner, method)
    wanted = set(re.findall(r"\{(\w+)\}", route.path))
    return names is None or names - {"body"} == wanted


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
    return builder.build(place, handlers_of(controller.owner, method, warn), extending)


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
