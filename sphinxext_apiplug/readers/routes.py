"""Routes, as a real ``routes.Mapper`` makes them."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
import routes

# Routes writes a variable as `:name`, `:(name)`, `{name}` or `{name:regex}`.
_VARIABLE = re.compile(
    r":\((?P<a>\w+)\)|:(?P<b>\w+)|\{(?P<c>\w+)(?::(?P<regex>(?:[^{}]|\{[^{}]*\})*))?\}"
)
_FORMAT = re.compile(r"\.?(:\(format\)|\{\.?format(:[^}]*)?\})$")
_PROJECT = re.compile(r"/\{(project_id|tenant_id)\}(?=/|$)")


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One way to a handler.

    :ivar path: with variables as in ``/segments/{id}``
    :ivar action: the name of the handler's method
    :ivar patterns: variable -> regular expression that its value must match
    """

    method: str
    path: str
    action: str
    patterns: Mapping[str, str]


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """What a ``ResourceExtension`` says.

    :ivar owner: the controller's class
    :ivar parent: the parent's (member name, collection name)
    :ivar collection_actions: handler -> HTTP method, for the collection's path
    :ivar member_actions: handler -> HTTP method, for a member's path
    :ivar custom_routes: is given the mapper and what it maps
    :ivar inherits: the collection whose controllers this one has too
    """

    collection: str
    member: str
    owner: type | None
    parent: tuple[str, str] | None
    collection_actions: Mapping[str, str]
    member_actions: Mapping[str, str]
    custom_routes: Callable[[Any, Any], None] | None
    inherits: str


def read_resource(raw: Any) -> Resource:
    """Take what is needed out of a service's ``ResourceExtension``.

    :raises AttributeError: if it is something else
    """
    parent = getattr(raw, "parent", None)
    controller = raw.controller
    return Resource(
        collection=str(raw.collection),
        member=str(getattr(raw, "member_name", None) or raw.collection),
        owner=None if controller is None else type(controller),
        parent=(parent["member_name"], parent["collection_name"]) if parent else None,
        collection_actions=dict(getattr(raw, "collection_actions", None) or {}),
        member_actions=dict(getattr(raw, "member_actions", None) or {}),
        custom_routes=getattr(raw, "custom_routes_fn", None),
        inherits=getattr(raw, "inherits", None) or "",
    )


def routes_of(resource: Resource) -> tuple[Route, ...]:
    """Map a resource the way its service does, and list its routes.

    Every route is listed once, in order. Left out are redirects, ``.format``
    twins, project-prefixed twins of the same path and the second spelling of a
    path (``''`` and ``/``).
    """
    mapper = routes.Mapper()
    options: dict[str, Any] = {
        "controller": resource.collection,
        "collection": dict(resource.collection_actions),
        "member": dict(resource.member_actions),
    }
    if resource.parent is not None:
        member, collection = resource.parent
        options["parent_resource"] = {"member_name": member, "collection_name": collection}
        options["path_prefix"] = f"{collection}/:{member}_id"
    mapper.resource(resource.member, resource.collection, **options)
    if resource.custom_routes is not None:
        resource.custom_routes(mapper, resource.collection)
    return routes_in(mapper.matchlist)


def routes_in(raws: Iterable[Any]) -> tuple[Route, ...]:
    """Read routes as a mapper keeps them, for one resource; see :func:`routes_of`."""
    found: dict[tuple[str, str, str], Route] = {}
    for raw in raws:
        for route in _read(raw):
            found.setdefault((route.method, route.path, route.action), route)
    return tuple(route for key, route in found.items() if not _is_twin(key, found))


def _read(raw: Any) -> list[Route]:
    if raw.redirect or _FORMAT.search(raw.routepath):
        return []
    action = raw.defaults.get("action")
    if not isinstance(action, str):
        return []
    path, patterns = _path(raw.routepath, raw.reqs or {})
    methods = (raw.conditions or {}).get("method") or ["GET"]
    if isinstance(methods, str):
        # Routes looks for the method in it, so that text does as well as a list.
        methods = re.findall(r"\w+", methods)
    return [
        Route(method=method.upper(), path=path, action=action, patterns=patterns)
        for method in methods
        if method.upper() != "HEAD"
    ]


def _path(routepath: str, requirements: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    patterns = {
        name: value
        for name, value in requirements.items()
        if isinstance(value, str) and name != "format" and value not in _any_segment()
    }

    def replace(match: re.Match[str]) -> str:
        name = match["a"] or match["b"] or match["c"]
        if match["regex"]:
            patterns[name] = match["regex"]
        return f"{{{name}}}"

    path = "/" + _VARIABLE.sub(replace, routepath).strip("/")
    names = variables_of(path)
    return path, {name: patterns[name] for name in names if name in patterns}


def variables_of(path: str) -> list[str]:
    """The names of the variables in a path as :class:`Route` has it."""
    return re.findall(r"\{(\w+)\}", path)


@functools.cache
def _any_segment() -> frozenset[str]:
    """What Routes demands of every id by itself: that it has no slash."""
    mapper = routes.Mapper()
    mapper.resource("thing", "things")
    return frozenset(value for raw in mapper.matchlist for value in (raw.reqs or {}).values())


def _is_twin(key: tuple[str, str, str], found: Mapping[tuple[str, str, str], Route]) -> bool:
    method, path, action = key
    plain = _PROJECT.sub("", path, count=1) or "/"
    return plain != path and (method, plain, action) in found
