"""The fields of an operation by the names that tables give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from sphinxext_apiplug.handwritten.model import Half
from sphinxext_apiplug.inventory.model import Operation, Parameter, Payload
from sphinxext_apiplug.inventory.timeline import Field, fold
from sphinxext_apiplug.inventory.versions import VersionRange, hull

_PATTERN: Final = re.compile(r"[\^$*\[(|\\]")


class Held(NamedTuple):
    """A field, and what holds of it.

    :ivar pointer: names from the top, as in ``/server/name``
    :ivar starts: the versions in which it came or became something else
    :ivar required: in all versions, in none, or ``None`` for sometimes
    :ivar within: whether what holds it is required too, up to the top
    """

    pointer: str
    versions: VersionRange
    starts: frozenset[str | None]
    required: bool | None
    within: bool = True

    @property
    def name(self) -> str:
        """The last of its names."""
        return self.pointer.rpartition("/")[2]


class Known(NamedTuple):
    """The fields of one half of an operation.

    :ivar complete: whether there can be no others
    """

    fields: tuple[Held, ...] = ()
    complete: bool = False

    def alike(self, name: str) -> str | None:
        """What has this name but for hyphens, underscores and capitals."""
        wanted = _folded(name)
        return next((held.name for held in self.fields if _folded(held.name) == wanted), None)

    def named(self, name: str) -> list[Held]:
        """What a table may mean by a name, a dotted one by its whole path first."""
        wanted = "/" + name.replace(".", "/")
        found = [held for held in self.fields if held.pointer.endswith(wanted)]
        last = wanted[wanted.rindex("/") :]
        return found or [held for held in self.fields if held.pointer.endswith(last)]


def _folded(name: str) -> str:
    return name.replace("-", "_").lower()


def query(operation: Operation) -> Known:
    """The query parameters; complete where a schema declares them."""
    parameters = [item for item in operation.parameters if item.location == "query"]
    named: dict[str, list[Parameter]] = {}
    for item in parameters:
        named.setdefault(item.name, []).append(item)
    declared = bool(parameters) and not any(item.inferred for item in parameters)
    return Known(
        tuple(_parameter(name, items) for name, items in named.items()),
        complete=declared and not any(_PATTERN.search(name) for name in named),
    )


def _parameter(name: str, items: list[Parameter]) -> Held:
    return Held(
        pointer=f"/{name}",
        versions=hull(item.versions for item in items),
        starts=frozenset(item.versions.since for item in items),
        required=_agreed(item.required for item in items),
    )


def body(operation: Operation, half: Half) -> Known:
    """The fields of the request's or the successful answers' bodies."""
    payloads = _payloads(operation, half)
    fields = list(_below(fold(payloads, operation.versions), within=True))
    declared = bool(payloads) and not any(item.inferred for item in payloads)
    is_open = any(held.name in ("*", "") or _PATTERN.search(held.name) for held in fields)
    return Known(tuple(fields), complete=declared and bool(fields) and not is_open)


def _payloads(operation: Operation, half: Half) -> tuple[Payload, ...]:
    if half == "request":
        return operation.request
    answers = [item for item in operation.responses if item.status < 400]
    return tuple(payload for item in answers for payload in item.payloads)


def _below(fields: Iterable[Field], *, within: bool) -> Iterator[Held]:
    for field in fields:
        required = _agreed(state.required for state in field.states)
        yield Held(
            pointer=field.pointer.replace("/[]", ""),
            versions=hull(field.versions),
            starts=frozenset(state.versions.since for state in field.states),
            required=required,
            within=within,
        )
        yield from _below(field.children, within=within and required is True)


def _agreed(values: Iterable[bool]) -> bool | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None
