"""The shape of what a handler returns, as far as its code shows it.

Followed are literals, local names, helpers in the service's own package and
the methods of objects that such helpers make. What can't be told stays open:
``{}``, which every value fits.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import FunctionType
from typing import Any, cast

import msgspec

from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.readers.closures import innermost, static_function
from sphinxext_apiplug.readers.places import FunctionNode, Places
from sphinxext_apiplug.readers.roles import STATUS_NAMES, is_answer_class
from sphinxext_apiplug.readers.values import Scope

_DEEPEST = 6
_NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a handler returns.

    :ivar schema: ``None`` if not even one key is known; of null if there is no body
    :ivar files: absolute paths of all files that were looked at
    """

    schema: Schema | None
    files: frozenset[str]


def read_answer(function: FunctionType, owner: type | None, places: Places) -> Answer:
    """Look at what a handler returns.

    :param function: the handler, without its decorators
    :param owner: the class that it is a method of
    """
    files: set[str] = set()
    read = _Function(function, owner, places, files)
    shape = {"type": "null"} if read.returns_nothing() else read.returned()
    known = bool(shape.get("properties")) or shape.get("type") == "null"
    return Answer(schema=shape if known else None, files=frozenset(files))


class _Function:
    """One function whose return statements are looked at."""

    def __init__(
        self,
        function: FunctionType,
        owner: type | None,
        places: Places,
        files: set[str],
        depth: int = 0,
    ) -> None:
        self._function = function
        self._owner = owner
        self._places = places
        self._files = files
        self._depth = depth
        self._scope = Scope(function, owner)
        self._node = places.node(function)
        self._busy: set[str] = set()
        files.add(function.__code__.co_filename)

    def returned(self) -> dict[str, Any]:
        """What all return statements have in common, with what only some have."""
        returns = self._returns()
        shapes = [self._shape(item) for item in returns]
        objects = [shape for shape in shapes if shape.get("type") == "object"]
        if not objects:
            return shapes[0] if len(shapes) == 1 else {}
        properties: dict[str, Any] = {}
        for shape in objects:
            for name, value in shape["properties"].items():
                properties[name] = value or properties.get(name, {})
        # Nobody knows what may be missing in an answer that can't be told.
        told = all(
            shape or self._is_nothing(item) for shape, item in zip(shapes, returns, strict=True)
        )
        required = [
            name
            for name in properties
            if told and all(name in shape["properties"] for shape in objects)
        ]
        found = {"type": "object", "properties": properties}
        return found | ({"required": required} if required else {})

    def returns_nothing(self) -> bool:
        """Whether the function's only values are none, and answers without a body."""
        return self._node is not None and all(map(self._is_nothing, self._returns()))

    def _is_nothing(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Constant):
            return _is_none(node)
        # What comes first is the body, or why there is an error.
        if not isinstance(node, ast.Call) or not (node.args or node.keywords):
            return False
        told = all(item.arg in STATUS_NAMES for item in node.keywords)
        empty = all(map(_is_none, node.args[:1]))
        return told and empty and is_answer_class(self._scope.resolve(node.func))

    def made_class(self) -> type | None:
        """The class of the object that the function makes and returns."""
        classes = {self._class_of(item) for item in self._returns()}
        return classes.pop() if len(classes) == 1 else None

    def _returns(self) -> list[ast.expr]:
        if self._node is None:
            return []
        return [
            item.value
            for item in _statements(self._node)
            if isinstance(item, ast.Return) and item.value is not None
        ]

    def _shape(self, node: ast.expr) -> dict[str, Any]:
        match node:
            case ast.Dict(keys=keys, values=values):
                names = [self._scope.value(key) if key is not None else None for key in keys]
                return self._object(names, values)
            case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords):
                return self._object([item.arg for item in keywords], [k.value for k in keywords])
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return {"type": "array", "items": self._shape(items[0]) if items else {}}
            case ast.ListComp(elt=item):
                return {"type": "array", "items": self._shape(item)}
            case ast.Name(id=name):
                return self._named(name)
            case ast.Call():
                return self._called(node)
            case ast.JoinedStr():
                return {"type": "string"}
            case ast.Constant(value=value):
                return _type_of(value)
        return {}

    def _object(self, names: list[Any], values: list[ast.expr]) -> dict[str, Any]:
        known = {
            name: self._shape(value)
            for name, value in zip(names, values, strict=True)
            if isinstance(name, str) and name
        }
        if not known:
            return {}
        return {"type": "object", "properties": known, "required": list(known)}

    def _named(self, name: str) -> dict[str, Any]:
        """The shape of a local name that is assigned once; a list may be appended to."""
        assigned = self._assigned(name)
        if len(assigned) != 1 or name in self._busy:
            return {}
        self._busy.add(name)
        shape = self._shape(assigned[0])
        if shape == {"type": "array", "items": {}}:
            appended = list(self._appended(name))
            if appended:
                shape = {"type": "array", "items": self._shape(appended[0])}
        self._busy.discard(name)
        return shape

    def _called(self, node: ast.Call) -> dict[str, Any]:
        if node.args and _carries_data(self._scope.resolve(node.func)):
            return self._shape(node.args[0])
        target = self._target(node.func)
        return target.returned() if target is not None else {}

    def _target(self, node: ast.expr) -> _Function | None:
        """The function that is called, if it is of the service's own package."""
        if self._depth >= _DEEPEST:
            return None
        owner = self._owner
        found = self._scope.resolve(node)
        if not isinstance(found, FunctionType) and isinstance(node, ast.Attribute):
            owner = self._class_of(node.value)
            found = None if owner is None else static_function(owner, node.attr)
        if not isinstance(found, FunctionType):
            return None
        function = innermost(found)
        if _package(function) != _package(self._function):
            return None
        return _Function(function, owner, self._places, self._files, self._depth + 1)

    def _class_of(self, node: ast.expr) -> type | None:
        """The class of the object that an expression gives."""
        if isinstance(node, ast.Name):
            assigned = self._assigned(node.id)
            if len(assigned) != 1 or node.id in self._busy:
                return None
            self._busy.add(node.id)
            found = self._class_of(assigned[0])
            self._busy.discard(node.id)
            return found
        if not isinstance(node, ast.Call):
            return None
        called = self._scope.resolve(node.func)
        if isinstance(called, type):
            return called
        target = self._target(node.func)
        return target.made_class() if target is not None else None

    def _assigned(self, name: str) -> list[ast.expr]:
        if self._node is None:
            return []
        return [
            item.value
            for item in _statements(self._node)
            if isinstance(item, ast.Assign)
            and any(isinstance(target, ast.Name) and target.id == name for target in item.targets)
        ]

    def _appended(self, name: str) -> Iterator[ast.expr]:
        for item in _statements(self._node) if self._node is not None else ():
            match item:
                case ast.Expr(
                    value=ast.Call(
                        func=ast.Attribute(value=ast.Name(id=found), attr="append"), args=[value]
                    )
                ) if found == name:
                    yield value


def _statements(node: FunctionNode) -> Iterator[ast.stmt]:
    """All statements of a function, but not those of functions inside it."""
    pending: list[ast.AST] = list(node.body)
    while pending:
        item = pending.pop(0)
        if isinstance(item, ast.stmt):
            yield item
        if not isinstance(item, _NESTED):
            pending[:0] = [
                child
                for child in ast.iter_child_nodes(item)
                if isinstance(child, ast.stmt | ast.excepthandler)
            ]


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _carries_data(called: object) -> bool:
    """Whether something is a class of answers; an exception's text is no data."""
    return is_answer_class(called) and not issubclass(cast("type", called), BaseException)


def _type_of(value: object) -> dict[str, Any]:
    names = {bool: "boolean", int: "integer", float: "number", str: "string"}
    name = names.get(type(value))
    return {"type": name} if name else {}


def _package(function: FunctionType) -> str:
    return str(function.__globals__.get("__name__", "")).partition(".")[0]
