"""What a hand-written reference says that isn't so, and what it doesn't say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinxext_apiplug.checks.handwritten import codes, parameters
from sphinxext_apiplug.handwritten.faults import unreadable
from sphinxext_apiplug.handwritten.matching import Index, Match
from sphinxext_apiplug.handwritten.model import Method, Place, Tree, Written
from sphinxext_apiplug.inventory.model import Inventory, Operation
from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS


def compare(tree: Tree, inventory: Inventory, folder: Path) -> tuple[Problem, ...]:
    """Hold a reference against an inventory.

    :param tree: read from *folder*
    :param folder: where the samples lie that the reference shows
    :return: in the order of files and lines; what the reference lacks comes last
    """
    index = Index(inventory, folder)
    found = list(unreadable(tree))
    served = inventory.api.microversions or ALL_VERSIONS
    seen: set[str] = set()
    described: dict[str, list[Written]] = {}
    for written in tree.operations:
        for method in written.methods:
            match = index.match(method, written)
            found += _unknown(match, method)
            for operation in match.operations:
                seen.add(operation.id)
            if len(match.operations) == 1 and not match.undecided:
                described.setdefault(match.operations[0].id, []).append(written)
    for operation in inventory.operations:
        if operation.id in described:
            texts = described[operation.id]
            found += parameters.compare(texts, operation, served)
            found += codes.compare(texts, operation)
    found += _undescribed(inventory, seen)
    return tuple(dict.fromkeys(found))


def source_of(place: Place, name: str) -> Source:
    """A place of the reference, as problems name places."""
    return Source(object=name, file=place.file, line=place.line)


def _unknown(match: Match, method: Method) -> Iterator[Problem]:
    if match.operations or match.undecided:
        return
    what = f"{method.method} {method.path}"
    if match.methods:
        kind, message = "handwritten-method", f"the path is served by {', '.join(match.methods)}"
    else:
        hint = f"; did you mean {match.near}?" if match.near else ""
        kind, message = "handwritten-unknown", f"no extension serves this{hint}"
    yield Problem(kind=kind, subject=what, message=message, source=source_of(method.place, what))


def _undescribed(inventory: Inventory, seen: set[str]) -> Iterator[Problem]:
    for operation in inventory.operations:
        if operation.id not in seen and not _only_refuses(operation):
            yield Problem(
                kind="handwritten-missing",
                subject=operation.id,
                message=f"nothing is written about {text_of(operation)}",
                source=operation.handler,
                extension=operation.extension,
            )


def _only_refuses(operation: Operation) -> bool:
    """Whether there is nothing to call: it is removed, or always answers with an error."""
    statuses = [item.status for item in operation.responses]
    return operation.removed is not None or bool(statuses and min(statuses) >= 400)


def text_of(operation: Operation) -> str:
    """What a caller calls an operation."""
    parts = (operation.method, operation.path, operation.action)
    return " ".join(part for part in parts if part)
