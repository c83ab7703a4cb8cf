"""Paths as OpenAPI wants them, and the operations that share one."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from sphinxext_apiplug.inventory.model import Operation
from sphinxext_apiplug.openapi import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: The methods that a path item can hold, in the order they are written in.
METHODS: Final = ("get", "head", "post", "put", "patch", "delete", "options", "trace")

_PARAMETER: Final = re.compile(r"\{([^{}:]*)[^{}]*\}")


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The operations behind one method of one path: mostly one, or many actions.

    :ivar id: the ``operationId``
    :ivar path: with the base path, as the document has it
    :ivar parameters: the names in *path*
    :ivar members: the operations, in the inventory's order
    :ivar is_merged: whether several operations share this place in any version
    """

    id: str
    method: str
    path: str
    parameters: tuple[str, ...]
    members: tuple[Operation, ...]
    is_merged: bool


def parameter_names(path: str) -> tuple[str, ...]:
    """The names in a path template, in order."""
    return tuple(_PARAMETER.findall(path))


def group(operations: Sequence[Operation], base_path: str) -> list[Group]:
    """Put together what OpenAPI keeps in one place, sorted by path and method.

    The full path is made here, base path included: the document's servers are
    the service's endpoint without it, so that a server from the service catalog
    can take their place. Operations with a method that OpenAPI doesn't know
    are left out.
    """
    templates = _templates(operations, base_path)
    places: dict[tuple[str, int], list[Operation]] = {}
    for operation in operations:
        method = operation.method.lower()
        if method in METHODS:
            path = templates[_erase(_join(base_path, operation.path))]
            places.setdefault((path, METHODS.index(method)), []).append(operation)
    taken = {operation.id.casefold() for operation in operations}
    return [
        _group(path, METHODS[order], members, taken)
        for (path, order), members in sorted(places.items(), key=lambda item: item[0])
    ]


def _group(path: str, method: str, members: list[Operation], taken: set[str]) -> Group:
    merged = len(members) > 1
    own = members[0].id
    if merged:
        place = f"{method}-{names.slug(path)}"
        actions = f"{names.slug(members[0].resource)}-action"
        hints = (actions, place) if all(member.action for member in members) else (place,)
        own = names.unique(hints, taken)
    return Group(
        id=own,
        method=method,
        path=path,
        parameters=parameter_names(path),
        members=tuple(members),
        is_merged=merged,
    )


def _join(base_path: str, path: str) -> str:
    return f"{base_path.rstrip('/')}/{path.strip('/')}".rstrip("/") or "/"


def _erase(path: str) -> str:
    return _PARAMETER.sub("{}", path)


def _templates(operations: Iterable[Operation], base_path: str) -> Mapping[str, str]:
    """Path without parameter names -> the path as most operations write it.

    Paths that differ in parameter names alone are the same path to OpenAPI.
    """
    spellings: dict[str, Counter[str]] = {}
    for operation in operations:
        path = _join(base_path, operation.path)
        spellings.setdefault(_erase(path), Counter())[path] += 1
    return {
        erased: _distinct(min(counts, key=lambda path: (-counts[path], path)))
        for erased, counts in spellings.items()
    }


def _distinct(path: str) -> str:
    """The path with each parameter name once."""
    seen: set[str] = set()

    def name(match: re.Match[str]) -> str:
        own = names.unique([match[1] or "id"], seen)
        seen.add(own.casefold())
        return f"{{{own}}}"

    return _PARAMETER.sub(name, path)
