"""Resources that a service maps itself, without an extension, read from its router.

Extensions of such a service add actions to resources that no extension has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sphinxext_apiplug.inventory.model import Extension
from sphinxext_apiplug.readers.base import Context, Plugin
from sphinxext_apiplug.readers.instances import instantiate, uninitialised_controllers
from sphinxext_apiplug.readers.routes import routes_in
from sphinxext_apiplug.readers.sites import Controller, Loaded, Site

#: The alias of what stands for the service's own part of its API.
CORE = "core"


def read_router(plugin: Plugin, context: Context) -> list[Site]:
    """Make the service's router, and take the resources that it has.

    :param plugin: its ``loaded`` is a class whose objects have ``map``, a
        ``routes.Mapper``, and ``resources``, collection -> what serves it
    """
    with context.guard(plugin):
        with uninitialised_controllers():
            router = instantiate(plugin.loaded)
        loaded = Loaded(plugin=plugin, extension=_extension(plugin, context))
        if context.claim(CORE, plugin):
            return list(_sites(router, loaded))
    return []


def _sites(router: Any, loaded: Loaded) -> Iterator[Site]:
    by_resource: dict[int, list[Any]] = {}
    for raw in router.map.matchlist:
        by_resource.setdefault(id(raw.defaults.get("controller")), []).append(raw)
    for collection, resource in router.resources.items():
        controller = getattr(resource, "controller", None)
        if controller is None:
            continue
        raws = by_resource.get(id(resource), [])
        yield Site(
            loaded=loaded,
            collection=str(collection),
            member=_member(raws) or str(collection),
            parents=(),
            routes=routes_in(raws),
            main=Controller(owner=type(controller), alias=CORE),
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
