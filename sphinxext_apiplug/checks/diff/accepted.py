"""Changes that somebody has looked at and accepts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from sphinxext_apiplug.checks.diff.change import Change
from sphinxext_apiplug.checks.diff.kinds import CHANGE_KINDS
from sphinxext_apiplug.checks.diff.wording import status_text
from sphinxext_apiplug.inventory.errors import ApiplugError


class AcceptedError(ApiplugError):
    """A line of a file of accepted changes means nothing.

    :ivar source: the file
    :ivar line: counted from 1
    """

    def __init__(self, source: str, line: int, reason: str) -> None:
        super().__init__(f"{source}:{line}: {reason}")
        self.source = source
        self.line = line


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """One line: a kind, and a place in which ``*`` stands for anything.

    :ivar line: counted from 1
    """

    kind: str
    place: str
    line: int

    def covers(self, change: Change) -> bool:
        """Whether a change is meant."""
        pattern = ".*".join(map(re.escape, self.place.split("*")))
        return self.kind in {change.kind, "*"} and (
            re.fullmatch(pattern, place_text(change), re.DOTALL) is not None
        )


def place_text(change: Change) -> str:
    """A change's place on a line, as in ``GET /v1/hosts response 200 hosts[].name``."""
    where = change.where
    status = "" if where.status is None else status_text(where.status)
    return " ".join(filter(None, (where.call, where.part, status, " ".join(where.name.split()))))


def line_of(change: Change) -> str:
    """The line that accepts a change, and no other one."""
    return f"{change.kind} {place_text(change)}"


def parse(text: str, source: str) -> tuple[Accepted, ...]:
    """Read a file of accepted changes: a kind and a place a line, ``#`` begins a comment.

    :raises AcceptedError: if a line has no place, or a kind that there isn't
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        kind, _, place = line.strip().partition(" ")
        if kind != "*" and kind not in CHANGE_KINDS:
            raise AcceptedError(source, number, f"no kind of change is called {kind!r}")
        if not place.strip():
            raise AcceptedError(source, number, "a place is wanted after the kind, or *")
        found.append(Accepted(kind=kind, place=place.strip(), line=number))
    return tuple(found)


def without(
    changes: Iterable[Change], accepted: Sequence[Accepted]
) -> tuple[tuple[Change, ...], tuple[Accepted, ...]]:
    """The changes that nobody accepted, and the lines that no change needs."""
    left, used = [], set()
    for change in changes:
        covering = [item for item in accepted if item.covers(change)]
        used |= {item.line for item in covering}
        if not covering:
            left.append(change)
    return tuple(left), tuple(item for item in accepted if item.line not in used)
