"""JSON values and schema bounds in words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from sphinxext_apiplug.reference.markup import Span, Spans, line

_MAX_VALUE: Final = 120
_MAX_CHOICES: Final = 60
# Bounds set names, values and patterns between backquotes.
_QUOTED: Final = re.compile("`([^`]+)`")


def value(data: Any) -> Span:
    """A JSON value as code; text without quotes unless that could mislead."""
    if isinstance(data, str) and data.strip() == data and data and not _reads_as_json(data):
        return Span(line(data, _MAX_VALUE), code=True)
    return Span(line(json.dumps(data, ensure_ascii=False, default=str), _MAX_VALUE), code=True)


def choices(values: Sequence[Any]) -> Spans:
    """``one of`` some values."""
    shown = [span for item in values[:_MAX_CHOICES] for span in (Span(" "), value(item))]
    lead = "always" if len(values) == 1 else "one of"
    more = len(values) - _MAX_CHOICES
    return (Span(lead), *shown, *([Span(f" and {more} more")] if more > 0 else ()))


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


def _reads_as_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
