"""What could not be read of a hand-written reference, as problems."""

from __future__ import annotations

from collections.abc import Iterator

from sphinxext_apiplug.handwritten.model import Tree
from sphinxext_apiplug.inventory.problems import Problem, Source


def unreadable(tree: Tree) -> Iterator[Problem]:
    """A problem for each fault, at its line."""
    for fault in tree.faults:
        yield Problem(
            kind="handwritten-unreadable",
            subject=fault.place.file.rpartition("/")[2],
            message=fault.message,
            source=Source(object="", file=fault.place.file, line=fault.place.line),
        )
