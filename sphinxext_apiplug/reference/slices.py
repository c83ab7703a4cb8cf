"""The part of an inventory that a document is made from: its digest, its files.

A document is read again when a digest changes, so a slice holds all that its
renderer may look at, and as little else as possible.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import msgspec

if TYPE_CHECKING:
    from sphinxext_apiplug.inventory.model import Inventory, Operation

#: The whole API, one extension's page, one operation's section, the API's own facts, or the
#: distributions that it comes from; a project's history is in no inventory.
SliceKind: TypeAlias = Literal["all", "ext", "op", "api", "distributions", "history"]


class SliceKey(NamedTuple):
    """Which part of which API; *id* is an alias or operation id, or empty.

    Of a project's history *api* is empty, and *id* says which project.
    """

    api: str
    kind: SliceKind
    id: str = ""


def digest(inventory: Inventory | None, key: SliceKey) -> str:
    """A digest of everything in the slice; empty if there is no such thing."""
    parts = _parts(inventory, key) if inventory is not None else None
    if parts is None:
        return ""
    digested = hashlib.sha256()
    for part in parts:
        digested.update(msgspec.json.encode(part, order="deterministic") + b"\n")
    return digested.hexdigest()


def files(inventory: Inventory, key: SliceKey) -> tuple[str, ...]:
    """The source files that the slice was read from, as the inventory writes them."""
    found = {file for operation in _operations(inventory, key) for file in _files(operation)}
    one = inventory.extension(key.id) if key.kind == "ext" else None
    extensions = inventory.extensions if key.kind == "all" else filter(None, (one,))
    found |= {item.source.file for item in extensions if item.source is not None}
    return tuple(sorted(found))


def distributions(inventory: Inventory) -> list[str]:
    """The distributions that an API's extensions come from: the most extensions first."""
    counts = Counter(item.distribution for item in inventory.extensions if item.distribution)
    return sorted(counts, key=lambda name: (-counts[name], name))


def _parts(inventory: Inventory, key: SliceKey) -> list[Any] | None:
    if key.kind == "all":
        rest = msgspec.structs.replace(inventory, sources=(), operations=())
        return [rest, *inventory.operations]
    if key.kind == "api":
        return [inventory.api]
    if key.kind == "distributions":
        return [distributions(inventory)]
    operations = _operations(inventory, key)
    extension = inventory.extension(key.id) if key.kind == "ext" else None
    if extension is None and not operations:
        return None
    return [inventory.api, extension, *operations]


def _operations(inventory: Inventory, key: SliceKey) -> tuple[Operation, ...]:
    if key.kind == "all":
        return inventory.operations
    if key.kind == "op":
        operation = inventory.operation(key.id)
        return () if operation is None else (operation,)
    if key.kind == "ext":
        # What it serves, and what it adds to.
        return inventory.operations_of(key.id) + inventory.extended_by(key.id)
    return ()


def _files(operation: Operation) -> set[str]:
    augmenters = (item.handler.file for item in operation.augmented_by)
    commands = (item.source.file for item in operation.commands if item.source is not None)
    return {*operation.files, operation.handler.file, *augmenters, *commands}
