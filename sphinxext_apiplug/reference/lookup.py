"""What a directive's argument means."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.reference.objects import call_of, same_call

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext_apiplug.inventory.model import Extension, Inventory, Operation
    from sphinxext_apiplug.reference.parts import Part, Placed


class UnknownNameError(ApiplugError):
    """A directive names something that there isn't.

    :ivar kind: the kind of problem that it is
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def choose_api(given: str | None, declared: Iterable[str]) -> str:
    """The API that is meant: the only one needn't be named.

    :raises UnknownNameError: if it isn't declared, or none is named of several
    """
    names = sorted(declared)
    if given is None and len(names) == 1:
        return names[0]
    known = ", ".join(names) or "none is declared in apiplug_apis"
    if given is None:
        raise UnknownNameError("unknown-api", f"say which API is meant; there are: {known}")
    if given not in names:
        raise UnknownNameError("unknown-api", f"no API is called {given!r}; there are: {known}")
    return given


def find_extension(inventory: Inventory, name: str) -> Extension:
    """The extension of an alias, which may be percent-encoded and on several lines.

    :raises UnknownNameError: if there is none
    """
    name = name.replace("\n", "")
    extension = inventory.extension(unquote(name)) or inventory.extension(name)
    if extension is None:
        aliases = [item.alias for item in inventory.extensions]
        raise _unknown("extension", name, inventory, aliases)
    return extension


def find_part(parts: Iterable[Placed], extension: Extension, name: str) -> Part:
    """The part of an extension that has a name, which may be percent-encoded.

    :raises UnknownNameError: if there is none
    """
    name = name.replace("\n", "")
    for part, _docname in parts:
        if part.name in {name, unquote(name)}:
            return part
    known = ", ".join(repr(part.name) for part, _docname in parts) or "it isn't split"
    message = f"extension {extension.alias!r} has no part {name!r}; there are: {known}"
    raise UnknownNameError("unknown-object", message)


def find_operation(inventory: Inventory, name: str) -> Operation:
    """The operation of an id, or of a call such as ``POST /v1/segments``.

    :raises UnknownNameError: if there is none, or if the call fits several
    """
    by_id = inventory.operation(name)
    if by_id is not None:
        return by_id
    found = [op for op in inventory.operations if same_call(call_of(inventory.api, op), name)]
    if not found:
        known = [op.id for op in inventory.operations]
        known += [call_of(inventory.api, op) for op in inventory.operations]
        raise _unknown("operation", name, inventory, known)
    if len(found) > 1:
        ids = ", ".join(op.id for op in found)
        raise UnknownNameError("unknown-object", f"{name!r} could be any of: {ids}")
    return found[0]


def _unknown(kind: str, name: str, inventory: Inventory, known: list[str]) -> UnknownNameError:
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    message = f"API {inventory.api.name!r} has no {kind} {name!r}{hint}"
    return UnknownNameError("unknown-object", message)
