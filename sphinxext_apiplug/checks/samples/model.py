"""What is known of an example file before it is checked."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sphinxext_apiplug.handwritten.model import Half
from sphinxext_apiplug.inventory.model import Operation


class Claim(NamedTuple):
    """A file, and what it is an example of.

    :ivar name: the file as messages name it
    :ivar operations: that it may belong to: one if that is known, more if it is guessed
    :ivar half: which body it shows; empty if that isn't known
    :ivar version: the microversion it was made at; ``None`` if it isn't said
    """

    path: Path
    name: str
    operations: tuple[Operation, ...]
    half: Half = ""
    version: str | None = None
