"""What an expression in somebody's function means, without running it.

Only names, attributes, literals and a few operators on text are looked at; no
call is made and no descriptor runs.
"""

from __future__ import annotations

import ast
import enum
import inspect
from types import FunctionType, ModuleType
from typing import Any, Final

from sphinxext_apiplug.readers.closures import innermost, static_function


class _Unknown(enum.Enum):
    UNKNOWN = 0


#: What an expression means that can't be told without running it.
UNKNOWN: Final = _Unknown.UNKNOWN


class Scope:
    """The names that a function sees: its globals, free variables and class."""

    def __init__(self, function: FunctionType, owner: type | None = None) -> None:
        self.function = function
        self.owner = owner
        self._globals = function.__globals__
        self._locals: dict[str, Any] = {}

    def bind(self, name: str, value: Any) -> None:
        """Let a local name stand for a known value."""
        self._locals[name] = value

    def resolve(self, node: ast.expr) -> Any:
        """The live object that a name or dotted name stands for, or :data:`UNKNOWN`."""
        match node:
            case ast.Name(id=name):
                return self._name(name)
            case ast.Attribute(value=ast.Name(id="self"), attr=attr) if self.owner is not None:
                return static_function(self.owner, attr) or UNKNOWN
            case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr=attr) if (
                self.owner is not None
            ):
                return _inherited(self.owner, self.function, attr)
            case ast.Attribute(value=inner, attr=attr):
                return _attribute(self.resolve(inner), attr)
            case ast.Constant(value=value):
                return value
        return UNKNOWN

    def value(self, node: ast.expr) -> Any:
        """The plain value of an expression: text, number, ``None`` or a sequence."""
        match node:
            case ast.BinOp(left=left, op=ast.Mod(), right=right):
                return _format(self.value(left), self.value(right))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                first, second = self.value(left), self.value(right)
                both = isinstance(first, str) and isinstance(second, str)
                return first + second if both else UNKNOWN
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                values = [self.value(item) for item in items]
                return UNKNOWN if UNKNOWN in values else tuple(values)
            case ast.JoinedStr(values=parts):
                texts = [self._piece(part) for part in parts]
                return UNKNOWN if UNKNOWN in texts else "".join(map(str, texts))
        found = self.resolve(node)
        if isinstance(found, int) and not isinstance(found, bool):
            return int(found)
        if isinstance(found, list | tuple) and all(isinstance(item, str) for item in found):
            return tuple(found)
        return found if found is None or isinstance(found, str | bool) else UNKNOWN

    def text(self, node: ast.expr) -> str | None:
        """A message in a literal, also inside the call of a translation function."""
        if isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.func, ast.Name):
            return self.text(node.args[0])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            return self.text(node.left)
        value = self.value(node)
        return value if isinstance(value, str) else None

    def _piece(self, part: ast.expr) -> Any:
        return self.value(part.value if isinstance(part, ast.FormattedValue) else part)

    def _name(self, name: str) -> Any:
        if name in self._locals:
            return self._locals[name]
        if name in self.function.__code__.co_varnames:
            return UNKNOWN
        return self._globals.get(name, UNKNOWN)


def _attribute(owner: Any, name: str) -> Any:
    if owner is UNKNOWN:
        return UNKNOWN
    if isinstance(owner, ModuleType):
        return vars(owner).get(name, UNKNOWN)
    if isinstance(owner, enum.EnumMeta):
        members = vars(owner).get("_member_map_", {})
        if name in members:
            return members[name]  # Python 3.11 has a descriptor of it in the class
    if isinstance(owner, type):
        found = inspect.getattr_static(owner, name, UNKNOWN)
        return found.__func__ if isinstance(found, staticmethod | classmethod) else found
    return UNKNOWN


def _inherited(owner: type, method: FunctionType, name: str) -> Any:
    """What ``super().name`` means in a method that *owner* has."""
    above = iter(owner.__mro__)
    for cls in above:
        own = static_function(cls, method.__code__.co_name)
        if own is not None and innermost(own).__code__ is method.__code__:
            # A class finds what it inherits too; the last such class has it itself.
            if method.__code__.co_name in vars(cls):
                break
    return next((vars(cls)[name] for cls in above if name in vars(cls)), UNKNOWN)


def _format(template: Any, value: Any) -> Any:
    if not isinstance(template, str) or value is UNKNOWN:
        return UNKNOWN
    try:
        return template % value
    except (TypeError, ValueError, KeyError):
        return UNKNOWN
