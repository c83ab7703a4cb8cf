"""An API's OpenAPI documents, and how they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from sphinxext_apiplug.inventory.problems import Problem

#: Of the files with an API's OpenAPI document.
SUFFIXES: Final = ("json", "yaml")


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be made.

    :ivar inventory: path of the inventory file
    :ivar key: goes into the result
    :ivar result: path of the file that the :class:`Documents` go into; the documents
        themselves are beside it
    """

    inventory: str
    key: str
    result: str


class Documents(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be known of documents that were made.

    :ivar key: of what they were made from
    :ivar problems: what the validation found
    """

    key: str
    problems: tuple[Problem, ...]


def document_file(result: Path, suffix: str) -> Path:
    """Where a document is: beside what is known of it.

    :param suffix: ``json`` or ``yaml``
    """
    return result.with_name(f"{result.name}.{suffix}")


def load(file: Path, key: str) -> Documents | None:
    """What is known of documents, if they were made from what has that key."""
    try:
        documents = msgspec.msgpack.decode(file.read_bytes(), type=Documents)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    there = all(document_file(file, suffix).is_file() for suffix in SUFFIXES)
    return documents if documents.key == key and there else None
