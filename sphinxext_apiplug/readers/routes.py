"""Routes, as a real ``routes.Mapper`` makes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
    :ivar target: the key that the resource was mapped under
    :ivar action: the name of the handler's method
    :ivar patterns: variable -> regular expression that its value must match
    """

    method: str
    path: str
    target: str
    action: str
    patterns: Mapping[str, str]


class RouteTable:
    """Collects the routes of resources, one mapper for all of them."""

    def __init__(self) -> None:
        self._mapper = routes.Mapper()

    def add(self, target: str, resource: Any) -> None:
        """Map a ``ResourceExtension`` the way its service does.

        :param target: names the resource in the routes
        :param resource: has ``collection``, ``member_name``, ``parent``,
            ``collection_actions``, ``member_actions`` and ``custom_routes_fn``
        """
        options: dict[str, Any] = {
            "controller": target,
            "collection": dict(getattr(resource, "collection_actions", None) or {}),
            "member": dict(getattr(resource, "member_actions", None) or {}),
        }
        parent = getattr(resource, "parent", None)
        if parent:
            options["parent_resource"] = parent
            prefix = f"{parent['collection_name']}/:{parent['member_name']}_id"
            options["path_prefix"] = prefix
        collection = resource.collection
        member = getattr(resource, "member_name", None) or collection
        self._mapper.resource(member, collection, **options)
        custom: Callable[[Any, Any], None] | None = getattr(resource, "custom_routes_fn", None)
        if custom is not None:
            custom(self._mapper, target)

    def routes(self) -> tuple[Route, ...]:
        """Every route once, in order, without the twins that services make.

        Left out are redirects, ``.format`` twins, project-prefixed twins of
        the same path and the second spelling of a path (``''`` and ``/``).
        """
        found: dict[tuple[str, str, str, str], Route] = {}
        for raw in self._mapper.matchlist:
            for route in _read(raw):
                found.setdefault((route.method, route.path, route.target, route.action), route)
        return tuple(route for key, route in found.items() if not _is_twin(key, found))


def _read(raw: Any) -> list[Route]:
    if raw.redirect or _FORMAT.search(raw.routepath):
        return []
    action = raw.defaults.get("action")
    target = raw.defaults.get("controller")
    if not isinstance(action, str) or not isinstance(target, str):
        return []
    path, patterns = _path(raw.routepath, raw.reqs or {})
    methods = (raw.conditions or {}).get("method") or ["GET"]
    return [
        Route(method=method.upper(), path=path, target=target, action=action, patterns=patterns)
        for method in methods
        if method.upper() != "HEAD"
    ]


def _path(routepath: str, requirements: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    patterns = {
        name: value
        for name, value in requirements.items()
        if isinstance(value, str) and name != "format"
    }

    def replace(match: re.Match[str]) -> str:
        name = match["a"] or match["b"] or match["c"]
        if match["regex"]:
            patterns[name] = match["regex"]
        return f"{{{name}}}"

    path = "/" + _VARIABLE.sub(replace, routepath).strip("/")
    names = re.findall(r"\{(\w+)\}", path)
    return path, {name: patterns[name] for name in names if name in patterns}


def _is_twin(
    key: tuple[str, str, str, str], found: Mapping[tuple[str, str, str, str], Route]
) -> bool:
    method, path, target, action = key
    plain = _PROJECT.sub("", path, count=1) or "/"
    return plain != path and (method, plain, target, action) in found
