"""The fields of an operation by the names that tables give them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sphinxext_apiplug.handwritten.model import Half
from sphinxext_apiplug.inventory.model import Operation, Parameter, Payload
from sphinxext_apiplug.inventory.timeline import Field, fold
from sphinxext_apiplug.inventory.versions import VersionRange, hull

_VARIANTS: Final = ("allOf", "anyOf", "oneOf")
_CONDITIONS: Final = frozenset({"not", "required"})
_DEEPEST: Final = 40
_CLOSE: Final = 0.9
_PATTERN: Final = re.compile(r"[\^$*\[(|\\]")


class Held(NamedTuple):
    """A field, and what holds of it.

    :ivar pointer: names from the top, as in ``/server/name``
    :ivar starts: the versions in which it came or became something else
    :ivar required: in all versions, in none, or ``None`` for sometimes
    :ivar within: whether what holds it is required too, up to the top
    :ivar inferred: seen in code rather than declared, so that the rest proves nothing
    """

    pointer: str
    versions: VersionRange
    starts: frozenset[str | None]
    required: bool | None
    within: bool = True
    inferred: bool = False

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

    @property
    def versions(self) -> VersionRange:
        """Those in which there are any fields: a body may come later than its operation."""
        return hull(held.versions for held in self.fields if held.name)

    def alike(self, name: str, written: Iterable[str]) -> str | None:
        """What has this name but for hyphens, underscores and capitals, or a slip of the pen.

        :param written: all names that tables have; what one of them names has no other name
        """
        wanted = folded(name)
        found = next((held.name for held in self.fields if folded(held.name) == wanted), None)
        if found is not None or not self.complete:
            return found
        others = sorted({held.name for held in self.fields}.difference(written))
        last = name.rpartition(".")[2]
        return next(iter(difflib.get_close_matches(last, others, n=1, cutoff=_CLOSE)), None)

    def named(self, name: str) -> list[Held]:
        """What a table may mean by a name, a dotted one by its whole path first."""
        wanted = "/" + name.replace(".", "/")
        found = [held for held in self.fields if held.pointer.endswith(wanted)]
        last = wanted[wanted.rindex("/") :]
        return found or [held for held in self.fields if held.pointer.endswith(last)]


def folded(name: str) -> str:
    """A name but for hyphens, underscores and capitals."""
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
        inferred=any(item.inferred for item in items),
    )


def body(operation: Operation, half: Half) -> Known:
    """The fields of the request's or the successful answers' bodies."""
    payloads = _payloads(operation, half)
    inferred = any(item.inferred for item in payloads)
    folded = fold(payloads, operation.versions)
    fields = [held._replace(inferred=inferred) for held in _below(folded, within=True)]
    declared = bool(payloads) and not inferred
    is_open = any(held.name in ("*", "") or _PATTERN.search(held.name) for held in fields)
    complete = declared and bool(fields) and not is_open
    closed = complete and all(_is_closed(payload.schema, payload.schema) for payload in payloads)
    return Known(tuple(fields), complete=complete, closed=closed)


def _is_closed(schema: Any, root: Any, depth: int = 0) -> bool:
    """Whether no object in a schema takes fields that it doesn't name."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return schema is not True
    if _takes_more(schema):
        return False
    name = str(schema.get("$ref", "")).removeprefix("#/$defs/")
    below = [root.get("$defs", {}).get(name, True)] if name else []
    below += schema.get("properties", {}).values()
    below += [schema.get("items", True)] if "array" in _types(schema) else []
    below += [item for keyword in _VARIANTS for item in schema.get(keyword, ()) if _says(item)]
    return all(_is_closed(item, root, depth + 1) for item in below)


def _takes_more(schema: Mapping[str, Any]) -> bool:
    """Whether a schema itself, but for what it refers to, takes an object with any fields."""
    if False in (schema.get("additionalProperties"), schema.get("unevaluatedProperties")):
        return False
    if "properties" in schema:
        return True
    variants = any(_says(item) for keyword in _VARIANTS for item in schema.get(keyword, ()))
    if variants or schema.keys() & {"$ref", "enum", "const"}:
        return False
    return "type" not in schema or "object" in _types(schema)


def _types(schema: Mapping[str, Any]) -> Sequence[str]:
    found = schema.get("type", ())
    return (found,) if isinstance(found, str) else found


def _says(variant: Any) -> bool:
    """Whether a variant says what a value is, not only what must be among its fields."""
    return variant is True or (isinstance(variant, dict) and not variant.keys() <= _CONDITIONS)


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
