"""Conditions in code that ask for the caller's microversion."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.inventory.versions import Microversion, VersionRange
from sphinxext_apiplug.readers.values import Scope

#: The function that is asked, as in ``is_supported(req, '1.1')``.
VERSION_TEST = "is_supported"


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """A test of the version.

    :ivar versions: those that are asked for
    :ivar negated: the condition holds in all others
    """

    versions: VersionRange
    negated: bool = False

    def split(self, within: VersionRange) -> tuple[VersionRange | None, VersionRange | None]:
        """The versions for which it holds, and those for which it doesn't."""
        asked, others = within.intersect(self.versions), _outside(self.versions, within)
        return (others, asked) if self.negated else (asked, others)


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


def _asked(node: ast.Call, scope: Scope) -> VersionRange | None:
    """The versions for which ``is_supported(req, '1.1')`` is true."""
    if last_name(node.func) != VERSION_TEST:
        return None
    ends: dict[str, Any] = dict(zip(("min_version", "max_version"), node.args[1:], strict=False))
    ends |= {item.arg: item.value for item in node.keywords if item.arg}
    texts = {name: scope.value(value) for name, value in ends.items()}
    since, until = texts.get("min_version", texts.get("version")), texts.get("max_version")
    try:
        return VersionRange(
            since=since if isinstance(since, str) else None,
            until=until if isinstance(until, str) else None,
        )
    except ApiplugError:
        return None


def _outside(tested: VersionRange, within: VersionRange) -> VersionRange | None:
    """The versions before *tested*, or after it if it has no beginning."""
    if tested.since is not None:
        first = Microversion.parse(tested.since)
        if first.minor == 0:
            return None
        return within.intersect(VersionRange(until=f"{first.major}.{first.minor - 1}"))
    if tested.until is not None:
        after = VersionRange(since=str(Microversion.parse(tested.until).next()))
        return within.intersect(after)
    return None
