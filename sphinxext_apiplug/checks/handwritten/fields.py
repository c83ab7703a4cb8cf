"""The fields of an operation by the names that tables give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from sphinxext_apiplug.handwritten.model import Half
from sphinxext_apiplug.inventory.model import Operation, Parameter, Payload
from sphinxext_apiplug.inventory.timeline import Field, fold
from sphinxext_apiplug.inventory.versions import VersionRange, hull

_VARIANTS: Final = ("allOf", "anyOf", "oneOf")
_DEEPEST: Final = 40
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

    :ivar complete: whether all that is declared is known
    :ivar closed: whether what isn't declared is refused, so that there can be no others
    """

    fields: tuple[Held, ...] = ()
    complete: bool = False
    closed: bool = False

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
    complete = declared and not any(_PATTERN.search(name) for name in named)
    held = tuple(_parameter(name, items) for name, items in named.items())
    # Services ignore others, so a table that has one is wrong either way.
    return Known(held, complete=complete, closed=complete)


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
    complete = declared and bool(fields) and not is_open
    closed = complete and all(_is_closed(payload.schema, payload.schema) for payload in payloads)
    return Known(tuple(fields), complete=complete, closed=closed)


def _is_closed(schema: Any, root: Any, depth: int = 0) -> bool:
    """Whether no object in a schema takes fields that it doesn't name."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return True
    name = str(schema.get("$ref", "")).removeprefix("#/$defs/")
    if name and not _is_closed(root.get("$defs", {}).get(name, True), root, depth + 1):
        return False
    if "properties" in schema and schema.get("additionalProperties", True) is not False:
        return schema.get("unevaluatedProperties", True) is False
    below = [*schema.get("properties", {}).values(), schema.get("items", True)]
    below += [item for keyword in _VARIANTS for item in schema.get(keyword, ())]
    return all(_is_closed(item, root, depth + 1) for item in below)


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
