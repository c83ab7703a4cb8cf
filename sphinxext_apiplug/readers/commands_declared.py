"""Which operations a command calls, where it says so itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.inventory.model import Operation

_ENTRY: Final = re.compile(r"(?P<method>[A-Z]+) (?P<path>/[^\s#?]*)(?:#(?P<action>\S+))?")
_VARIABLE: Final = re.compile(r"\{[^{}]*\}")


class DeclarationError(ApiplugError):
    """A command's declaration isn't one."""


class Call(NamedTuple):
    """An operation as a command names it; the names in braces are free."""

    text: str
    method: str
    path: str
    action: str | None


def calls_of(declared: Any) -> tuple[Call, ...]:
    """What a command declares.

    :raises DeclarationError: unless it is a tuple of ``METHOD /path`` and
        ``METHOD /path#action``
    """
    if not isinstance(declared, tuple | list):
        raise DeclarationError(
            f"api_operations is {type(declared).__name__}, not a tuple of texts"
        )
    return tuple(map(_call, declared))


def _call(entry: Any) -> Call:
    match = _ENTRY.fullmatch(entry) if isinstance(entry, str) else None
    if match is None:
        raise DeclarationError(
            f"api_operations has {entry!r:.100}; it takes a method and a path, as in 'GET /racks' "
            "or 'POST /racks/{id}/action#lock'"
        )
    return Call(entry, match["method"], _plain(match["path"]), match["action"])


def find(call: Call, operations: Sequence[Operation]) -> Operation | None:
    """The operation that a command names, if it is served."""
    for item in operations:
        same = (item.method, _plain(item.path), item.action) == call[1:]
        if same:
            return item
    return None


def _plain(path: str) -> str:
    return _VARIABLE.sub("{}", path).rstrip("/")
