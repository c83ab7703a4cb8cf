"""The fields of a body that a handler's code asks for, whatever the schema says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import FunctionType
from typing import Final

from sphinxext_apiplug.readers.closures import innermost
from sphinxext_apiplug.readers.flow import always_raises
from sphinxext_apiplug.readers.places import FunctionNode, Places
from sphinxext_apiplug.readers.roles import by_parameter
from sphinxext_apiplug.readers.values import Scope

_BODY: Final = "body"
_LOOKUPS: Final = ("get", "pop")
_LOOKED_AT: Final = frozenset({ast.Assign, ast.Call, ast.If})
_DEEPEST: Final = 3


def demanded(function: FunctionType, owner: type | None, places: Places) -> frozenset[str]:
    """The fields without which a handler, or a helper that it gives its body to, may refuse.

    :param function: without its decorators
    """
    node = places.node(function)
    if node is None or _BODY not in {item.arg for item in node.args.args}:
        return frozenset()
    found: set[str] = set()
    _Asking(Scope(function, owner), places, found).read(node, {_BODY}, {})
    return frozenset(found)


class _Asking:
    """One function: what it refuses to miss."""

    def __init__(self, scope: Scope, places: Places, found: set[str], depth: int = 0) -> None:
        self._scope = scope
        self._places = places
        self._found = found
        self._depth = depth
        self._parts: set[str] = set()
        self._names: dict[str, frozenset[str]] = {}

    def read(self, node: FunctionNode, parts: set[str], names: dict[str, frozenset[str]]) -> None:
        """Note what a function refuses to miss.

        :param parts: the names that stand for a body, or for a part of one
        :param names: name -> the fields of a body that it may be the value of
        """
        self._parts, self._names = parts, names
        found = [item for item in ast.walk(node) if type(item) in _LOOKED_AT]
        for item in found:
            if isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name):
                self._note(item.targets[0].id, item.value)
        for item in found:
            if isinstance(item, ast.If):
                self._test(item)
            elif isinstance(item, ast.Call) and self._depth < _DEEPEST:
                self._follow(item)

    def _note(self, name: str, value: ast.expr) -> None:
        self._names[name] = self._names.get(name, frozenset()) | self._fields(value)
        if self._is_part(value):
            self._parts.add(name)

    def _is_part(self, node: ast.expr) -> bool:
        match node:
            case ast.Name(id=name):
                return name in self._parts
            case ast.Subscript(value=inner):
                return self._is_part(inner)
            case ast.Call(func=ast.Attribute(value=inner, attr=attr)) if attr in _LOOKUPS:
                return self._is_part(inner)
        return False

    def _fields(self, node: ast.AST) -> frozenset[str]:
        """The fields whose value an expression is, or is made of."""
        match node:
            case ast.Name(id=name):
                return self._names.get(name, frozenset())
            case ast.Subscript(value=inner, slice=ast.Constant(value=str(key))):
                return frozenset({key}) if self._is_part(inner) else frozenset()
            case ast.Call(
                func=ast.Attribute(value=inner, attr=attr), args=[ast.Constant(value=str(key)), *_]
            ) if attr in _LOOKUPS:
                return frozenset({key}) if self._is_part(inner) else frozenset()
            case ast.Compare(left=left, ops=[ast.In() | ast.NotIn()]):
                return self._fields(left)
            case ast.Attribute():
                return frozenset()  # what something has isn't there or missing with it
            case ast.Call(func=func, args=args, keywords=keywords):
                # As in `name.strip()` and `int(size)`: more arguments make something else.
                made = [func.value] if isinstance(func, ast.Attribute) else []
                made += args if len(args) == 1 and not keywords else []
                return frozenset().union(*map(self._fields, made))
        return frozenset().union(*map(self._fields, ast.iter_child_nodes(node)))

    def _test(self, node: ast.If) -> None:
        """Note the fields without which a test may lead to an error."""
        for statements, harmless in ((node.body, False), (node.orelse, True)):
            if always_raises(statements, self._scope, self._places):
                asked = self._fields(node.test) | set(self._looked_for(node.test))
                self._found.update(
                    name for name in asked if self._without(node.test, name) is not harmless
                )

    def _looked_for(self, node: ast.expr) -> Iterator[str]:
        """The names that ``'name' in body`` looks for."""
        for item in ast.walk(node):
            match item:
                case ast.Compare(left=ast.Constant(value=str(name)), comparators=[where]) if (
                    self._is_part(where)
                ):
                    yield name

    def _without(self, node: ast.expr, name: str) -> bool | None:
        """What a test is without a field; ``None`` if that depends on others."""
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                found = self._without(inner, name)
                return None if found is None else not found
            case ast.BoolOp(op=operator, values=values):
                decisive = isinstance(operator, ast.Or)
                results = [self._without(item, name) for item in values]
                if decisive in results:
                    return decisive
                return None if None in results else not decisive
            case ast.Compare(left=left, ops=[ast.Is() | ast.IsNot() as operator]):
                is_absent = name in self._fields(left)
                return isinstance(operator, ast.Is) if is_absent else None
            case ast.Compare(left=ast.Constant(value=looked), ops=[ast.In() | ast.NotIn() as op]):
                return isinstance(op, ast.NotIn) if looked == name else None
            case ast.Compare():
                return None
        return False if name in self._fields(node) else None

    def _follow(self, call: ast.Call) -> None:
        """Read a helper of the same package that is given the body, or values of it."""
        passed = [*((None, item) for item in call.args)]
        passed += [(item.arg, item.value) for item in call.keywords]  # type: ignore[misc]
        if not any(self._is_part(item) or self._fields(item) for _, item in passed):
            return
        called = self._scope.resolve(call.func)
        target = self._places.node(innermost(called)) if isinstance(called, FunctionType) else None
        if target is None or _package(called) != _package(self._scope.function):
            return
        given = by_parameter(target, passed)
        parts = {name for name, item in given.items() if self._is_part(item)}
        names = {name: self._fields(item) for name, item in given.items()}
        scope = Scope(innermost(called), self._scope.owner)
        _Asking(scope, self._places, self._found, self._depth + 1).read(target, parts, names)


def _package(function: FunctionType) -> str:
    return str(function.__globals__.get("__name__", "")).partition(".")[0]
