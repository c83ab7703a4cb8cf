"""Resources that a service maps itself, without an extension, read from its router.

Extensions of such a service add actions to resources that no extension has, or
map more paths beside them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sphinxext_apiplug.inventory.model import Extension
from sphinxext_apiplug.readers.base import Context, Plugin
from sphinxext_apiplug.readers.instances import (
    ManagerStub,
    instantiate,
    uninitialised_controllers,
)
from sphinxext_apiplug.readers.mapped import common
from sphinxext_apiplug.readers.routes import routes_in
from sphinxext_apiplug.readers.sites import Controller, Loaded, Site

#: The alias of what stands for the service's own part of its API.
CORE = "core"


def read_router(plugin: Plugin, loaded: Sequence[Loaded], context: Context) -> list[Site]:
    """Make the service's router, and take the resources that it has.

    A resource under an extension's alias is that extension's: the router maps
    it in its place. All others are the service's own.

    :param plugin: its ``loaded`` is a class whose objects have ``map``, a
        ``routes.Mapper``, and maybe ``resources``, collection -> what serves it;
        a route's ``controller`` is the controller, or has it as ``controller``
    :param loaded: the extensions, whose own resources the router isn't given
    """
    matched: list[list[Any]] = []
    names: dict[int, str] = {}
    with context.guard(plugin):
        manager = ManagerStub(item.extension.alias for item in loaded)
        with uninitialised_controllers():
            router = instantiate(plugin.loaded, manager)
        if context.claim(CORE, plugin):
            matched += _matched(router, plugin, context)
            names |= {
                id(resource): str(name)
                for name, resource in getattr(router, "resources", {}).items()
            }
    core = Loaded(plugin=plugin, extension=_extension(plugin, context))
    by_alias = {item.extension.alias: item for item in loaded}
    sites: list[Site] = []
    for raws in matched:
        with context.guard(plugin, raws[0].routepath):
            sites += _sites(raws, names, by_alias, core)
    return sites


def _matched(router: Any, plugin: Plugin, context: Context) -> list[list[Any]]:
    """The router's raw routes, a list for each object that serves some.

    :raises TypeError: if there is no mapper
    """
    matchlist = getattr(getattr(router, "map", None), "matchlist", None)
    if matchlist is None:
        message = f"{type(router).__name__} is no router: it has no routes.Mapper as `map`"
        raise TypeError(message)
    found: dict[int, list[Any]] = {}
    unknown: list[Any] = []
    for raw in matchlist:
        served_by = raw.defaults.get("controller")
        if isinstance(served_by, str):
            unknown.append(raw)
        else:
            found.setdefault(id(served_by), []).append(raw)
    if not found and not unknown:
        message = "the router maps nothing; is something mocked that it is made of?"
        context.report("read-failed", plugin, message)
    nowhere = routes_in(unknown)
    if nowhere:
        first = f"{nowhere[0].method} {nowhere[0].path}"
        many = len(nowhere) > 1
        message = (
            f"{len(nowhere)} routes only name a controller, as {first} does"
            if many
            else f"the route {first} only names a controller"
        )
        context.report("read-failed", plugin, message)
    return list(found.values())


def _sites(
    raws: list[Any], names: Mapping[int, str], extensions: Mapping[str, Loaded], core: Loaded
) -> Iterator[Site]:
    """The site of one object that serves routes; none if these are twins or redirects."""
    served_by = raws[0].defaults.get("controller")
    controller = getattr(served_by, "controller", served_by)
    routes = routes_in(raws)
    if controller is None or not routes:
        return
    owner = controller if isinstance(controller, type) else type(controller)
    words = common(routes) or (_stem(owner),)
    loaded = extensions.get(words[0], core)
    collection = names.get(id(served_by), "-".join(words))
    yield Site(
        loaded=loaded,
        collection=collection,
        member=_member(raws) or collection,
        parents=(),
        mapping=functools.partial(tuple, routes),
        main=Controller(owner=owner, alias=loaded.extension.alias, plugin=loaded.plugin),
    )


def _stem(owner: type) -> str:
    """What a controller is called without being called a controller."""
    return re.sub(r"(?<=.)Controller$", "", owner.__name__).lower()


def _member(raws: list[Any]) -> str:
    """What one of the collection is called: Routes names the route to it so."""
    names = [str(raw.name) for raw in raws if raw.name and raw.defaults.get("action") == "show"]
    return min(names, key=len, default="")


def _extension(plugin: Plugin, context: Context) -> Extension:
    cls = plugin.loaded if isinstance(plugin.loaded, type) else type(plugin.loaded)
    return Extension(
        alias=CORE,
        name="Core",
        description="What the service serves without any extension.",
        entry_point=plugin.entry_point,
        distribution=plugin.distribution,
        distribution_version=plugin.distribution_version,
        source=context.places.of_class(cls),
    )
