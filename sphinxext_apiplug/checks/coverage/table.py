"""Coverage as a table of plain texts."""

from __future__ import annotations

from sphinxext_apiplug.checks.coverage.measure import ASPECTS
from sphinxext_apiplug.checks.coverage.model import Coverage, Row, Share


def table(coverage: Coverage) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The headings, and a line for each extension; the whole API comes last."""
    head = ("extension", *(aspect.name for aspect in ASPECTS), "total")
    return head, [_line(row) for row in (*coverage.extensions, coverage.whole)]


def _line(row: Row) -> tuple[str, ...]:
    # Of nothing, nothing is missing; but all of it would be praise.
    total = f"{int(row.percent)} %" if any(share.total for share in row.shares) else "–"
    return (row.alias or "all", *map(_text, row.shares), total)


def _text(share: Share) -> str:
    return f"{share.covered}/{share.total}" if share.total else "–"
