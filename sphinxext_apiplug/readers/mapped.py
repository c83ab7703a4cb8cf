"""Which of the routes to a controller lead to something that can be called.

Routes maps a whole family for each resource, of which a controller may serve a
few: the form at ``/things/{id}/edit`` is one that an API never has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from sphinxext_apiplug.readers.handlers import parameters_of
from sphinxext_apiplug.readers.routes import Route, variables_of

_BODY = "body"
_EDIT = "edit"
_ID = "id"
# What Routes maps for every resource; nobody asked for each of these.
_OF_EVERY_RESOURCE = frozenset(
    {
        ("GET", "index"),
        ("POST", "create"),
        ("GET", "show"),
        ("PUT", "update"),
        ("DELETE", "delete"),
    }
)
# Services take these out of the path before a handler is called.
_OF_THE_PROJECT = frozenset({"project_id", "tenant_id"})


def served(routes: Sequence[Route], owner: type) -> Iterator[Route]:
    """The routes whose handlers can be called as they are mapped.

    Left out is what Routes maps for every resource if its variables don't fit the
    handler: another route's do, or it is a member's and the handler knows no ``id``.
    An ``edit`` that takes a body is no form: it serves ``PATCH`` of the member.

    :param owner: the controller's class
    """
    known = {(route.method, route.path) for route in routes}
    answered = {route.action for route in routes if fits(owner, route.action, route)}
    for route in routes:
        if _is_form(route) and _BODY in (parameters_of(owner, route.action) or ()):
            member = route.path.removesuffix(f"/{_EDIT}")
            if ("PATCH", member) not in known:
                yield msgspec.structs.replace(route, method="PATCH", path=member)
        elif fits(owner, route.action, route) or not _is_spare(owner, route, answered):
            yield route


def fits(owner: type, method: str, route: Route) -> bool:
    """Whether a handler can be called with exactly the variables of the path."""
    names = parameters_of(owner, method)
    return names is None or names - {_BODY} - _OF_THE_PROJECT == _wanted(route)


def _is_spare(owner: type, route: Route, answered: Collection[str]) -> bool:
    """Whether Routes mapped something for a handler that isn't meant to serve it.

    :param answered: handlers that other routes fit
    """
    if (route.method, route.action) not in _OF_EVERY_RESOURCE:
        return False
    names = parameters_of(owner, route.action) or frozenset()
    return route.action in answered or _wanted(route) - names == {_ID}


def _wanted(route: Route) -> frozenset[str]:
    return frozenset(variables_of(route.path)) - _OF_THE_PROJECT


def spoken(path: str) -> str:
    """What is called by a path, without its variables: ``{tenant}/a/b`` is ``a-b``."""
    return "-".join(_static(path))


def common(routes: Sequence[Route]) -> tuple[str, ...]:
    """The static parts that all routes' paths begin with; at least the first one of the first."""
    lists = [_static(route.path) for route in routes]
    same = 0
    while all(len(words) > same and words[same] == lists[0][same] for words in lists):
        same += 1
    return tuple(lists[0][: max(same, 1)])


def _static(path: str) -> list[str]:
    return [part for part in path.split("/") if part and not re.match(r"[:{]", part)]


def _is_form(route: Route) -> bool:
    return route.action == _EDIT and route.method == "GET" and route.path.endswith(f"/{_EDIT}")
