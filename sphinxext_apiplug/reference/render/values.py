"""JSON values and schema bounds in words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from sphinxext_apiplug.inventory.wording import reads_plain
from sphinxext_apiplug.reference.markup import Span, Spans, line

_MAX_VALUE: Final = 120
# A longer list is folded away, all of it; these are shown.
_MOST_OPEN: Final = 10
_FIRST: Final = 4
# Bounds set names, values and patterns between backquotes.
_QUOTED: Final = re.compile("`([^`]+)`")


def value(data: Any, *, plain: bool = True) -> Span:
    """A JSON value as code.

    :param plain: leave out a text's quotes where that can't mislead
    """
    if plain and isinstance(data, str) and reads_plain(data):
        return Span(line(data, _MAX_VALUE), code=True)
    return Span(line(json.dumps(data, ensure_ascii=False, default=str), _MAX_VALUE), code=True)


def choices(values: Sequence[Any]) -> Spans:
    """``one of`` some values; of many, the first ones."""
    if len(values) == 1:
        return (Span("always "), value(values[0]))
    if len(values) <= _MOST_OPEN:
        return (Span("one of "), *_listed(values, values))
    more = f" and {len(values) - _FIRST} more"
    return (Span("one of "), *_listed(values[:_FIRST], values), Span(more))


def value_list(values: Sequence[Any]) -> Spans:
    """All values, if :func:`choices` leaves any out."""
    return _listed(values, values) if len(values) > _MOST_OPEN else ()


def _listed(shown: Sequence[Any], values: Sequence[Any]) -> Spans:
    """Some of the values; either all texts among the values have quotes, or none."""
    plain = all(isinstance(item, str) and reads_plain(item) for item in values)
    return joined([(value(item, plain=plain),) for item in shown], " ")


def bound(text: str) -> Spans:
    """A bound as the timeline words it."""
    parts = _QUOTED.split(text)
    return tuple(
        Span(line(part) if index % 2 else _keep_ends(part), bool(index % 2))
        for index, part in enumerate(parts)
        if part
    )


def joined(items: Sequence[Spans], separator: str = ", ") -> Spans:
    """Several remarks as one."""
    found: list[Span] = []
    for item in items:
        found += [Span(separator), *item] if found else item
    return tuple(found)


def _keep_ends(text: str) -> str:
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{line(text)}{after}"
