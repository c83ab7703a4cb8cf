"""Microversions, ranges of them, and the arithmetic on both."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sphinxext_apiplug.inventory.errors import VersionError

if TYPE_CHECKING:
    from collections.abc import Iterable

_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})", re.ASCII)
# Hyphen or en dash, with or without blanks.
_RANGE = re.compile(r"\s*(?P<since>[0-9.]*)\s*[-\u2013]\s*(?P<until>[0-9.]*)\s*")


class Microversion(NamedTuple):
    """One API version ``major.minor``; ordered as numbers, not as text."""

    major: int
    minor: int

    @classmethod
    def parse(cls, text: str) -> Microversion:
        """Read ``X.Y``.

        :raises VersionError: for anything else
        """
        return _parsed(text)

    def next(self) -> Microversion:
        """The version directly after this one within its major version."""
        return Microversion(self.major, self.minor + 1)

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


# Few texts are read very often: each range of each payload of each operation.
@lru_cache(maxsize=4096)
def _parsed(text: str) -> Microversion:
    match = _VERSION.fullmatch(text)
    if match is None:
        raise VersionError(text, "a microversion such as 2.1")
    return Microversion(int(match[1]), int(match[2]))


class VersionRange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The versions from ``since`` to ``until``, both included.

    ``None`` leaves an end open, so ``VersionRange()`` holds every version.
    The ends are kept as ``X.Y`` text, which is what JSON carries.

    :raises VersionError: if an end is no microversion, or if the range is
        empty (``since`` after ``until``)
    """

    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise VersionError(str(self), "a version range: it ends before it begins")

    @classmethod
    def parse(cls, text: str) -> VersionRange:
        """Read ``1.0-1.3``, ``1.2-``, ``-1.1``, ``1.2`` or ``-`` (everything).

        :raises VersionError: for anything else
        """
        match = _RANGE.fullmatch(text)
        if match is not None:
            return cls(since=match["since"] or None, until=match["until"] or None)
        return cls(since=text, until=text)

    @property
    def low(self) -> Microversion:
        """The first version; an open end sorts below every version."""
        return Microversion.parse(self.since) if self.since is not None else _LOWEST

    @property
    def high(self) -> Microversion:
        """The last version; an open end sorts above every version."""
        return Microversion.parse(self.until) if self.until is not None else _HIGHEST

    @property
    def sort_key(self) -> tuple[Microversion, Microversion]:
        """Orders ranges by their beginning, then by their end."""
        return (self.low, self.high)

    def contains(self, version: Microversion | str) -> bool:
        """Whether one version lies in this range.

        :raises VersionError: if *version* is text that is no microversion
        """
        if isinstance(version, str):
            version = Microversion.parse(version)
        return self.low <= version <= self.high

    def covers(self, other: VersionRange) -> bool:
        """Whether every version of *other* lies in this range."""
        return self.low <= other.low and other.high <= self.high

    def intersect(self, other: VersionRange) -> VersionRange | None:
        """The versions in both ranges, ``None`` if there are none."""
        if self.covers(other):
            return other
        if other.covers(self):
            return self
        if self.low > other.high or other.low > self.high:
            return None
        return VersionRange(
            since=self.since if self.low >= other.low else other.since,
            until=self.until if self.high <= other.high else other.until,
        )

    def is_adjacent(self, other: VersionRange) -> bool:
        """Whether one range begins right after the other one ends.

        Minor versions count up by one; where a new major version begins, no
        two ranges are known to touch.
        """
        return _meets(self, other) or _meets(other, self)

    def union(self, other: VersionRange) -> VersionRange | None:
        """Both ranges as one, ``None`` if versions lie between them."""
        if self.covers(other):
            return self
        if self.intersect(other) is None and not self.is_adjacent(other):
            return None
        return VersionRange(
            since=self.since if self.low <= other.low else other.since,
            until=self.until if self.high >= other.high else other.until,
        )

    def __str__(self) -> str:
        if self.since is not None and self.since == self.until:
            return self.since
        return f"{self.since or ''}\u2013{self.until or ''}"


_LOWEST = Microversion(-1, -1)
_HIGHEST = Microversion(10**7, 10**7)

#: Every version there is: what an API without microversions uses.
ALL_VERSIONS = VersionRange()


def merge(ranges: Iterable[VersionRange]) -> tuple[VersionRange, ...]:
    """The fewest ranges, in order, that hold exactly the same versions."""
    merged: list[VersionRange] = []
    for current in sorted(ranges, key=lambda item: item.sort_key):
        joined = merged[-1].union(current) if merged else None
        if joined is None:
            merged.append(current)
        else:
            merged[-1] = joined
    return tuple(merged)


def hull(ranges: Iterable[VersionRange]) -> VersionRange:
    """The smallest range around all *ranges*; everything if there are none."""
    merged = merge(ranges)
    if not merged:
        return ALL_VERSIONS
    last = max(merged, key=lambda item: item.high)
    return VersionRange(since=merged[0].since, until=last.until)


def gaps(whole: VersionRange, parts: Iterable[VersionRange]) -> tuple[VersionRange, ...]:
    """The versions of *whole* that no part holds, in order.

    Which version comes before the first one of a major version can't be known; a
    gap that would end there is left out.
    """
    found: list[VersionRange] = []
    low, since = whole.low, whole.since
    for part in merge(parts):
        first = part.low
        if low > whole.high:
            break
        if first > low and first.minor > 0:
            before = VersionRange(until=str(Microversion(first.major, first.minor - 1)))
            held = VersionRange(since=since, until=whole.until).intersect(before)
            found += [held] if held is not None else []
        if part.until is None:
            return tuple(found)
        after = part.high.next()
        if after > low:
            low, since = after, str(after)
    if low <= whole.high:
        found.append(VersionRange(since=since, until=whole.until))
    return tuple(found)


def _meets(first: VersionRange, second: VersionRange) -> bool:
    if first.until is None or second.since is None:
        return False
    return Microversion.parse(first.until).next() == Microversion.parse(second.since)
