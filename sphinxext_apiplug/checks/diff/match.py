"""Which operation of the new API is which one of the old API."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from sphinxext_apiplug.inventory.model import Inventory, Operation

_PARAMETER: Final = re.compile(r"\{([^{}:]*)[^{}]*\}")

_Key = tuple[str, str, str | None]


class Matched(msgspec.Struct, frozen=True, kw_only=True):
    """The operations of two APIs side by side.

    :ivar pairs: (old, new), in the new API's order
    :ivar added: those that the new API alone has
    :ivar removed: those that the old API alone has
    :ivar is_rebased: whether paths are the same below the base path alone
    """

    pairs: tuple[tuple[Operation, Operation], ...]
    added: tuple[Operation, ...]
    removed: tuple[Operation, ...]
    is_rebased: bool = False


def match(old: Inventory, new: Inventory) -> Matched:
    """Pair operations by method, path and action.

    The names of path parameters don't matter. Paths are compared with their base
    path, unless more of them are the same without it.
    """
    whole = _match(old, new, (old.api.base_path, new.api.base_path))
    if old.api.base_path.strip("/") == new.api.base_path.strip("/"):
        return whole
    relative = _match(old, new, ("", ""))
    if len(relative.pairs) > len(whole.pairs):
        return msgspec.structs.replace(relative, is_rebased=True)
    return whole


def _match(old: Inventory, new: Inventory, bases: tuple[str, str]) -> Matched:
    known = _by_key(old.operations, bases[0])
    pairs: list[tuple[Operation, Operation]] = []
    added: list[Operation] = []
    for operation in new.operations:
        alike = known.get(_key(operation, bases[1]), [])
        partner = _partner(alike, operation)
        if partner is None:
            added.append(operation)
        else:
            alike.remove(partner)
            pairs.append((partner, operation))
    left = {id(item) for items in known.values() for item in items}
    removed = tuple(item for item in old.operations if id(item) in left)
    return Matched(pairs=tuple(pairs), added=tuple(added), removed=removed)


def _partner(alike: list[Operation], operation: Operation) -> Operation | None:
    """Of several that are called alike the one of the same id, else the first."""
    same = [item for item in alike if item.id == operation.id]
    return next(iter([*same, *alike]), None)


def _by_key(operations: Iterable[Operation], base: str) -> dict[_Key, list[Operation]]:
    found: dict[_Key, list[Operation]] = {}
    for operation in operations:
        found.setdefault(_key(operation, base), []).append(operation)
    return found


def _key(operation: Operation, base: str) -> _Key:
    path = _PARAMETER.sub("{}", full_path(base, operation.path))
    return (operation.method.upper(), path, operation.action)


def full_path(base: str, path: str) -> str:
    """A path with what stands before it."""
    return f"{base.rstrip('/')}/{path.strip('/')}".rstrip("/") or "/"


def call(operation: Operation, base: str) -> str:
    """How an operation is called, as in ``POST /v1/servers/{id}/action (pause)``."""
    action = f" ({operation.action})" if operation.action else ""
    return f"{operation.method.upper()} {full_path(base, operation.path)}{action}"


def path_names(path: str) -> tuple[str, ...]:
    """The names of a path's parameters, in order."""
    return tuple(_PARAMETER.findall(path))


def renamed(old: Operation, new: Operation) -> Mapping[str, str]:
    """Old name -> new name of path parameters that stand at the same place."""
    before, after = path_names(old.path), path_names(new.path)
    # A base path may be part of one of both paths.
    shared = min(len(before), len(after))
    pairs = zip(before[len(before) - shared :], after[len(after) - shared :], strict=True)
    return {one: two for one, two in pairs if one != two}
