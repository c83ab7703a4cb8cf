"""Conditions in code that ask for the caller's microversion."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import msgspec

from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange, gaps
from sphinxext_apiplug.readers.values import Scope

# Called with the caller's version first, as in ``is_supported(req, '1.1')``, or as its method.
_FIRST_END: Final = {"is_supported": 1, "matches": 0}
_ENDS: Final = ("min_version", "max_version")


Ranges: TypeAlias = tuple[VersionRange, ...]


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """A test of the version.

    :ivar versions: those that are asked for
    :ivar negated: the condition holds in all others
    """

    versions: VersionRange
    negated: bool = False

    def split(self, within: VersionRange) -> tuple[Ranges, Ranges]:
        """The versions for which it holds, and those for which it doesn't."""
        asked, others = within.intersect(self.versions), gaps(within, [self.versions])
        found = () if asked is None else (asked,)
        return (others, found) if self.negated else (found, others)


def condition(node: ast.expr, scope: Scope, known: Mapping[str, Condition]) -> Condition | None:
    """What an expression asks of the version, ``None`` if it asks something else.

    :param known: local names that stand for such conditions
    """
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            found = condition(inner, scope, known)
            return found and msgspec.structs.replace(found, negated=not found.negated)
        case ast.Name(id=name):
            return known.get(name)
        case ast.Call():
            versions = _asked(node, scope)
            return None if versions is None else Condition(versions=versions)
    return None


def last_name(node: ast.expr) -> str:
    """The name of what is called, without the modules or objects before it."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def is_version_test(node: ast.Call) -> bool:
    """Whether a call is named like one that asks for the caller's version."""
    return last_name(node.func) in _FIRST_END


def _asked(node: ast.Call, scope: Scope) -> VersionRange | None:
    """The versions for which ``is_supported(req, '1.1')`` is true, if they can be told."""
    if not is_version_test(node):
        return None
    first = _FIRST_END[last_name(node.func)]
    ends: dict[str, Any] = dict(zip(_ENDS, node.args[first:], strict=False))
    ends |= {item.arg: item.value for item in node.keywords if item.arg}
    values = {name: scope.value(value) for name, value in ends.items()}
    since, until = values.get("min_version", values.get("version")), values.get("max_version")
    if not all(end is None or isinstance(end, str) for end in (since, until)):
        return None
    try:
        found = VersionRange(since=since, until=until)
    except ApiplugError:
        return None
    return None if found == ALL_VERSIONS else found
