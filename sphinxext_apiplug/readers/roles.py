"""Which names of a function stand for its request, the request's query string, or an answer."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

from sphinxext_apiplug.readers.places import FunctionNode
from sphinxext_apiplug.readers.values import Scope

Role: TypeAlias = Literal["request", "params", "answer"]

#: The arguments of a call: name, if it is given by name, and value.
Passed: TypeAlias = Sequence[tuple[str | None, ast.expr]]

_REQUEST_NAMES = ("req", "request")
# webob's views on the query string.
_PARAMS = ("params", "GET", "str_GET", "str_params")
_LOOKUPS = ("get", "getall", "getone", "pop", "has_key")
#: What the status of an answer is called.
STATUS_NAMES = ("status_int", "status", "status_code", "code")
# What webob's request keeps for its answer.
_RESPONSE = "response"
# Classes whose instances are an answer with a status of its own.
_ANSWERS = ("Response", "ResponseObject", "Result")
_VIEWS = ("copy", "mixed", "dict_of_lists", "items", "keys")


def request_of(node: FunctionNode) -> str:
    """The name of a handler's parameter that is the request."""
    names = [item.arg for item in node.args.args if item.arg != "self"]
    return next((name for name in names if name in _REQUEST_NAMES), names[0] if names else "")


def by_parameter(target: FunctionNode, passed: Passed) -> dict[str, ast.expr]:
    """The arguments of a call, by the names of the parameters that take them."""
    names = [item.arg for item in target.args.args if item.arg not in ("self", "cls")]
    return {
        name or (names[position] if position < len(names) else ""): value
        for position, (name, value) in enumerate(passed)
    }


def is_answer_class(value: object) -> bool:
    """Whether something is a class whose instances are answers."""
    return isinstance(value, type) and any(base.__name__ in _ANSWERS for base in value.__mro__)


class Roles:
    """The names that have a role in one function; others may get one in its course."""

    def __init__(self, scope: Scope, names: dict[str, Role]) -> None:
        self._scope = scope
        self._names = names

    def note(self, name: str, role: Role | None) -> None:
        """Let a name have a role from here on, or be no answer any more."""
        if role is not None:
            self._names[name] = role
        elif self._names.get(name) == "answer":
            del self._names[name]

    def of(self, node: ast.expr) -> Role | None:
        """The role of an expression."""
        match node:
            case ast.Name(id=name):
                return self._names.get(name)
            case ast.Attribute(value=inner, attr=attr) if self.of(inner) == "request":
                return "answer" if attr == _RESPONSE else "params" if attr in _PARAMS else None
            case ast.Call(func=ast.Attribute(value=inner, attr=attr)) if attr in _VIEWS:
                return "params" if self.of(inner) == "params" else None
            case ast.Call(func=ast.Name(id="dict"), args=[inner]):
                return "params" if self.of(inner) == "params" else None
            case ast.Call(func=func):
                return "answer" if is_answer_class(self._scope.resolve(func)) else None
        return None

    def queried_key(self, node: ast.expr) -> ast.expr | None:
        """The key, if the expression is a look-up of a query parameter."""
        match node:
            case ast.Subscript(value=inner, slice=key) if self.of(inner) == "params":
                return key
            case ast.Call(func=ast.Attribute(value=inner, attr=attr), args=[key, *_]) if (
                attr in _LOOKUPS and self.of(inner) == "params"
            ):
                return key
        return None

    def given(
        self, target: FunctionNode, passed: Passed
    ) -> tuple[dict[str, Role], dict[str, Any]]:
        """What the parameters of a called function stand for."""
        roles: dict[str, Role] = {}
        constants: dict[str, Any] = {}
        for place, value in by_parameter(target, passed).items():
            role = self.of(value)
            if role is not None:
                roles[place] = role
            elif isinstance(text := self._scope.value(value), str | int):
                constants[place] = text
        return roles, constants
