"""Operations that a service still routes, but marks as removed."""

from __future__ import annotations

import ast
import re
from types import FunctionType

from sphinxext_apiplug.inventory.model import Removal
from sphinxext_apiplug.readers.closures import innermost
from sphinxext_apiplug.readers.places import Places
from sphinxext_apiplug.readers.values import Scope

_MARK = "removed"
_VERSION = re.compile(r"\d+(\.\d+)*")


def removal_of(function: FunctionType, places: Places) -> Removal | None:
    """What the decorator ``removed(version, reason)`` said of a handler.

    The decorator leaves the reason on the function, but some leave it where the
    version should be as well; then the version stands in the source only.

    :param function: with its decorators
    """
    noted = vars(function)
    if noted.get(_MARK) is not True:
        return None
    told = noted.get("removed_version")
    version = told if isinstance(told, str) and _VERSION.fullmatch(told) else None
    return Removal(
        version=version or _written(innermost(function), places),
        reason=" ".join(str(noted.get("removed_reason") or "").split()),
    )


def _written(function: FunctionType, places: Places) -> str | None:
    """The version that stands in the decorator's call."""
    node = places.node(function)
    for call in node.decorator_list if node is not None else ():
        if isinstance(call, ast.Call) and _name(call.func) == _MARK:
            named = [item.value for item in call.keywords if item.arg == "version"]
            for argument in (*call.args[:1], *named):
                value = Scope(function).value(argument)
                if isinstance(value, str):
                    return value
    return None


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
