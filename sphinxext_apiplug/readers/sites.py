"""Mapped resources, each with every controller that serves or augments it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.model import Extension
from sphinxext_apiplug.readers.base import Context, Plugin
from sphinxext_apiplug.readers.closures import static_function
from sphinxext_apiplug.readers.mapped import spoken
from sphinxext_apiplug.readers.routes import Resource, Route, routes_of


class Addition(msgspec.Struct, frozen=True, kw_only=True):
    """A controller that an extension adds to a collection, maybe another's."""

    collection: str
    owner: type


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """One extension with what it gave."""

    plugin: Plugin
    extension: Extension
    resources: tuple[Resource, ...] = ()
    additions: tuple[Addition, ...] = ()

    @property
    def inherits(self) -> bool:
        """Whether it needs another extension's resources."""
        return any(item.inherits for item in self.resources)


class Controller(msgspec.Struct, frozen=True, kw_only=True):
    """A controller class, and the extension that it came from."""

    owner: type
    alias: str
    plugin: Plugin


class Site(msgspec.Struct, kw_only=True):
    """One mapped resource.

    :ivar parents: collections that it is nested in
    :ivar mapping: runs the extension's code to list the routes
    :ivar main: the controller that serves it
    :ivar others: controllers that extensions added, in their order
    """

    loaded: Loaded
    collection: str
    member: str
    parents: tuple[str, ...]
    mapping: Callable[[], tuple[Route, ...]]
    main: Controller
    others: list[Controller] = []
    inherited: Site | None = None

    def actors(self) -> Iterator[Controller]:
        """Controllers whose actions the resource has; inherited ones come last."""
        yield self.main
        yield from self.others
        if self.inherited is not None:
            yield from self.inherited.others

    def actions(self) -> dict[str, tuple[Controller, str]]:
        """Action name -> controller and method; the first one that has it serves it."""
        found: dict[str, tuple[Controller, str]] = {}
        for controller in self.actors():
            table: dict[str, str] = getattr(controller.owner, "wsgi_actions", None) or {}
            for name, method in table.items():
                found.setdefault(name, (controller, method))
        return dict(sorted(found.items()))


def map_resources(
    loaded: Sequence[Loaded], context: Context, core: Iterable[Site] = ()
) -> list[Site]:
    """Map all extensions' resources, and give each controller to what it extends.

    :param loaded: those that inherit come last
    :param core: resources that the service maps without an extension
    """
    sites = list(core)
    by_collection = {site.collection: site for site in sites}
    for item in loaded:
        for resource in item.resources:
            site = _site(item, resource, by_collection)
            if site is not None:
                sites.append(site)
                # A collection may be mapped twice; the last one is augmented.
                by_collection[resource.collection] = site
    _attach(loaded, by_collection, context)
    return sites


def has_method(owner: type, name: str) -> bool:
    """Whether a class has a method, be it a plain or a versioned one."""
    versioned = getattr(owner, "versioned_methods", None) or {}
    return name in versioned or static_function(owner, name) is not None


def addition(raw: Any) -> Addition:
    """Take what is needed out of a service's ``ControllerExtension``."""
    return Addition(collection=str(raw.collection), owner=type(raw.controller))


def _controller(owner: type, item: Loaded) -> Controller:
    return Controller(owner=owner, alias=item.extension.alias, plugin=item.plugin)


def _site(item: Loaded, resource: Resource, known: dict[str, Site]) -> Site | None:
    parent = known.get(resource.inherits)
    if resource.owner is not None:
        main = _controller(resource.owner, item)
    elif parent is not None:
        main = parent.main
    else:
        return None
    return Site(
        loaded=item,
        collection=spoken(resource.collection) or resource.collection,
        member=spoken(resource.member) or resource.collection,
        parents=() if resource.parent is None else (spoken(resource.parent[1]),),
        mapping=functools.partial(routes_of, resource),
        main=main,
        inherited=parent,
    )


def _attach(loaded: Sequence[Loaded], known: dict[str, Site], context: Context) -> None:
    """Give each controller extension to the resource that it names."""
    for item in loaded:
        for extra in item.additions:
            site = known.get(extra.collection)
            if site is None:
                message = f"it extends the resource {extra.collection!r}, which nobody has"
                context.report("augments-unknown", item.plugin, message)
                continue
            site.others.append(_controller(extra.owner, item))
