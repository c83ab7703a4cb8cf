"""What only a handler's body says: query parameters, codes, version checks, rules.

Everything found here is deduced, and is marked ``inferred`` by the caller.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Sequence
from types import FunctionType
from typing import Any, Literal

from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange
from sphinxext_apiplug.readers.closures import innermost
from sphinxext_apiplug.readers.findings import Findings, Query, VersionTest
from sphinxext_apiplug.readers.places import FunctionNode, Places
from sphinxext_apiplug.readers.values import UNKNOWN, Scope
from sphinxext_apiplug.readers.version_tests import (
    VERSION_TEST,
    Condition,
    condition,
    last_name,
)

_Role = Literal["request", "params"]

_REQUEST_NAMES = ("req", "request")
# webob's views on the query string.
_PARAMS = ("params", "GET", "str_GET", "str_params")
_LOOKUPS = ("get", "getall", "getone", "pop", "has_key")
_VIEWS = ("copy", "mixed", "dict_of_lists", "items", "keys")
# Classes whose instances are an answer with a status of its own.
_ANSWERS = ("Response", "ResponseObject", "Result")
_STATUS_NAMES = ("status_int", "status", "status_code", "code")
# Calls that turn a parameter's text into something: what the text must then be.
_CONVERSIONS: dict[str, dict[str, Any]] = {
    "int": {"type": "integer"},
    "validate_integer": {"type": "integer"},
    "bool_from_string": {"type": "boolean"},
    "parse_isotime": {"type": "string", "format": "date-time"},
    "parse_strtime": {"type": "string", "format": "date-time"},
}
_DEEPEST = 6


def read_body(function: FunctionType, owner: type | None, places: Places) -> Findings:
    """Read the body of a handler, and of the helpers that it gives its request to.

    :param function: the handler, without its decorators
    :param owner: the class that it is a method of
    """
    findings = Findings()
    node = places.node(function)
    if node is None:
        return findings
    names = [item.arg for item in node.args.args if item.arg != "self"]
    request = next((name for name in names if name in _REQUEST_NAMES), names[0] if names else "")
    _Body(Scope(function, owner), places, findings, {request: "request"}).read(node)
    return findings


class _Body(ast.NodeVisitor):
    """Walks one function in the order of its lines."""

    def __init__(
        self,
        scope: Scope,
        places: Places,
        findings: Findings,
        roles: dict[str, _Role],
        *,
        depth: int = 0,
        versions: VersionRange = ALL_VERSIONS,
        repeated: bool = False,
    ) -> None:
        self._scope = scope
        self._places = places
        self._findings = findings
        self._roles = roles
        self._depth = depth
        self._versions = versions
        self._repeated = repeated
        self._caught: list[Any] = []
        self._conditions: dict[str, Condition] = {}

    def read(self, node: FunctionNode, constants: dict[str, Any] | None = None) -> None:
        for name, value in (constants or {}).items():
            self._scope.bind(name, value)
        self._findings.files.add(self._scope.function.__code__.co_filename)
        for statement in node.body:
            self.visit(statement)

    # Names

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        tested = condition(node.value, self._scope, self._conditions)
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._conditions.pop(target.id, None)
                if tested is not None:
                    self._conditions[target.id] = tested
                role = self._role(node.value)
                if role is not None:
                    self._roles[target.id] = role
                else:
                    text = self._scope.text(node.value)
                    self._scope.bind(target.id, UNKNOWN if text is None else text)

    def visit_Try(self, node: ast.Try) -> None:
        # Whatever returns in there need not have been reached.
        before = self._versions
        self.generic_visit(node)
        self._versions = before

    def visit_For(self, node: ast.For) -> None:
        before = self._versions
        self._visit_loop(node)
        self._versions = before

    def _visit_loop(self, node: ast.For) -> None:
        values = self._scope.value(node.iter)
        if isinstance(node.target, ast.Name) and isinstance(values, tuple):
            for value in values:
                self._scope.bind(node.target.id, value)
                for statement in node.body:
                    self.visit(statement)
            return
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        # Taken out until none is left: the parameter may be given many times.
        before = self._versions
        self._repeated = True
        self.generic_visit(node)
        self._repeated = False
        self._versions = before

    def _role(self, node: ast.expr) -> _Role | None:
        match node:
            case ast.Name(id=name):
                return self._roles.get(name)
            case ast.Attribute(value=inner, attr=attr) if self._role(inner) == "request":
                return "params" if attr in _PARAMS else None
            case ast.Call(func=ast.Attribute(value=inner, attr=attr)) if attr in _VIEWS:
                return "params" if self._role(inner) == "params" else None
            case ast.Call(func=ast.Name(id="dict"), args=[inner]):
                return "params" if self._role(inner) == "params" else None
        return None

    # Query parameters

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if self._role(node.value) == "params":
            self._note_query(node.slice, {})
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        membership = isinstance(node.ops[0], ast.In | ast.NotIn)
        if membership and self._role(node.comparators[0]) == "params":
            self._note_query(node.left, {})
        self.generic_visit(node)

    def _note_query(self, key: ast.expr, schema: dict[str, Any]) -> None:
        name = self._scope.value(key)
        if not isinstance(name, str) or not name:
            return
        if self._repeated and not schema:
            schema = {"type": "array", "items": {"type": "string"}}
        place = (name, self._versions)
        known = self._findings.queries.get(place)
        if known is None or (schema and not known.schema):
            self._findings.queries[place] = Query(
                name=name, schema=schema, versions=self._versions
            )

    def _queried_key(self, node: ast.expr) -> ast.expr | None:
        """The key, if the expression is a look-up of a query parameter."""
        match node:
            case ast.Subscript(value=inner, slice=key) if self._role(inner) == "params":
                return key
            case ast.Call(func=ast.Attribute(value=inner, attr=attr), args=[key, *_]) if (
                attr in _LOOKUPS and self._role(inner) == "params"
            ):
                return key
        return None

    # Calls

    def visit_Call(self, node: ast.Call) -> None:
        key = self._queried_key(node)
        if key is not None:
            self._note_query(key, {})
        self._note_conversion(node)
        self._note_rule(node)
        self._note_status(node)
        self._follow(node)
        self.generic_visit(node)

    def _note_conversion(self, node: ast.Call) -> None:
        name = last_name(node.func)
        schema = dict(_CONVERSIONS.get(name, {}))
        if not schema or not node.args:
            return
        key = self._queried_key(node.args[0])
        if key is None:
            return
        for keyword in node.keywords:
            value = self._scope.value(keyword.value)
            bound = {"min_value": "minimum", "max_value": "maximum"}.get(keyword.arg or "")
            if bound and isinstance(value, int):
                schema[bound] = value
        self._note_query(key, schema)

    def _note_rule(self, node: ast.Call) -> None:
        """``context.can(RULE)``, ``authorize(context, RULE)`` and the like."""
        if last_name(node.func) not in ("can", "authorize", "enforce"):
            return
        for argument in node.args:
            rule = self._scope.value(argument)
            if isinstance(rule, str) and rule not in self._findings.rules:
                self._findings.rules.append(rule)
                return

    def _note_status(self, node: ast.Call) -> None:
        """A success code in the making of an answer object."""
        cls = self._scope.resolve(node.func)
        if not isinstance(cls, type) or not any(base.__name__ in _ANSWERS for base in cls.__mro__):
            return
        named = [item.value for item in node.keywords if item.arg in _STATUS_NAMES]
        for argument in [*named, *node.args[1:2]]:
            value = self._scope.value(argument)
            if isinstance(value, int) and 200 <= value < 400:
                self._findings.statuses.setdefault((value, self._versions))

    def _follow(self, node: ast.Call) -> None:
        """Read the function that is called too, if it is given the request."""
        passed = [(None, item) for item in node.args] + [
            (item.arg, item.value) for item in node.keywords
        ]
        if self._depth >= _DEEPEST or not any(self._role(item) for _, item in passed):
            return
        if last_name(node.func) == VERSION_TEST:
            return
        called = self._scope.resolve(node.func)
        if not isinstance(called, FunctionType):
            return
        function = innermost(called)
        target = self._places.node(function)
        if target is None or not _same_package(function, self._scope.function):
            return
        roles, constants = self._given(target, passed)
        _Body(
            Scope(function, self._scope.owner),
            self._places,
            self._findings,
            roles,
            depth=self._depth + 1,
            versions=self._versions,
            repeated=self._repeated,
        ).read(target, constants)

    def _given(
        self, target: FunctionNode, passed: Sequence[tuple[str | None, ast.expr]]
    ) -> tuple[dict[str, _Role], dict[str, Any]]:
        """What the parameters of a called function stand for."""
        names = [item.arg for item in target.args.args if item.arg not in ("self", "cls")]
        roles: dict[str, _Role] = {}
        constants: dict[str, Any] = {}
        for position, (name, value) in enumerate(passed):
            place = name or (names[position] if position < len(names) else "")
            role = self._role(value)
            if role is not None:
                roles[place] = role
            elif isinstance(text := self._scope.value(value), str | int):
                constants[place] = text
        return roles, constants

    # Version checks

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        tested = condition(node.test, self._scope, self._conditions)
        if tested is None:
            self._visit_within(node.body, self._versions)
            self._visit_within(node.orelse, self._versions)
            return
        self._findings.tests.append(VersionTest(versions=tested.versions, line=node.lineno))
        inside, outside = tested.split(self._versions)
        self._visit_within(node.body, inside)
        self._visit_within(node.orelse, outside)
        if isinstance(node.body[-1], ast.Return | ast.Raise) and outside is not None:
            # What follows is only reached in the other versions.
            self._versions = outside

    def _visit_within(self, statements: Sequence[ast.stmt], versions: VersionRange | None) -> None:
        if versions is None:
            return
        before, self._versions = self._versions, versions
        for statement in statements:
            self.visit(statement)
        self._versions = before

    # Errors

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        before = self._caught
        types = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        self._caught = [self._scope.resolve(item) for item in types if item is not None]
        self.generic_visit(node)
        self._caught = before

    def visit_Raise(self, node: ast.Raise) -> None:
        call = node.exc
        target = call.func if isinstance(call, ast.Call) else call
        cls = self._scope.resolve(target) if target is not None else UNKNOWN
        code = inspect.getattr_static(cls, "code", None) if isinstance(cls, type) else None
        if isinstance(code, int) and 400 <= code < 600:
            reasons = self._findings.raised.setdefault(code, [])
            for reason in self._reasons(call):
                if reason not in reasons:
                    reasons.append(reason)
        self.generic_visit(node)

    def _reasons(self, call: ast.expr | None) -> list[str]:
        """What the caller is told: a literal, or the caught exceptions' messages."""
        keywords = call.keywords if isinstance(call, ast.Call) else []
        for keyword in keywords:
            if keyword.arg == "explanation" and (text := self._scope.text(keyword.value)):
                return [text]
        return [
            template
            for caught in self._caught
            if isinstance(caught, type)
            and isinstance(template := getattr(caught, "msg_fmt", None), str)
        ]


def _same_package(first: FunctionType, second: FunctionType) -> bool:
    tops = [
        str(item.__globals__.get("__name__", "")).partition(".")[0] for item in (first, second)
    ]
    return tops[0] == tops[1]
