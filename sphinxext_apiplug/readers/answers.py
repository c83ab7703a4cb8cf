"""The shape of what a handler returns, as far as its code shows it.

Followed are literals, local names and what they are given afterwards, helpers in the
service's own package and the methods of objects that such helpers make, along the ways
that a call at one microversion may take. What can't be told stays open: ``{}``, which
every value fits.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from types import FunctionType
from typing import Any, NamedTuple, cast

import msgspec

from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange, hull
from sphinxext_apiplug.readers.answer_keys import Path, either, with_key, without
from sphinxext_apiplug.readers.closures import innermost, static_function
from sphinxext_apiplug.readers.locals import Locals
from sphinxext_apiplug.readers.places import Places
from sphinxext_apiplug.readers.reached import NOTHING_GIVEN, At, given, steps
from sphinxext_apiplug.readers.roles import STATUS_NAMES, is_answer_class
from sphinxext_apiplug.readers.values import Scope

_DEEPEST = 6
# More microversions that something depends on aren't told apart.
_MOST_PIECES = 40


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a handler returns.

    :ivar schemas: the shapes that are known of, and their versions, in order: at least
        one key is known, or there is no body, which is a schema of null
    :ivar files: absolute paths of all files that were looked at
    """

    schemas: tuple[tuple[VersionRange, Schema], ...]
    files: frozenset[str]


def read_answer(
    function: FunctionType, owner: type | None, places: Places, served: VersionRange = ALL_VERSIONS
) -> Answer:
    """Look at what a handler returns.

    :param function: the handler, without its decorators
    :param owner: the class that it is a method of
    :param served: the versions in which it serves
    """
    files: set[str] = set()

    def shape(at: At) -> Schema | None:
        read = _Function(function, owner, _Reading(places, files, at))
        found = {"type": "null"} if read.returns_nothing() else read.returned()
        known = bool(found.get("properties")) or found.get("type") == "null"
        return found if known else None

    every = At()
    whole = shape(every)
    pieces = every.pieces(served)
    if len(pieces) == 1 or len(pieces) > _MOST_PIECES:
        found = [(served, whole)]
    else:
        found = [(piece, shape(At(piece.low))) for piece in pieces]
    return Answer(schemas=tuple(_joined(found)), files=frozenset(files))


def _joined(
    found: Iterable[tuple[VersionRange, Schema | None]],
) -> Iterator[tuple[VersionRange, Schema]]:
    """The shapes that are known, each once where it is the same in versions that meet."""
    for schema, same in groupby(found, lambda item: item[1]):
        if schema is not None:
            yield hull(versions for versions, _ in same), schema


class _Reading(NamedTuple):
    """What all functions that are looked at for one answer have in common.

    :ivar depth: how many functions called one another to get there
    """

    places: Places
    files: set[str]
    at: At
    depth: int = 0


class _Function:
    """One function whose return statements are looked at."""

    def __init__(
        self,
        function: FunctionType,
        owner: type | None,
        reading: _Reading,
        arguments: Mapping[str, bool | FunctionType] = NOTHING_GIVEN,
    ) -> None:
        self._function = function
        self._owner = owner
        self._reading = reading
        self._scope = Scope(function, owner)
        for name, value in arguments.items():
            self._scope.bind(name, value)
        node = reading.places.node(function)
        found, self._may_end = (
            ([], False) if node is None else steps(node, self._scope, reading.at, arguments)
        )
        self._locals = Locals(found, self._scope)
        self._busy: set[str] = set()
        reading.files.add(function.__code__.co_filename)

    def returned(self) -> dict[str, Any]:
        """What all return statements have in common, with what only some have."""
        returns = self._locals.returns()
        shapes = [self._locals.as_of(place, self._shape, item) for place, item in returns]
        objects = [shape for shape in shapes if shape.get("type") == "object"]
        if not objects:
            return shapes[0] if len(shapes) == 1 else {}
        properties: dict[str, Any] = {}
        for shape in objects:
            for name, value in shape["properties"].items():
                properties[name] = either(properties.get(name, {}), value)
        # Nobody knows what may be missing in an answer that can't be told.
        told = all(
            shape or self._is_nothing(item)
            for shape, (_, item) in zip(shapes, returns, strict=True)
        )
        required = [
            name
            for name in properties
            if told and all(name in shape.get("required", ()) for shape in objects)
        ]
        found = {"type": "object", "properties": properties}
        return found | ({"required": required} if required else {})

    def returns_nothing(self) -> bool:
        """Whether the function's only values are none, and answers without a body."""
        nothing = all(self._is_nothing(item) for _, item in self._locals.returns())
        return nothing and (self._may_end or self._locals.returns_at_all())

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
        returns = self._locals.returns()
        classes = {self._locals.as_of(place, self._class_of, item) for place, item in returns}
        return classes.pop() if len(classes) == 1 else None

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
            case ast.Subscript(value=inner, slice=ast.Constant(value=str(key))):
                found: dict[str, Any] = self._shape(inner).get("properties", {}).get(key, {})
                return found
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
        """The shape of a local name that is known to be one thing, with what it is given."""
        assigned = self._locals.assigned(name)
        if len(assigned) != 1 or name in self._busy:
            return {}
        place, value = assigned[0]
        shape = _started(value) or self._locals.as_of(place, self._shape, value)
        self._busy.add(name)
        shape = self._grown(name, place, shape)
        if shape == {"type": "array", "items": {}}:
            appended = list(self._appended(name, place))
            if appended:
                shape = {"type": "array", "items": self._shape(appended[0])}
        self._busy.discard(name)
        return shape

    def _grown(self, name: str, place: int, shape: dict[str, Any]) -> dict[str, Any]:
        """An object with the keys that it is given, and without those that are taken out.

        :param place: where it was made
        """
        for item, certain in self._locals.since(place) if shape.get("type") == "object" else ():
            for path in self._dropped(item, name):
                shape = without(shape, path)
            for path, value in self._given(item, name):
                shape = with_key(shape, path, value, certain=certain)
        return shape if shape.get("properties") or shape.get("type") != "object" else {}

    def _given(self, item: ast.stmt, name: str) -> Iterator[tuple[Path, dict[str, Any]]]:
        """The keys that a statement gives an object, and their values."""
        match item:
            case ast.Assign(targets=[ast.Subscript() as target], value=value):
                path = self._locals.path(target, name)
                if path:
                    yield path, self._shape(value)
            case ast.Expr(
                value=ast.Call(func=ast.Attribute(value=inner, attr="update"), args=[value])
            ):
                path = self._locals.path(inner, name)
                added = self._shape(value)
                for key in added.get("required", ()) if path is not None else ():
                    yield (*(path or ()), key), added["properties"][key]

    def _dropped(self, item: ast.stmt, name: str) -> Iterator[Path]:
        """The keys that a statement takes out of an object."""
        match item:
            case ast.Delete(targets=targets):
                yield from (
                    path for target in targets if (path := self._locals.path(target, name))
                )
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=inner, attr="pop"),
                    args=[ast.Constant(value=str(key)), *_],
                )
            ):
                path = self._locals.path(inner, name)
                if path is not None:
                    yield (*path, key)

    def _called(self, node: ast.Call) -> dict[str, Any]:
        if node.args and _carries_data(self._scope.resolve(node.func)):
            return self._shape(node.args[0])
        target = self._target(node)
        return target.returned() if target is not None else {}

    def _target(self, call: ast.Call) -> _Function | None:
        """The function that is called, if it is of the service's own package."""
        if self._reading.depth >= _DEEPEST:
            return None
        owner = self._owner
        found = self._scope.resolve(call.func)
        if not isinstance(found, FunctionType) and isinstance(call.func, ast.Attribute):
            owner = self._class_of(call.func.value)
            found = None if owner is None else static_function(owner, call.func.attr)
        if not isinstance(found, FunctionType):
            return None
        function = innermost(found)
        if _package(function) != _package(self._function):
            return None
        deeper = self._reading._replace(depth=self._reading.depth + 1)
        node = self._reading.places.node(function)
        arguments = NOTHING_GIVEN if node is None else given(node, call, self._scope)
        return _Function(function, owner, deeper, arguments)

    def _class_of(self, node: ast.expr) -> type | None:
        """The class of the object that an expression gives."""
        if isinstance(node, ast.Name):
            assigned = self._locals.assigned(node.id)
            if len(assigned) != 1 or node.id in self._busy:
                return None
            self._busy.add(node.id)
            place, value = assigned[0]
            found = self._locals.as_of(place, self._class_of, value)
            self._busy.discard(node.id)
            return found
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            own = node.value.id == "self" and self._owner is not None
            made_of = inspect.getattr_static(self._owner, f"{node.attr}_class", None)
            return made_of if own and isinstance(made_of, type) else None
        if not isinstance(node, ast.Call):
            return None
        called = self._scope.resolve(node.func)
        if isinstance(called, type):
            return called
        target = self._target(node)
        return target.made_class() if target is not None else None

    def _appended(self, name: str, place: int) -> Iterator[ast.expr]:
        for item, _ in self._locals.since(place):
            match item:
                case ast.Expr(
                    value=ast.Call(
                        func=ast.Attribute(value=ast.Name(id=found), attr="append"), args=[value]
                    )
                ) if found == name:
                    yield value


def _started(node: ast.expr) -> dict[str, Any] | None:
    """The shape of ``{}`` and ``dict()``, which are given their keys afterwards."""
    match node:
        case ast.Dict(keys=[]) | ast.Call(func=ast.Name(id="dict"), args=[], keywords=[]):
            return {"type": "object", "properties": {}}
    return None


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
