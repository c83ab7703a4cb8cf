"""What only a handler's body says: query parameters, codes, version checks, rules.

Everything found here is deduced, and is marked ``inferred`` by the caller.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import FunctionType
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange
from sphinxext_apiplug.readers.asked import Asked
from sphinxext_apiplug.readers.closures import innermost
from sphinxext_apiplug.readers.findings import Findings, VersionTest
from sphinxext_apiplug.readers.flow import always_raises, may_return, refuses
from sphinxext_apiplug.readers.made import Answers
from sphinxext_apiplug.readers.places import FunctionNode, Places
from sphinxext_apiplug.readers.raised import caught_by, raised_by
from sphinxext_apiplug.readers.roles import Passed, Role, Roles, by_parameter, request_of
from sphinxext_apiplug.readers.values import UNKNOWN, Scope
from sphinxext_apiplug.readers.version_tests import (
    VERSION_TEST,
    Condition,
    condition,
    last_name,
)
from sphinxext_apiplug.readers.ways import Ways

_DEEPEST = 6


class _Way(msgspec.Struct, frozen=True, kw_only=True):
    """How a function was reached.

    :ivar depth: how many functions called one another to get there
    :ivar versions: those in which it is reached
    :ivar repeated: it is reached again and again
    :ivar statuses: name of a parameter -> status code of the answer that it is
    """

    depth: int = 0
    versions: VersionRange = ALL_VERSIONS
    repeated: bool = False
    statuses: Mapping[str, int] = {}


def read_body(function: FunctionType, owner: type | None, places: Places) -> Findings:
    """Read the body of a handler, and of the helpers that it gives its request to.

    :param function: the handler, without its decorators
    :param owner: the class that it is a method of
    """
    findings = Findings()
    node = places.node(function)
    if node is None:
        return findings
    scope = Scope(function, owner)
    if always_raises(node.body, scope, places):
        findings.refused.append(ALL_VERSIONS)
    always = _Body(scope, places, findings, {request_of(node): "request"}, _Way()).read(node)
    for rule in findings.rules:
        findings.rules[rule] = always is not None and rule in always
    return findings


class _Body(ast.NodeVisitor):
    """Walks one function in the order of its lines."""

    def __init__(
        self,
        scope: Scope,
        places: Places,
        findings: Findings,
        names: dict[str, Role],
        way: _Way,
    ) -> None:
        self._scope = scope
        self._places = places
        self._findings = findings
        self._way = way
        self._roles = Roles(scope, names)
        self._answers = Answers(scope, self._roles, findings, way.statuses)
        self._asked = Asked(scope, self._roles, findings)
        self._caught: list[Any] = []
        self._conditions: dict[str, Condition] = {}
        self._rules = Ways()
        self._refusals: Sequence[ast.stmt] = ()

    def read(
        self, node: FunctionNode, constants: dict[str, Any] | None = None
    ) -> frozenset[str] | None:
        """Read a function.

        :return: the rules that it asks in any case; ``None`` if it never returns
        """
        for name, value in (constants or {}).items():
            self._scope.bind(name, value)
        self._findings.files.add(self._scope.function.__code__.co_filename)
        if self._way.depth == 0:
            self._refusals = tuple(_before_a_return(node.body))
        self._visit_all(node.body)
        self._answers.close()
        return self._rules.through()

    # Ways through the function

    def _visit_all(self, nodes: Iterable[ast.AST], **changes: Any) -> None:
        """Visit nodes that are reached in the present way, but for *changes*."""
        before = self._way
        self._way = msgspec.structs.replace(before, **changes) if changes else before
        for node in nodes:
            self.visit(node)
        self._way = before if changes else self._way

    def _visit_maybe(self, nodes: Iterable[ast.AST], **changes: Any) -> None:
        """Visit what isn't always reached."""
        with self._rules.fork() as arm:
            with arm():
                self._visit_all(nodes, **changes)
            with arm():
                pass

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        tested = condition(node.test, self._scope, self._conditions)
        if tested is not None:
            self._visit_versions(node, tested)
            return
        with self._rules.fork() as arm:
            for statements in (node.body, node.orelse):
                with arm():
                    self._visit_all(statements, versions=self._way.versions)

    def _visit_versions(self, node: ast.If, tested: Condition) -> None:
        place = VersionTest(
            versions=tested.versions, function=self._scope.function, line=node.lineno
        )
        self._findings.tests.append(place)
        inside, outside = tested.split(self._way.versions)
        with self._rules.fork() as arm:
            for statements, versions in ((node.body, inside), (node.orelse, outside)):
                if versions is not None:
                    with arm():
                        self._visit_all(statements, versions=versions)
        raises = node in self._refusals and always_raises(node.body, self._scope, self._places)
        if raises and inside is not None:
            self._findings.refused.append(inside)
        if isinstance(node.body[-1], ast.Return | ast.Raise) and outside is not None:
            # What follows is only reached in the other versions.
            self._way = msgspec.structs.replace(self._way, versions=outside)

    def visit_Try(self, node: ast.Try) -> None:
        # Whatever returns in there need not have been reached.
        versions = self._way.versions
        with self._rules.fork() as arm:
            with arm():
                self._visit_all([*node.body, *node.orelse], versions=versions)
            for handler in node.handlers:
                with arm():
                    self.visit(handler)
        self._visit_all(node.finalbody, versions=versions)

    def visit_For(self, node: ast.For) -> None:
        values = self._scope.value(node.iter)
        if isinstance(node.target, ast.Name) and isinstance(values, tuple) and values:
            for value in values:
                self._scope.bind(node.target.id, value)
                self._visit_all(node.body, versions=self._way.versions)
        else:
            self.visit(node.iter)
            parts = [node.target, *node.body, *node.orelse]
            self._visit_maybe(parts, versions=self._way.versions)

    def visit_While(self, node: ast.While) -> None:
        # Taken out until none is left: the parameter may be given many times.
        self._visit_maybe([node.test, *node.body, *node.orelse], repeated=True)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        before = self._caught
        self._caught = caught_by(node, self._scope)
        self._visit_all(node.body, versions=self._way.versions)
        self._caught = before

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        self.visit(node.values[0])
        self._visit_maybe(node.values[1:])

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.visit(node.test)
        with self._rules.fork() as arm:
            for part in (node.body, node.orelse):
                with arm():
                    self.visit(part)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        # It returns and raises for itself.
        with self._rules.apart():
            self._visit_all(node.body, versions=self._way.versions)

    def visit_Return(self, node: ast.Return) -> None:
        self.generic_visit(node)
        self._rules.leave()

    # Names

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        tested = condition(node.value, self._scope, self._conditions)
        for target in node.targets:
            self._answers.note_assigned(target, node.value, self._way.versions)
            if isinstance(target, ast.Name):
                self._conditions.pop(target.id, None)
                if tested is not None:
                    self._conditions[target.id] = tested
                role = self._roles.of(node.value)
                self._roles.note(target.id, role)
                if role is None:
                    text = self._scope.text(node.value)
                    self._scope.bind(target.id, UNKNOWN if text is None else text)

    # Query parameters

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self._asked.note_subscript(node, self._way.versions, many=self._way.repeated)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        self._asked.note_compare(node, self._way.versions, many=self._way.repeated)
        self.generic_visit(node)

    # Calls

    def visit_Expr(self, node: ast.Expr) -> None:
        self.generic_visit(node)
        called = self._scope.resolve(node.value.func) if isinstance(node.value, ast.Call) else None
        if refuses(called, self._places):
            self._rules.stop()

    def visit_Call(self, node: ast.Call) -> None:
        self._asked.note_call(node, self._way.versions, many=self._way.repeated)
        self._note_rule(node)
        self._answers.note_made(node, self._way.versions)
        self._answers.note_call(node, self._way.versions)
        self._follow(node)
        self.generic_visit(node)

    def _note_rule(self, node: ast.Call) -> None:
        """``context.can(RULE)``, ``authorize(context, RULE)`` and the like."""
        if last_name(node.func) not in ("can", "authorize", "enforce"):
            return
        # Where it doesn't raise, the handler goes on without the right.
        fatal = all(item.arg != "fatal" for item in node.keywords)
        for argument in node.args:
            rule = self._scope.value(argument)
            if isinstance(rule, str):
                self._findings.rules.setdefault(rule, False)
                if fatal:
                    self._rules.note(rule)
                return

    def _follow(self, node: ast.Call) -> None:
        """Read the function that is called too, if it is given the request or an answer."""
        passed: Passed = [
            *((None, item) for item in node.args),
            *((item.arg, item.value) for item in node.keywords),
        ]
        if self._way.depth >= _DEEPEST or not any(self._roles.of(item) for _, item in passed):
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
        statuses = self._answers.statuses_given(by_parameter(target, passed))
        way = msgspec.structs.replace(self._way, depth=self._way.depth + 1, statuses=statuses)
        scope = Scope(function, self._scope.owner)
        asked = _Body(scope, self._places, self._findings, names, way).read(target, constants)
        self._rules.note(*(asked or ()))

    # Errors

    def visit_Raise(self, node: ast.Raise) -> None:
        code, reasons = raised_by(node, self._scope, self._caught)
        if code is not None:
            known = self._findings.raised.setdefault(code, [])
            known += [reason for reason in reasons if reason not in known]
        self.generic_visit(node)
        self._rules.stop()


def _before_a_return(statements: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a function that are reached whatever it is asked."""
    for statement in statements:
        yield statement
        if may_return(statement):
            return


def _same_package(first: FunctionType, second: FunctionType) -> bool:
    tops = [
        str(item.__globals__.get("__name__", "")).partition(".")[0] for item in (first, second)
    ]
    return tops[0] == tops[1]
