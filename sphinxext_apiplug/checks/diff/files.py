"""Files that can be compared: inventories and OpenAPI documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from sphinxext_apiplug.checks.diff.openapi.reading import is_document, read_document
from sphinxext_apiplug.checks.diff.openapi.text import parse
from sphinxext_apiplug.inventory.codec import loads
from sphinxext_apiplug.inventory.errors import InventoryError
from sphinxext_apiplug.inventory.model import Inventory

_YAML: Final = (".yaml", ".yml")
#: What names of files that can be compared end in.
SUFFIXES: Final = (".json", *_YAML)

#: Makes the JSON text of an inventory's document at a microversion.
MakeDocument = Callable[[Inventory, str | None], bytes]


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of two APIs that are compared.

    :ivar is_document: read from an OpenAPI document, which says less than an inventory
    :ivar microversion: the one that a document says to be of, or ``"all"``
    """

    inventory: Inventory
    is_document: bool = False
    microversion: str | None = None


def read_side(file: Path) -> Side:
    """The inventory or OpenAPI document in a file.

    :raises ApiplugError: if it is neither, or can't be read
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = f"can't be read: {error.strerror or error}"
        raise InventoryError(str(file), reason) from error
    if not data.strip():
        raise InventoryError(str(file), "is empty")
    read = parse(data, str(file))
    if file.suffix.lower() not in _YAML and not is_document(read):
        if isinstance(read, dict) and "format" not in read:
            raise InventoryError(str(file), "is neither an inventory nor an OpenAPI document")
        return Side(inventory=loads(data, source=str(file)))
    inventory = read_document(data, str(file))
    own = read["info"].get("x-apiplug") if "info" in read else None
    version = own.get("microversion") if isinstance(own, dict) else None
    return Side(inventory=inventory, is_document=True, microversion=version)


def alike(old: Side, new: Side, make: MakeDocument) -> tuple[Inventory, Inventory]:
    """Both APIs in the same form: what a document can't say is compared in none.

    :raises ApiplugError: if a document is of a version that the other API doesn't have
    """
    if old.is_document == new.is_document:
        return old.inventory, new.inventory
    return _as_document(old, new, make), _as_document(new, old, make)


def _as_document(side: Side, other: Side, make: MakeDocument) -> Inventory:
    if side.is_document:
        return side.inventory
    text = make(side.inventory, other.microversion)
    return read_document(text, side.inventory.api.name)
