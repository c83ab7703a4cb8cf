"""What belongs to the same release: what was noted, committed, and read of its API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

from sphinxext_apiplug.project.choosing import VersionTextError, parse_version
from sphinxext_apiplug.project.model import Release
from sphinxext_apiplug.project.notes import VersionNotes

#: Name of an inventory file of what isn't released yet.
UNRELEASED: Final = "unreleased"


class Inventories(NamedTuple):
    """The inventory of a release, and of the one before it that has one."""

    before: str
    old: Path
    new: Path


class Joined(NamedTuple):
    """One release; each part is ``None`` where there is nothing of the kind.

    :ivar version: empty for what isn't released yet
    """

    version: str
    release: Release | None
    notes: VersionNotes | None
    inventories: Inventories | None


def join(
    releases: Iterable[Release], notes: Iterable[VersionNotes], inventories: Mapping[str, Path]
) -> tuple[Joined, ...]:
    """Every version that one of them has, the newest first.

    :param inventories: version -> file
    """
    by_release = {release.version: release for release in releases}
    by_notes = {noted.version: noted for noted in notes}
    pairs = _pairs(inventories)
    return tuple(
        Joined(version, by_release.get(version), by_notes.get(version), pairs.get(version))
        for version in newest_first({*by_release, *by_notes, *pairs})
    )


def inventory_files(folder: Path) -> dict[str, Path]:
    """Version -> file, of the inventories in a folder."""
    files = sorted(folder.glob("*.json"))
    return {"" if file.stem == UNRELEASED else file.stem: file for file in files}


def _pairs(inventories: Mapping[str, Path]) -> dict[str, Inventories]:
    versions = newest_first(inventories)
    return {
        new: Inventories(old, inventories[old], inventories[new])
        for new, old in pairwise(versions)
    }


def newest_first(versions: Iterable[str]) -> list[str]:
    """The newest first, ahead of it what isn't released; at the end what is no version."""
    return sorted(versions, key=_sort_key, reverse=True)


def _sort_key(version: str) -> tuple[int, Any, str]:
    if not version:
        return (2, 0, "")
    try:
        return (1, parse_version(version), version)
    except VersionTextError:
        return (0, 0, version)
