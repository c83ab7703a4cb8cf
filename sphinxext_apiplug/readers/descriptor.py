"""Extensions that describe themselves: ``get_resources()`` and its companions.

The dialect of Nova's ``V21APIExtensionBase`` and all that were modelled on it.
An extension gives resources, each with a controller and its routes, and
controller extensions, which add actions and handlers to other extensions'
resources.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import FunctionType
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.model import Augmentation, Extension, Operation
from sphinxext_apiplug.inventory.versions import VersionRange, hull
from sphinxext_apiplug.readers import docstrings, service, texts
from sphinxext_apiplug.readers.base import Context, Plugin, Reading
from sphinxext_apiplug.readers.closures import static_function
from sphinxext_apiplug.readers.handlers import Handler, handlers_of
from sphinxext_apiplug.readers.instances import instantiate, uninitialised_controllers
from sphinxext_apiplug.readers.operations import OperationBuilder, Place
from sphinxext_apiplug.readers.routes import Resource, Route, read_resource, routes_of

# Actions of these names serve the plain route of that name, not `/action`.
_PLAIN_METHODS = ("index", "show", "create", "update", "delete")
_ACTION_METHOD = "action"


class _Addition(msgspec.Struct, frozen=True, kw_only=True):
    """A controller that an extension adds to a collection, maybe another's."""

    collection: str
    owner: type


class _Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """One extension with what it gave."""

    plugin: Plugin
    extension: Extension
    resources: tuple[Resource, ...]
    additions: tuple[_Addition, ...]

    @property
    def inherits(self) -> bool:
        return any(item.inherits for item in self.resources)


class _Controller(msgspec.Struct, frozen=True, kw_only=True):
    """A controller class, and the alias of the extension that it came from."""

    owner: type
    alias: str


class _Site(msgspec.Struct, kw_only=True):
    """One mapped resource with every controller that serves or augments it."""

    loaded: _Loaded
    resource: Resource
    main: _Controller
    others: list[_Controller] = []
    inherited: _Site | None = None

    def actors(self) -> Iterator[_Controller]:
        """Controllers whose actions the resource has; inherited ones come last."""
        yield self.main
        yield from self.others
        if self.inherited is not None:
            yield from self.inherited.others


class DescriptorReader:
    """Reads extension descriptors."""

    def speaks(self, plugin: Plugin) -> bool:
        """An extension descriptor has ``get_resources``, or its companion."""
        return any(
            hasattr(plugin.loaded, name) for name in ("get_resources", "get_controller_extensions")
        )

    def read(self, plugins: Sequence[Plugin], context: Context) -> Reading:
        """Read all descriptors, as their service's router would register them."""
        loaded = [item for plugin in plugins if (item := _load(plugin, context))]
        # Stable: what inherits comes after all that may be inherited from.
        loaded.sort(key=lambda item: item.inherits)
        sites = _sites(loaded)
        _attach_additions(loaded, sites, context)
        extensions: list[Extension] = []
        operations: list[Operation] = []
        for item in loaded:
            with context.guard(item.plugin):
                own = [site for site in sites if site.loaded is item]
                operations += [each for site in own for each in _operations(site, context)]
                extensions.append(item.extension)
        return Reading(
            extensions=tuple(extensions),
            operations=tuple(operations),
            microversions=_microversions(sites),
        )


def _load(plugin: Plugin, context: Context) -> _Loaded | None:
    """Ask one extension for what it adds; ``None`` if it failed."""
    with context.guard(plugin):
        with uninitialised_controllers():
            extension = instantiate(plugin.loaded)
            resources = tuple(map(read_resource, _asked(extension, "get_resources")))
            additions = tuple(map(_addition, _asked(extension, "get_controller_extensions")))
        description = _describe(plugin, extension, context)
        _check_names(plugin, extension, resources, context)
        if context.claim(description.alias, plugin):
            return _Loaded(
                plugin=plugin,
                extension=description,
                resources=resources,
                additions=additions,
            )
    return None


def _asked(extension: Any, name: str) -> Sequence[Any]:
    method = getattr(extension, name, None)
    return () if method is None else method() or ()


def _addition(raw: Any) -> _Addition:
    return _Addition(collection=str(raw.collection), owner=type(raw.controller))


def _describe(plugin: Plugin, extension: Any, context: Context) -> Extension:
    alias = _text(extension, "alias", "get_alias")
    if not alias:
        context.report("alias-missing", plugin, f"it has no alias; {plugin.name!r} is used")
        alias = plugin.name
    cls = type(extension)
    return Extension(
        alias=alias,
        name=_text(extension, "name", "get_name") or alias,
        description=docstrings.first_paragraphs(vars(cls).get("__doc__")),
        version=_text(extension, "version", "get_version"),
        updated=_text(extension, "updated", "get_updated") or None,
        entry_point=plugin.entry_point,
        distribution=plugin.distribution,
        distribution_version=plugin.distribution_version,
        source=context.places.of_class(cls),
    )


def _text(extension: Any, attribute: str, getter: str) -> str:
    return texts.clean_name(_raw_text(extension, attribute, getter))


def _raw_text(extension: Any, attribute: str, getter: str) -> str:
    value = getattr(extension, attribute, None)
    if value is None and callable(getattr(extension, getter, None)):
        value = getattr(extension, getter)()
    return "" if value is None else str(value)


def _check_names(
    plugin: Plugin, extension: Any, resources: Sequence[Resource], context: Context
) -> None:
    """Report names that aren't fit to be names, once for the extension."""
    names = {
        "alias": _raw_text(extension, "alias", "get_alias"),
        "name": _raw_text(extension, "name", "get_name"),
        **{f"collection {number}": item.collection for number, item in enumerate(resources, 1)},
    }
    faults = {what: texts.faults_of_name(text) for what, text in names.items()}
    found = [f"its {what} holds {' and '.join(items)}" for what, items in faults.items() if items]
    if found:
        context.report("text-unsafe", plugin, "; ".join(found))


def _sites(loaded: Sequence[_Loaded]) -> list[_Site]:
    sites: list[_Site] = []
    by_collection: dict[str, _Site] = {}
    for item in loaded:
        for resource in item.resources:
            parent = by_collection.get(resource.inherits)
            if resource.owner is not None:
                main = _Controller(owner=resource.owner, alias=item.extension.alias)
            elif parent is not None:
                main = parent.main
            else:
                continue
            site = _Site(loaded=item, resource=resource, main=main, inherited=parent)
            sites.append(site)
            # A collection may be mapped twice; the last one is augmented.
            by_collection[resource.collection] = site
    return sites


def _attach_additions(loaded: Sequence[_Loaded], sites: Sequence[_Site], context: Context) -> None:
    """Give each controller extension to the resource that it names."""
    by_collection = {site.resource.collection: site for site in sites}
    for item in loaded:
        for addition in item.additions:
            site = by_collection.get(addition.collection)
            if site is None:
                message = f"it extends the resource {addition.collection!r}, which nobody has"
                context.report("augments-unknown", item.plugin, message)
                continue
            site.others.append(_Controller(owner=addition.owner, alias=item.extension.alias))


def _operations(site: _Site, context: Context) -> Iterator[Operation]:
    actions = _actions(site)
    for route in routes_of(site.resource):
        if static_or_versioned(site.main.owner, route.action):
            yield _operation(site, route, site.main, route.action, context)
        elif route.action == _ACTION_METHOD:
            for name, (controller, method) in actions.items():
                if name not in _PLAIN_METHODS:
                    yield _operation(site, route, controller, method, context, action=name)
        elif route.action in actions:
            controller, method = actions[route.action]
            yield _operation(site, route, controller, method, context)


def _actions(site: _Site) -> dict[str, tuple[_Controller, str]]:
    """Action name -> controller and method; the first one that has it serves it."""
    found: dict[str, tuple[_Controller, str]] = {}
    for controller in site.actors():
        table: dict[str, str] = getattr(controller.owner, "wsgi_actions", None) or {}
        for name, method in table.items():
            found.setdefault(name, (controller, method))
    return dict(sorted(found.items()))


def _operation(
    site: _Site,
    route: Route,
    controller: _Controller,
    method: str,
    context: Context,
    *,
    action: str | None = None,
) -> Operation:
    plugin = site.loaded.plugin

    def warn(message: str) -> None:
        context.report("version-invalid", plugin, message)

    resource = site.resource
    place = Place(
        method=route.method,
        path=route.path,
        patterns=dict(route.patterns),
        parents=() if resource.parent is None else (resource.parent[1],),
        collection=resource.collection,
        member=resource.member,
        name=route.action,
        action=action,
    )
    augmented_by = tuple(_augmentations(site, route.action, action, context, warn))
    builder = OperationBuilder(plugin, controller.alias, context)
    return builder.build(place, handlers_of(controller.owner, method, warn), augmented_by)


def _augmentations(
    site: _Site, method: str, action: str | None, context: Context, warn: Any
) -> Iterator[Augmentation]:
    """The handlers of other extensions that add to one operation."""
    for controller in site.actors():
        for name, extended in getattr(controller.owner, "wsgi_extensions", None) or ():
            if (extended == action) if action is not None else (name == method and not extended):
                yield from _augmentation(controller, name, context, warn)


def _augmentation(
    controller: _Controller, name: str, context: Context, warn: Any
) -> Iterator[Augmentation]:
    handlers: tuple[Handler, ...] = handlers_of(controller.owner, name, warn)
    if handlers:
        yield Augmentation(
            extension=controller.alias,
            handler=context.places.of_function(handlers[0].function),
            versions=hull(item.versions for item in handlers),
        )


def static_or_versioned(owner: type, name: str) -> bool:
    """Whether a class has a method, be it a plain or a versioned one."""
    versioned = getattr(owner, "versioned_methods", None) or {}
    return name in versioned or static_function(owner, name) is not None


def _microversions(sites: Sequence[_Site]) -> VersionRange | None:
    functions: list[tuple[type, FunctionType]] = []
    for site in sites:
        owner = site.main.owner
        functions += [
            (owner, value) for value in vars(owner).values() if isinstance(value, FunctionType)
        ]
    return service.microversions_of(functions)
