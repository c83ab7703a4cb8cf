"""Parameters and fields, as they are written and as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sphinxext_apiplug.checks.handwritten import fields
from sphinxext_apiplug.checks.handwritten.fields import Held, Known, folded
from sphinxext_apiplug.checks.handwritten.telling import Telling, location_of
from sphinxext_apiplug.checks.handwritten.undescribed import undescribed
from sphinxext_apiplug.handwritten.model import Row, Written
from sphinxext_apiplug.inventory.errors import VersionError
from sphinxext_apiplug.inventory.model import Operation
from sphinxext_apiplug.inventory.problems import Problem
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange, hull

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")


def compare(
    texts: Sequence[Written], operation: Operation, served: VersionRange
) -> Iterator[Problem]:
    """What the tables of an operation say wrongly, and what they don't say.

    Nothing is said of what is only inferred: that a parameter wasn't seen in a handler's
    code doesn't prove that there is none.

    :param texts: all sections that describe the operation
    :param served: the versions that the whole API accepts
    """
    telling = Telling(operation, texts, served)
    rows = [row for written in texts for row in written.rows if row.entry is not None]
    yield from _path(texts, telling)
    if operation.removed is not None:
        return
    query = fields.query(operation)
    request, answer = fields.body(operation, "request"), fields.body(operation, "response")
    asked = [row for row in rows if row.half == "request"]
    misplaced = dict(_misplaced(asked, query, request))
    yield from (telling.misplaced(row, where) for row, where in misplaced.items())
    placed = [row for row in asked if row not in misplaced]
    answered = [row for row in rows if row.half == "response"]
    yield from _rows(placed, "query", query, telling)
    yield from _rows(placed, "body", request, telling)
    yield from _rows(answered, "body", answer, telling)
    yield from undescribed(query, asked, "query parameter", telling)
    yield from undescribed(request, asked, "request field", telling)
    if answered:
        # What an answer need not have it may never have.
        yield from undescribed(answer, answered, "response field", telling, optional=False)


def _path(texts: Iterable[Written], telling: Telling) -> Iterator[Problem]:
    """Path parameters are held against the path that is written above them."""
    for written in texts:
        paths = [method.path.partition("?")[0] for method in written.methods]
        names = {name for path in paths for name in _VARIABLE.findall(path)}
        rows = [row for row in written.rows if location_of(row) == "path"]
        close: set[str] = set()
        for row in rows:
            if row.name not in names:
                meant = {name for name in names if folded(name) == folded(row.name)}
                close |= meant if row.half != "response" else set()
                hint = "".join(f"; did you mean {name!r}?" for name in sorted(meant))
                message = f"{row.name!r} is no part of the path {paths[0]}{hint}"
                yield telling.problem("handwritten-parameter", row.name, message, row.place)
        for name in sorted(names - close - {row.name for row in rows}):
            message = f"no table has the path parameter {name!r}"
            place = written.methods[0].place
            yield telling.problem("handwritten-undescribed", name, message, place)


def _misplaced(rows: Iterable[Row], query: Known, request: Known) -> Iterator[tuple[Row, str]]:
    """Rows that say ``query`` of what stands in the body, or the other way round."""
    places = {"query": (query, request, "body"), "body": (request, query, "query")}
    for row in rows:
        if location_of(row) in places:
            here, there, other = places[location_of(row)]
            if there.complete and there.named(row.name) and not here.named(row.name):
                yield row, other


def _rows(rows: Sequence[Row], location: str, known: Known, telling: Telling) -> Iterator[Problem]:
    """What the rows of one location say of their fields."""
    action = telling.operation.action
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        if location_of(row) == location:
            by_name.setdefault(row.name, []).append(row)
    for name, same in by_name.items():
        found = known.named(name)
        if not found:
            close = known.alike(name, by_name)
            if (known.closed or close) and name != action:
                hint = f"; did you mean {close!r}?" if close else ""
                message = f"there is no {name!r}{hint}"
                yield telling.problem("handwritten-parameter", name, message, same[0].place)
        elif not any(held.inferred for held in found):
            yield from _required(same, found, telling, location)
            # A body may come later than its operation; no row says it.
            exists = known.versions if location == "body" else ALL_VERSIONS
            yield from _versions(same, found, telling, exists)


def _required(
    rows: Sequence[Row], found: Sequence[Held], telling: Telling, location: str
) -> Iterator[Problem]:
    """Whether the truth value is right in all versions, of requests alone."""
    if len(found) != 1 or found[0].required is None or rows[0].half != "request":
        return
    if not telling.has_one_way:
        return
    is_required = found[0].required
    if location == "query" and not is_required:
        return  # schemas of queries hardly say so, and handlers ask for what they need
    if not is_required and found[0].name in telling.operation.demanded:
        return
    for row in rows:
        written = row.entry.required if row.entry is not None else None
        if written is not None and written != is_required:
            right = "required" if is_required else "optional"
            message = f"{row.name!r} is {right}"
            yield telling.problem("handwritten-required", row.name, message, row.place)


def _versions(
    rows: Sequence[Row], found: Sequence[Held], telling: Telling, exists: VersionRange
) -> Iterator[Problem]:
    """Whether a field exists in the versions that its rows together name.

    :param exists: the versions in which there can be any such field
    """
    try:
        ranges = [_range(row) for row in rows]
        told = telling.versions()
        told = told.intersect(exists) or told
    except VersionError as error:
        yield telling.problem("handwritten-versions", rows[0].name, str(error), rows[0].place)
        return
    written = _within(hull(ranges), told)
    agreeing = [held for held in found if _within(held.versions, told) == written]
    name, place = rows[0].name, rows[0].place
    if not agreeing:
        # A request's schema that says when a field came or went is meant so.
        is_answer = rows[0].half == "response"
        open_to = [held for held in found if is_answer or held.versions.covers(told)]
        if any(_may_lack(held, hull(ranges), told) for held in open_to):
            return
        derived = " or ".join(sorted({_text(_within(held.versions, told)) for held in found}))
        message = f"{name!r} exists {derived}; written is: {_text(written)}"
        yield telling.problem("handwritten-versions", name, message, place)
        return
    changes = {item.since for item in ranges} - {hull(ranges).since}
    if changes and not any(changes <= held.starts for held in agreeing):
        message = f"{name!r} doesn't change in {', '.join(sorted(map(str, changes)))}"
        yield telling.problem("handwritten-versions", name, message, place)


def _may_lack(held: Held, written: VersionRange, told: VersionRange) -> bool:
    """Whether the field need not be there, or be read, in the versions that aren't written."""
    return held.required is not True and held.versions.covers(written.intersect(told) or told)


def _range(row: Row) -> VersionRange:
    entry = row.entry
    return VersionRange() if entry is None else VersionRange(since=entry.since, until=entry.until)


def _within(versions: VersionRange, held: VersionRange) -> tuple[str | None, str | None]:
    """Both ends, without those at which what is described itself begins or ends."""
    return (
        versions.since if versions.low > held.low else None,
        versions.until if versions.high < held.high else None,
    )


def _text(ends: tuple[str | None, str | None]) -> str:
    match ends:
        case (None, None):
            return "in all versions"
        case (since, None):
            return f"from {since} on"
        case (None, until):
            return f"up to {until}"
        case (since, until):
            return f"from {since} to {until}"
