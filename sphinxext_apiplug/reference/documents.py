"""An API's OpenAPI documents, and how they are asked for."""

from __future__ import annotations

from pathlib import Path

import msgspec

from sphinxext_apiplug.inventory.problems import Problem


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be made.

    :ivar inventory: path of the inventory file
    :ivar key: goes into the result
    :ivar result: path of the file that the :class:`Documents` go into
    """

    inventory: str
    key: str
    result: str


class Documents(msgspec.Struct, frozen=True, kw_only=True):
    """What is published for programs.

    :ivar key: of what they were made from
    :ivar problems: what the validation found
    """

    key: str
    json: bytes
    yaml: bytes
    problems: tuple[Problem, ...]


def load(file: Path, key: str) -> Documents | None:
    """The documents in *file*, if they were made from what has that key."""
    try:
        documents = msgspec.msgpack.decode(file.read_bytes(), type=Documents)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return documents if documents.key == key else None
