"""At which versions two APIs are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from sphinxext_apiplug.inventory.model import Operation
from sphinxext_apiplug.inventory.versions import (
    ALL_VERSIONS,
    Microversion,
    VersionRange,
    merge,
)

_NONE: Final = ALL_VERSIONS.low


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Versions over which nothing changes in either API.

    :ivar versions: of the new API
    :ivar old: the version that stands for them in the old API
    :ivar new: the one that stands for them in the new API
    :ivar is_new: whether the old API had none of these versions: callers get there
        by asking for a new version only
    """

    versions: VersionRange
    old: Microversion
    new: Microversion
    is_new: bool = False


def steps(
    old: VersionRange | None, new: VersionRange | None, operations: Sequence[Operation]
) -> list[Step]:
    """The versions to compare, oldest first.

    Versions that both APIs accept are compared with themselves, those that are new
    with the newest old one. Versions that are gone, or new below the old ones, are
    the API's own change; nothing is compared there.

    :param old: the microversions of the old API; ``None`` if it has none
    :param operations: the old and the new one that are compared
    """
    if new is None:
        lowest = _NONE if old is None else old.low
        parts = _parts(ALL_VERSIONS, operations) if old is None else [ALL_VERSIONS]
        return [
            Step(versions=part, old=part.low if old is None else lowest, new=part.low)
            for part in parts
        ]
    if old is None:
        first, *others = _parts(new, operations, new.low.next())
        here = Step(versions=first, old=_NONE, new=first.low)
        return [here, *(_newer(part, _NONE) for part in others)]
    common = old.intersect(new)
    found = [
        Step(versions=part, old=part.low, new=part.low)
        for part in (_parts(common, operations) if common is not None else ())
    ]
    return found + [_newer(part, old.high) for part in _above(old, new, operations)]


def _newer(part: VersionRange, base: Microversion) -> Step:
    return Step(versions=part, old=base, new=part.low, is_new=True)


def _above(
    old: VersionRange, new: VersionRange, operations: Sequence[Operation]
) -> list[VersionRange]:
    """What the new API accepts beyond the old one's end."""
    if old.until is None:
        return []
    beyond = VersionRange(since=str(old.high.next())).intersect(new)
    return [] if beyond is None else _parts(beyond, operations)


def _parts(
    whole: VersionRange, operations: Sequence[Operation], *cuts: Microversion
) -> list[VersionRange]:
    """The elementary ranges of *whole*, by where anything begins or ends."""
    starts = {*cuts, *(item for one in operations for item in starts_of(ranges_of(one)))}
    inner = sorted(item for item in starts if whole.low < item <= whole.high)
    sinces = [whole.since, *map(str, inner)]
    untils = [*map(_before, inner), whole.until]
    return [_range(since, until) for since, until in zip(sinces, untils, strict=True)]


def _range(since: str | None, until: str | None) -> VersionRange:
    return VersionRange(since=since, until=until)


def _before(version: Microversion) -> str | None:
    """The version before; unknown where a major version begins."""
    return str(Microversion(version.major, version.minor - 1)) if version.minor else None


def starts_of(ranges: Iterable[VersionRange]) -> Iterator[Microversion]:
    """Where ranges begin, and where what comes after them begins."""
    for versions in ranges:
        if versions.since is not None:
            yield versions.low
        if versions.until is not None:
            yield versions.high.next()


def ranges_of(operation: Operation) -> Iterator[VersionRange]:
    """Every range that is said of an operation."""
    yield operation.versions
    yield from operation.strict_query or ()
    yield from (item.versions for item in operation.parameters)
    yield from (item.versions for item in operation.request)
    yield from (item.versions for item in operation.augmented_by)
    for response in operation.responses:
        yield response.versions
        yield from (payload.versions for payload in response.payloads)


def joined(
    found: Iterable[VersionRange], everything: Sequence[VersionRange]
) -> tuple[VersionRange, ...]:
    """The fewest ranges for those versions; empty if they are all that were compared."""
    listed = list(found)
    return () if len(listed) == len(everything) else merge(listed)
