"""What each microversion changed in a whole API, told by the inventory alone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from sphinxext_apiplug.inventory.model import Inventory, Operation, Payload
from sphinxext_apiplug.inventory.shapes import is_nothing
from sphinxext_apiplug.inventory.timeline import Field, FieldState, fold, of_parameters
from sphinxext_apiplug.inventory.versions import Microversion, VersionRange, merge

#: What is new, gone, or otherwise than before.
ChangeKind: TypeAlias = Literal["new", "gone", "changed"]
#: What of an operation that happened to; ``code`` is what its handler does.
ChangePart: TypeAlias = Literal[
    "operation", "path", "query", "header", "request", "response", "response header", "code"
]

# Values in a list come and go one by one.
_LISTS: Final = ("one of ", "each one of ")
_LITERAL: Final = re.compile("`[^`]+`")
# What was said before and isn't now, and the other way round.
_Differs: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
_NOT_AT_ALL: Final[_Differs] = ((), ())


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, order=True):
    """One thing that is otherwise from a version on.

    :ivar operation: the operation's id
    :ivar name: path of a field, as in ``servers[].locked``; the name of a
        parameter; a status code; empty for the operation itself
    :ivar before: of what changed, how it was; readable fragments
    :ivar after: how it is now
    """

    operation: str
    part: ChangePart
    kind: ChangeKind
    name: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class VersionChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What one microversion changed, in the inventory's order of operations."""

    version: str
    changes: tuple[Change, ...]


def changes(inventory: Inventory) -> tuple[VersionChanges, ...]:
    """What every microversion changed, oldest first; none that changed nothing known.

    What an operation has from its own first version on is no change.
    """
    whole = inventory.api.microversions
    if whole is None:
        return ()
    found: dict[Microversion, dict[Change, None]] = {}
    for operation in inventory.operations:
        for version, change in _of_operation(operation, whole):
            if whole.contains(version) and version > whole.low:
                found.setdefault(version, {})[change] = None
    return tuple(
        VersionChanges(version=str(version), changes=tuple(found[version]))
        for version in sorted(found)
    )


_Dated: TypeAlias = tuple[Microversion, Change]


def _of_operation(operation: Operation, whole: VersionRange) -> Iterator[_Dated]:
    within = operation.versions.intersect(whole)
    if within is None:
        return
    yield from _comings(operation, "operation", "", [within], whole)
    for location in ("path", "query", "header"):
        same = [item for item in operation.parameters if item.location == location]
        yield from _of_fields(operation, location, fold(of_parameters(same), within), within)
    yield from _of_body(operation, "request", operation.request, within)
    statuses: dict[int, list[VersionRange]] = {}
    for response in operation.responses:
        if (versions := response.versions.intersect(within)) is not None:
            statuses.setdefault(response.status, []).append(versions)
        yield from _of_body(operation, "response", response.payloads, within)
        served = response.versions.intersect(within) or within
        for header in response.headers:
            yield from _comings(
                operation, "response header", header.name, [header.versions], served
            )
    for status, ranges in statuses.items():
        yield from _comings(operation, "response", str(status), merge(ranges), within)
    for check in operation.version_checks:
        since = check.versions.since
        if since is not None and within.contains(since) and within.low < Microversion.parse(since):
            yield Microversion.parse(since), _change(operation, "code", "changed")


def _of_body(
    operation: Operation, part: ChangePart, payloads: Sequence[Payload], within: VersionRange
) -> Iterator[_Dated]:
    """What happened to a body while there was a schema of it; without one, who knows."""
    fields = fold((item for item in payloads if not is_nothing(item.schema)), within)
    for known in merge(item.versions for item in payloads):
        around = known.intersect(within)
        if around is not None:
            clipped = [item for field in fields if (item := _clipped(field, around))]
            yield from _of_fields(operation, part, clipped, around)


def _of_fields(
    operation: Operation,
    part: ChangePart,
    fields: Sequence[Field],
    around: VersionRange,
    parent: str = "",
) -> Iterator[_Dated]:
    """What happened to fields while there was what they are in.

    :param around: the versions of what they are in
    """
    for field in fields:
        name = parent + field.name
        yield from _comings(operation, part, name, field.versions, around)
        for old, new in itertools.pairwise(field.states):
            if new.versions.since is not None and old.versions.is_adjacent(new.versions):
                differs = _difference(old, new, answer=part == "response")
                if differs != _NOT_AT_ALL:
                    change = _change(operation, part, "changed", name, differs)
                    yield Microversion.parse(new.versions.since), change
        for versions in field.versions:
            inner = versions.intersect(around) or around
            for child in field.children:
                items = "[]" * child.pointer.removeprefix(field.pointer).count("/[]")
                clipped = _clipped(child, inner) if len(field.versions) > 1 else child
                path = f"{name}{items}."
                if clipped is not None:
                    yield from _of_fields(operation, part, [clipped], inner, path)


def _clipped(field: Field, within: VersionRange) -> Field | None:
    """The part of a field's history that lies in some versions."""
    versions = tuple(part for item in field.versions if (part := item.intersect(within)))
    states = tuple(
        msgspec.structs.replace(state, versions=part)
        for state in field.states
        if (part := state.versions.intersect(within))
    )
    return msgspec.structs.replace(field, versions=versions, states=states) if versions else None


def _comings(
    operation: Operation,
    part: ChangePart,
    name: str,
    ranges: Iterable[VersionRange],
    around: VersionRange,
) -> Iterator[_Dated]:
    """When something came and went while there was what it is in."""
    for versions in ranges:
        if versions.since is not None and versions.low > around.low:
            yield versions.low, _change(operation, part, "new", name)
        if versions.until is not None and versions.high < around.high:
            yield versions.high.next(), _change(operation, part, "gone", name)


def _change(
    operation: Operation,
    part: ChangePart,
    kind: ChangeKind,
    name: str = "",
    differs: _Differs = _NOT_AT_ALL,
) -> Change:
    before, after = differs
    return Change(
        operation=operation.id, part=part, kind=kind, name=name, before=before, after=after
    )


def _difference(old: FieldState, new: FieldState, *, answer: bool) -> _Differs:
    """What was said before and isn't now, and the other way round."""
    before, after = (_said(state, answer=answer) for state in (old, new))
    return (
        tuple(item for item in before if item not in after),
        tuple(item for item in after if item not in before),
    )


def _said(state: FieldState, *, answer: bool) -> tuple[str, ...]:
    words = ("not always", "always there") if answer else ("optional", "required")
    values = [_value(item) for item in state.enum]
    default = [] if state.default is msgspec.UNSET else [f"default {_value(state.default)}"]
    listed = [text for text in state.bounds if text.startswith(_LISTS)]
    return (
        *([state.type] if state.type else []),
        words[state.required],
        *(text for text in state.bounds if text not in listed),
        *(f"value {value}" for value in values),
        *(f"value {value}" for text in listed for value in _LITERAL.findall(text)),
        *default,
    )


def _value(data: object) -> str:
    text = msgspec.json.encode(data).decode().replace("`", "'")
    return f"`{text}`"
