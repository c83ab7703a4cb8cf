"""What only a handler's body says: query parameters, codes, version checks, rules.

Everything found here is deduced, and is marked ``inferred`` by the caller.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from types import FunctionType
from typing import Any

from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange
from sphinxext_apiplug.readers.closures import innermost
from sphinxext_apiplug.readers.conversions import converted
from sphinxext_apiplug.readers.findings import Findings, Query, VersionTest
from sphinxext_apiplug.readers.places import FunctionNode, Places
from sphinxext_apiplug.readers.raised import caught_by, raised_by
from sphinxext_apiplug.readers.roles import Passed, Role, Roles, request_of
from sphinxext_apiplug.readers.values import UNKNOWN, Scope
from sphinxext_apiplug.readers.version_tests import (
    VERSION_TEST,
    Condition,
    condition,
    last_name,
)

# Classes whose instances are an answer with a status of its own.
_ANSWERS = ("Response", "ResponseObject", "Result")
_STATUS_NAMES = ("status_int", "status", "status_code", "code")
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
    _Body(Scope(function, owner), places, findings, {request_of(node): "request"}).read(node)
    return findings


class _Body(ast.NodeVisitor):
    """Walks one function in the order of its lines."""

    def __init__(
        self,
        scope: Scope,
        places: Places,
        findings: Findings,
        names: dict[str, Role],
        *,
        depth: int = 0,
        versions: VersionRange = ALL_VERSIONS,
        repeated: bool = False,
    ) -> None:
        self._scope = scope
        self._places = places
        self._findings = findings
        self._roles = Roles(scope, names)
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
                role = self._roles.of(node.value)
                if role is not None:
                    self._roles.note(target.id, role)
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

    # Query parameters

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if self._roles.of(node.value) == "params":
            self._note_query(node.slice, {})
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        membership = isinstance(node.ops[0], ast.In | ast.NotIn)
        if membership and self._roles.of(node.comparators[0]) == "params":
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

    # Calls

    def visit_Call(self, node: ast.Call) -> None:
        key = self._roles.queried_key(node)
        if key is not None:
            self._note_query(key, {})
        self._note_conversion(node)
        self._note_rule(node)
        self._note_status(node)
        self._follow(node)
        self.generic_visit(node)

    def _note_conversion(self, node: ast.Call) -> None:
        schema = converted(node, self._scope)
        key = self._roles.queried_key(node.args[0]) if schema else None
        if key is not None:
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
        passed: Passed = [
            *((None, item) for item in node.args),
            *((item.arg, item.value) for item in node.keywords),
        ]
        if self._depth >= _DEEPEST or not any(self._roles.of(item) for _, item in passed):
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
        names, constants = self._roles.given(target, passed)
        _Body(
            Scope(function, self._scope.owner),
            self._places,
            self._findings,
            names,
            depth=self._depth + 1,
            versions=self._versions,
            repeated=self._repeated,
        ).read(target, constants)

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
        self._caught = caught_by(node, self._scope)
        self.generic_visit(node)
        self._caught = before

    def visit_Raise(self, node: ast.Raise) -> None:
        code, reasons = raised_by(node, self._scope, self._caught)
        if code is not None:
            known = self._findings.raised.setdefault(code, [])
            known += [reason for reason in reasons if reason not in known]
        self.generic_visit(node)


def _same_package(first: FunctionType, second: FunctionType) -> bool:
    tops = [
        str(item.__globals__.get("__name__", "")).partition(".")[0] for item in (first, second)
    ]
    return tops[0] == tops[1]
