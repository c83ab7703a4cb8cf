"""Which names of a function stand for its request, or for the request's query string."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

from sphinxext_apiplug.readers.places import FunctionNode
from sphinxext_apiplug.readers.values import Scope

Role: TypeAlias = Literal["request", "params"]

#: The arguments of a call: name, if it is given by name, and value.
Passed: TypeAlias = Sequence[tuple[str | None, ast.expr]]

_REQUEST_NAMES = ("req", "request")
# webob's views on the query string.
_PARAMS = ("params", "GET", "str_GET", "str_params")
_LOOKUPS = ("get", "getall", "getone", "pop", "has_key")
_VIEWS = ("copy", "mixed", "dict_of_lists", "items", "keys")


def request_of(node: FunctionNode) -> str:
    """The name of a handler's parameter that is the request."""
    names = [item.arg for item in node.args.args if item.arg != "self"]
    return next((name for name in names if name in _REQUEST_NAMES), names[0] if names else "")


class Roles:
    """The names that have a role in one function; others may get one in its course."""

    def __init__(self, scope: Scope, names: dict[str, Role]) -> None:
        self._scope = scope
        self._names = names

    def note(self, name: str, role: Role) -> None:
        """Let a name have a role from here on."""
        self._names[name] = role

    def of(self, node: ast.expr) -> Role | None:
        """The role of an expression."""
        match node:
            case ast.Name(id=name):
                return self._names.get(name)
            case ast.Attribute(value=inner, attr=attr) if self.of(inner) == "request":
                return "params" if attr in _PARAMS else None
            case ast.Call(func=ast.Attribute(value=inner, attr=attr)) if attr in _VIEWS:
                return "params" if self.of(inner) == "params" else None
            case ast.Call(func=ast.Name(id="dict"), args=[inner]):
                return "params" if self.of(inner) == "params" else None
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
        names = [item.arg for item in target.args.args if item.arg not in ("self", "cls")]
        roles: dict[str, Role] = {}
        constants: dict[str, Any] = {}
        for position, (name, value) in enumerate(passed):
            place = name or (names[position] if position < len(names) else "")
            role = self.of(value)
            if role is not None:
                roles[place] = role
            elif isinstance(text := self._scope.value(value), str | int):
                constants[place] = text
        return roles, constants
