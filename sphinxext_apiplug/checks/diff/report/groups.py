"""Changes in the order in which people read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from sphinxext_apiplug.checks.diff.change import SEVERITIES, Change, Severity
from sphinxext_apiplug.inventory.versions import VersionRange


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """An operation that changed; both are empty for the API and its extensions."""

    operation: str
    call: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Operations of which the same is told, each with its own changes.

    :ivar changes: those of the first subject; the others' differ in their place alone
    """

    subjects: tuple[Subject, ...]
    changes: tuple[Change, ...]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """The changes of one class.

    :ivar count: how many there are, told or not
    """

    severity: Severity
    count: int
    entries: tuple[Entry, ...]


def sections(changes: Iterable[Change]) -> tuple[Section, ...]:
    """The gravest class first; in each, what is told of an operation stands together."""
    listed = tuple(changes)
    found = []
    for severity in SEVERITIES:
        own = [change for change in listed if change.severity == severity]
        if own:
            found.append(Section(severity=severity, count=len(own), entries=_entries(own)))
    return tuple(found)


def _entries(changes: Sequence[Change]) -> tuple[Entry, ...]:
    by_subject: dict[Subject, list[Change]] = {}
    for change in changes:
        subject = Subject(operation=change.where.operation, call=change.where.call)
        by_subject.setdefault(subject, []).append(change)
    alike: dict[tuple[tuple[str, ...], ...], list[Subject]] = {}
    for subject, own in by_subject.items():
        alike.setdefault(tuple(_told(change) for change in own), []).append(subject)
    return tuple(
        Entry(subjects=tuple(subjects), changes=tuple(by_subject[subjects[0]]))
        for subjects in alike.values()
    )


def _told(change: Change) -> tuple[str, ...]:
    return (change.kind, change.message, versions_text(change.where.versions))


def versions_text(ranges: Iterable[VersionRange]) -> str:
    """Ranges as they are said, as in ``microversions 2.1–2.7``; empty if there are none."""
    listed = [_range_text(item) for item in ranges]
    is_one = len(listed) == 1 and listed[0].replace(".", "").isdecimal()
    return f"microversion{'' if is_one else 's'} {', '.join(listed)}" if listed else ""


def _range_text(versions: VersionRange) -> str:
    if versions.since is not None and versions.until is None:
        return f"since {versions.since}"
    if versions.until is not None and versions.since is None:
        return f"until {versions.until}"
    return str(versions)


def counts(changes: Iterable[Change]) -> dict[Severity, int]:
    """How many changes there are of each class, the gravest first."""
    found = Counter(change.severity for change in changes)
    return {severity: found[severity] for severity in SEVERITIES}


def summary(changes: Sequence[Change]) -> str:
    """``3 breaking, 12 compatible, 1 documentation``; or that there are none."""
    told = [f"{number} {severity}" for severity, number in counts(changes).items() if number]
    return ", ".join(told) or "no changes"
