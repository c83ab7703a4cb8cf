"""The OpenAPI documents of an API, made and validated in a process of their own.

Validating takes longer than all the rest of a small build, so it runs beside
it, and its verdict is kept. The process (``python -m
sphinxext_apiplug.reference.documents INVENTORY RESULT``) imports no Sphinx.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.files import write_if_changed
from sphinxext_apiplug.inventory.problems import Problem


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


def make(inventory_file: Path, key: str, result: Path) -> None:
    """Make the documents of an inventory file, and keep them in *result*."""
    from sphinxext_apiplug.openapi.document import build
    from sphinxext_apiplug.openapi.text import to_json, to_yaml
    from sphinxext_apiplug.openapi.validate import validate

    inventory = codec.loads(inventory_file.read_bytes(), str(inventory_file))
    document = build(inventory)
    documents = Documents(
        key=key,
        json=to_json(document),
        yaml=to_yaml(document),
        problems=validate(document, inventory),
    )
    write_if_changed(result, msgspec.msgpack.encode(documents))


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
