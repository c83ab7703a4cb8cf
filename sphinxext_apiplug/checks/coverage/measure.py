"""Counting what operations have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from sphinxext_apiplug.checks.coverage.model import Aspect, Coverage, Row, Share
from sphinxext_apiplug.inventory.model import Inventory, Operation, Payload
from sphinxext_apiplug.inventory.timeline import Field, fold

_WITH_BODY: Final = ("PATCH", "POST", "PUT")
_WITHOUT_CONTENT: Final = (204, 205, 304)


class Count(NamedTuple):
    """How many things one operation has, of those that it should have."""

    covered: int
    total: int


def _one(has: bool) -> Count:
    return Count(int(has), 1)


_NOT_ASKED: Final = Count(0, 0)


def _summary(operation: Operation) -> Count:
    return _one(bool(operation.summary) and not operation.summary_inferred)


def _description(operation: Operation) -> Count:
    return _one(bool(operation.description))


def _request(operation: Operation) -> Count:
    """A body that is sent; what was deduced from code is no schema."""
    if operation.method not in _WITH_BODY:
        return _NOT_ASKED
    return _one(any(not payload.inferred for payload in operation.request))


def _response(operation: Operation) -> Count:
    """A body of each success that has one."""
    answers = [
        item
        for item in operation.responses
        if item.status < 400 and item.status not in _WITHOUT_CONTENT
    ]
    if operation.method == "HEAD" or not answers:
        return _NOT_ASKED
    return _one(any(not payload.inferred for item in answers for payload in item.payloads))


def _policy(operation: Operation) -> Count:
    return _one(bool(operation.policies))


def _errors(operation: Operation) -> Count:
    return _one(any(item.status >= 400 and not item.inferred for item in operation.responses))


def _parameters(operation: Operation) -> Count:
    """Each parameter and field counts for itself."""
    described = [bool(item.description or _said(item.schema)) for item in operation.parameters]
    described += _fields(operation.request)
    described += _fields(payload for item in operation.responses for payload in item.payloads)
    return Count(sum(described), len(described))


def _said(schema: object) -> bool:
    return isinstance(schema, dict) and bool(schema.get("description"))


def _fields(payloads: Iterable[Payload]) -> list[bool]:
    declared = [payload for payload in payloads if not payload.inferred]
    return [
        any(state.description for state in field.states)
        for field in _walk(fold(declared))
        if field.name
    ]


def _walk(fields: Iterable[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _walk(field.children)


_COUNTED: Final[Mapping[Aspect, Callable[[Operation], Count]]] = {
    Aspect(name="summary", meaning="a line that says what the operation does"): _summary,
    Aspect(name="description", meaning="more than that line"): _description,
    Aspect(name="request", meaning="a schema of the body that is sent"): _request,
    Aspect(name="response", meaning="a schema of the body of a success"): _response,
    Aspect(name="policy", meaning="a rule that says who may call it"): _policy,
    Aspect(name="errors", meaning="the error codes that the handler declares"): _errors,
    Aspect(name="parameters", meaning="a description of each parameter and field"): _parameters,
}

#: What is counted, in the order of tables.
ASPECTS: Final = tuple(_COUNTED)


def measure(inventory: Inventory) -> Coverage:
    """Count what the operations have; what the service refuses to serve doesn't count."""
    served = [item for item in inventory.operations if item.removed is None]
    counts = {item.id: [count(item) for count in _COUNTED.values()] for item in served}
    rows = (
        _row(
            extension.alias, [item for item in served if item.extension == extension.alias], counts
        )
        for extension in inventory.extensions
    )
    return Coverage(
        whole=_row("", served, counts),
        extensions=tuple(row for row in rows if any(share.total for share in row.shares)),
    )


def _row(alias: str, operations: list[Operation], counts: Mapping[str, list[Count]]) -> Row:
    return Row(
        alias=alias,
        shares=tuple(
            _share(aspect, {item.id: counts[item.id][index] for item in operations})
            for index, aspect in enumerate(ASPECTS)
        ),
    )


def _share(aspect: Aspect, counts: Mapping[str, Count]) -> Share:
    return Share(
        aspect=aspect.name,
        covered=sum(count.covered for count in counts.values()),
        total=sum(count.total for count in counts.values()),
        missing=tuple(name for name, count in counts.items() if count.covered < count.total),
    )
