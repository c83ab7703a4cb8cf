"""What the arguments of a comparison stand for."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Final

import msgspec

from sphinxext_apiplug.checks.diff.openapi.reading import is_document, read_document
from sphinxext_apiplug.checks.diff.openapi.text import parse
from sphinxext_apiplug.cli import environments, flags, target
from sphinxext_apiplug.cli.errors import UsageError
from sphinxext_apiplug.collect.api import Progress
from sphinxext_apiplug.inventory.codec import loads
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json

_RELEASE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(\[[^\]]*\])?===?[A-Za-z0-9][^\s=]*")
_YAML: Final = (".yaml", ".yml")


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two APIs.

    :ivar microversion: the one that a document says to be of, or ``"all"``
    """

    inventory: Inventory
    is_document: bool = False
    microversion: str | None = None


def load(
    argument: str, python: Path | None, parsed: argparse.Namespace, progress: Progress
) -> Side:
    """Read what an argument names.

    :param python: the interpreter of the environment that it is read in; ``None``:
        this one
    :raises ApiplugError: for everything that the caller can put right
    """
    file = Path(argument)
    if file.is_file() and (file.suffix.lower() in (".json", *_YAML) or "/" in argument):
        return from_file(file)
    if _RELEASE.fullmatch(argument):
        if python is not None:
            raise UsageError(f"{argument} is installed for this Python: give no other one")
        return Side(inventory=environments.of_release(argument, parsed))
    if python is not None:
        return Side(inventory=environments.of_interpreter(python, argument, parsed))
    settings = flags.settings_from(parsed)
    return Side(inventory=target.load(argument, settings, parsed.conf_dir, progress))


def from_file(file: Path) -> Side:
    """The inventory or OpenAPI document in a file.

    :raises ApiplugError: if it is neither
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror or error}") from error
    read = parse(data, str(file))
    if file.suffix.lower() not in _YAML and not is_document(read):
        return Side(inventory=loads(data, source=str(file)))
    inventory = read_document(data, str(file))
    own = read.get("info", {}).get("x-apiplug")
    version = own.get("microversion") if isinstance(own, dict) else None
    return Side(inventory=inventory, is_document=True, microversion=version)


def alike(old: Side, new: Side) -> tuple[Inventory, Inventory]:
    """Both APIs in the same form: what no document says is compared in none.

    :raises ApiplugError: if a document is of a version that the other API doesn't have
    """
    if old.is_document == new.is_document:
        return old.inventory, new.inventory
    return _as_document(old, new), _as_document(new, old)


def _as_document(side: Side, other: Side) -> Inventory:
    if side.is_document:
        return side.inventory
    document = build(side.inventory, other.microversion)
    return read_document(to_json(document), side.inventory.api.name)
