"""From one inventory that was kept to the next, and to the code as it is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sphinxext_apiplug.checks.notes.model import NotedRelease, NoteText, Step
from sphinxext_apiplug.inventory.model import Inventory


def steps(
    releases: Iterable[NotedRelease], installed: Inventory, load: Callable[[Path], Inventory]
) -> Iterator[Step]:
    """The steps, oldest first; the last one leads to what is installed.

    A release without an inventory belongs to the next step. The inventory of what isn't
    released yet plays no part: what is installed says it better.

    :param releases: oldest first
    :param load: reads an inventory; what it raises goes on
    """
    before: Inventory | None = None
    notes: list[NoteText] = []
    for release in releases:
        notes += release.notes
        if not release.version or release.inventory is None:
            continue
        after = load(release.inventory)
        if before is not None:
            yield Step(release.version, before, after, tuple(notes))
        before, notes = after, []
    if before is not None:
        yield Step("", before, installed, tuple(notes))
