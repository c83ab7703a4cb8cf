"""Inventories as JSON text, and back."""

from __future__ import annotations

import inspect
from importlib import resources
from typing import Any, Final

import msgspec

from sphinxext_apiplug.inventory.errors import ApiplugError, InventoryError
from sphinxext_apiplug.inventory.model import Inventory

#: Raised by one whenever a reader of the old format could misread the new one.
FORMAT: Final = 1

_SCHEMA_ID: Final = "urn:sphinxext-apiplug:inventory:1"


class _Document(Inventory, frozen=True, kw_only=True, omit_defaults=True):
    """An inventory as it stands in a file: with the format's number."""

    format: int = 0


class _Head(msgspec.Struct):
    format: int = 0


def dumps(inventory: Inventory) -> bytes:
    """Write an inventory as indented JSON that ends with a line break.

    The order of a schema's keys is kept: authors put what matters first.
    """
    data = {"format": FORMAT, **msgspec.to_builtins(inventory)}
    return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"


def loads(data: bytes, source: str = "inventory") -> Inventory:
    """Read what :func:`dumps` wrote.

    :param source: named in the error
    :raises InventoryError: if the bytes are no inventory, or of another format
    """
    try:
        head = msgspec.json.decode(data, type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InventoryError(source, f"is not an inventory: {error}") from error
    if head.format != FORMAT:
        reason = f"has format {head.format}, and this apiplug reads format {FORMAT}"
        raise InventoryError(source, reason)
    try:
        return msgspec.json.decode(data, type=Inventory)
    except (msgspec.DecodeError, UnicodeDecodeError, ApiplugError) as error:
        raise InventoryError(source, f"is not an inventory: {error}") from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an inventory file, made from the model."""
    schema = _tidied(msgspec.json.schema(_Document))
    definitions = schema["$defs"]
    document = definitions.pop("_Document")
    document["properties"]["format"] = {"const": FORMAT}
    document["required"] = ["format", *document["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _SCHEMA_ID,
        **document,
        "title": "Inventory",
        "$defs": definitions,
    }


def _tidied(node: Any) -> Any:
    """What Python's and msgspec's releases write differently, written in one way."""
    if isinstance(node, list):
        return [_tidied(item) for item in node]
    if not isinstance(node, dict):
        return node
    tidied = {key: _tidied(value) for key, value in node.items()}
    if isinstance(tidied.get("description"), str):
        tidied["description"] = inspect.cleandoc(tidied["description"])
    if "anyOf" in tidied:
        tidied["anyOf"].sort(key=lambda item: item == {"type": "null"})
    return tidied


def written_schema() -> bytes:
    """The JSON Schema as text: what belongs into the installed file."""
    return msgspec.json.format(msgspec.json.encode(json_schema()), indent=2) + b"\n"


def shipped_schema() -> bytes:
    """The JSON Schema file that is installed with the package."""
    return resources.files(__package__).joinpath("schema.json").read_bytes()
