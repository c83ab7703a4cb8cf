"""What the check of release notes is given."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sphinxext_apiplug.inventory.model import Inventory


class NoteText(NamedTuple):
    """One note, and the file that it stands in."""

    text: str
    file: str


class NotedRelease(NamedTuple):
    """A release: what is noted of it, and its inventory if one was kept.

    :ivar version: empty for what isn't released yet
    """

    version: str
    notes: tuple[NoteText, ...] = ()
    inventory: Path | None = None


class Step(NamedTuple):
    """The API before and after a release, and the notes of all that came between.

    :ivar version: empty for what isn't released yet
    """

    version: str
    old: Inventory
    new: Inventory
    notes: tuple[NoteText, ...]
