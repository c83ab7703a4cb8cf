"""Resources that a service maps itself, without an extension, read from its router.

Extensions of such a service add actions to resources that no extension has.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sphinxext_apiplug.inventory.model import Extension
from sphinxext_apiplug.readers.base import Context, Plugin
from sphinxext_apiplug.readers.instances import (
    ManagerStub,
    instantiate,
    uninitialised_controllers,
)
from sphinxext_apiplug.readers.routes import routes_in
from sphinxext_apiplug.readers.sites import Controller, Loaded, Site

#: The alias of what stands for the service's own part of its API.
CORE = "core"


def read_router(plugin: Plugin, loaded: Sequence[Loaded], context: Context) -> list[Site]:
    """Make the service's router, and take the resources that it has.

    A resource under an extension's alias is that extension's: the router maps
    it in its place. All others are the service's own.

    :param plugin: its ``loaded`` is a class whose objects have ``map``, a
        ``routes.Mapper``, and ``resources``, collection -> what serves it
    :param loaded: the extensions, whose own resources the router isn't given
    """
    with context.guard(plugin):
        manager = ManagerStub(item.extension.alias for item in loaded)
        with uninitialised_controllers():
            router = instantiate(plugin.loaded, manager)
        core = Loaded(plugin=plugin, extension=_extension(plugin, context))
        if context.claim(CORE, plugin):
            return list(_sites(router, {item.extension.alias: item for item in loaded}, core))
    return []


def _sites(router: Any, extensions: Mapping[str, Loaded], core: Loaded) -> Iterator[Site]:
    names = {id(resource): str(name) for name, resource in router.resources.items()}
    by_resource: dict[int, list[Any]] = {}
    for raw in router.map.matchlist:
        by_resource.setdefault(id(raw.defaults.get("controller")), []).append(raw)
    for key, raws in by_resource.items():
        controller = getattr(raws[0].defaults.get("controller"), "controller", None)
        routes = routes_in(raws)
        if controller is None or not routes:
            continue
        first = routes[0].path.split("/")[1]
        loaded = extensions.get(first, core)
        collection = names.get(key, first)
        yield Site(
            loaded=loaded,
            collection=collection,
            member=_member(raws) or collection,
            parents=(),
            mapping=functools.partial(tuple, routes),
            main=Controller(
                owner=type(controller), alias=loaded.extension.alias, plugin=loaded.plugin
            ),
        )


def _member(raws: list[Any]) -> str:
    """What one of the collection is called: Routes names the route to it so."""
    names = [str(raw.name) for raw in raws if raw.name and raw.defaults.get("action") == "show"]
    return min(names, key=len, default="")


def _extension(plugin: Plugin, context: Context) -> Extension:
    return Extension(
        alias=CORE,
        name="Core",
        description="What the service serves without any extension.",
        entry_point=plugin.entry_point,
        distribution=plugin.distribution,
        distribution_version=plugin.distribution_version,
        source=context.places.of_class(plugin.loaded),
    )
