"""Which way a function ends: whether it can return, or always raises."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from types import FunctionType
from typing import Final

from sphinxext_apiplug.readers.closures import innermost
from sphinxext_apiplug.readers.places import Places
from sphinxext_apiplug.readers.raised import answered_by
from sphinxext_apiplug.readers.values import Scope

# What is defined in a function returns for itself, not for the function.
_NESTED: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# Where statements have statements.
_BLOCKS: Final = ("body", "orelse", "finalbody", "handlers", "cases")
_DEEPEST: Final = 2


def may_return(node: ast.AST) -> bool:
    """Whether a ``return`` stands anywhere in a statement."""
    if isinstance(node, ast.Return):
        return True
    if isinstance(node, _NESTED):
        return False
    # No expression holds one, and most of a tree is expressions.
    return any(may_return(item) for name in _BLOCKS for item in getattr(node, name, ()))


def always_raises(
    statements: Sequence[ast.stmt], scope: Scope, places: Places, depth: int = 0
) -> bool:
    """Whether nothing that follows some statements is ever reached, and none of them returns."""
    for statement in statements:
        if may_return(statement):
            return False
        if _raises(statement, scope, places, depth):
            return True
    return False


def refuses(called: object, places: Places, depth: int = 0) -> bool:
    """Whether a function always raises, as one that says that a feature is missing."""
    if not isinstance(called, FunctionType) or depth > _DEEPEST:
        return False
    function = innermost(called)
    node = places.node(function)
    return node is not None and always_raises(node.body, Scope(function), places, depth + 1)


def _raises(statement: ast.stmt, scope: Scope, places: Places, depth: int) -> bool:
    match statement:
        case ast.Raise():
            return answered_by(statement, scope) is None
        case ast.If(body=body, orelse=other):
            return all(always_raises(item, scope, places, depth) for item in (body, other))
        case ast.Expr(value=ast.Call(func=func)):
            return refuses(scope.resolve(func), places, depth)
    return False
