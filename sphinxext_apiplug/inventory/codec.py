"""Inventories as JSON text, and back."""

from __future__ import annotations

import inspect
import mmap
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from sphinxext_apiplug.inventory.errors import ApiplugError, InventoryError
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.inventory.packed import PackedInventory

#: Raised by one whenever a reader of the old format could misread the new one.
FORMAT: Final = 1

_Kind = TypeVar("_Kind", bound=Inventory)

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
    return b"".join(chunks(inventory))


def chunks(inventory: Inventory) -> Iterator[bytes]:
    """The same piece by piece, each a small part of a large inventory."""
    yield b'{\n  "format": %d' % FORMAT
    for name in inventory.__struct_fields__:
        value = getattr(inventory, name)
        if not isinstance(value, tuple):
            yield b',\n  "%s": %s' % (name.encode(), _text(value, 2))
        elif value:
            yield b',\n  "%s": [' % name.encode()
            for index, item in enumerate(value):
                yield (b",\n    " if index else b"\n    ") + _text(item, 4)
            yield b"\n  ]"
    yield b"\n}\n"


def _text(value: object, indent: int) -> bytes:
    """A value as JSON whose lines, but for the first, are indented."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=2)
    return text.replace(b"\n", b"\n" + b" " * indent)


def loads(data: bytes, source: str = "inventory") -> Inventory:
    """Read what :func:`dumps` wrote.

    :param source: named in the error
    :raises InventoryError: if the bytes are no inventory, or of another format
    """
    return _decoded(data, source, Inventory)


def load_packed(file: Path, source: str) -> Inventory:
    """Read a file that :func:`dumps` wrote; schemas stay text until they are asked for.

    As objects, the schemas of a large service take ten times as much memory as their
    text, and each is needed only once or twice. Every other thing is as :func:`loads`
    makes it; schemas that many ask for are made anew for each.

    :param source: named in the error
    :raises InventoryError: if the file is no inventory, or of another format
    :raises OSError: if it can't be read
    """
    with file.open("rb") as stream:
        if not file.stat().st_size:
            return loads(b"", source)
        # The file's own text, with all its blanks, is never in memory as a whole.
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
            try:
                compact = msgspec.json.format(text, indent=-1)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise InventoryError(source, f"is not an inventory: {error}") from error
    return _decoded(compact, source, PackedInventory)


def _decoded(data: bytes, source: str, kind: type[_Kind]) -> _Kind:
    try:
        head = msgspec.json.decode(data, type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InventoryError(source, f"is not an inventory: {error}") from error
    if head.format != FORMAT:
        reason = f"has format {head.format}, and this apiplug reads format {FORMAT}"
        raise InventoryError(source, reason)
    try:
        return msgspec.json.decode(data, type=kind)
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
