"""What only a handler's body says: query parameters, codes, version checks, rules.

Everything found here is deduced, and is marked ``inferred`` by the caller.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from types import FunctionType
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.versions import ALL_VERSIONS
from sphinxext_apiplug.readers.asked import Asked
from sphinxext_apiplug.readers.closures import innermost
from sphinxext_apiplug.readers.demanded import demanded
from sphinxext_apiplug.readers.findings import Findings
from sphinxext_apiplug.readers.flow import always_raises, refuses
from sphinxext_apiplug.readers.handlers import Handler
from sphinxext_apiplug.readers.made import Answers
from sphinxext_apiplug.readers.places import FunctionNode, Places
from sphinxext_apiplug.readers.raised import answered_by, raised_by
from sphinxext_apiplug.readers.roles import Passed, Role, Roles, by_parameter, request_of
from sphinxext_apiplug.readers.values import UNKNOWN, Scope
from sphinxext_apiplug.readers.version_tests import (
    condition,
    is_version_test,
    last_name,
)
from sphinxext_apiplug.readers.walk import Walk, Way

_DEEPEST = 6


def read_handler(handler: Handler, places: Places) -> Findings:
    """Read the body of a handler, of the methods that it chooses from, and of what chose it."""
    findings = read_body(handler.function, handler.owner, places, handler.exceptions)
    for part in handler.parts:
        findings.take(read_body(part, handler.owner, places, handler.exceptions), answers=True)
    if handler.calling is not None:
        findings.take(read_body(handler.calling, handler.owner, places, handler.exceptions))
    findings.files |= handler.files
    return findings


def read_body(
    function: FunctionType,
    owner: type | None,
    places: Places,
    answered: Mapping[type, int] | None = None,
) -> Findings:
    """Read the body of a handler, and of the helpers that it gives its request to.

    :param function: the handler, without its decorators
    :param owner: the class that it is a method of
    :param answered: exception -> the code that the class answers it with
    """
    findings = Findings(answered or {})
    node = places.node(function)
    if node is None:
        return findings
    findings.demanded |= demanded(function, owner, places)
    scope = Scope(function, owner)
    if always_raises(node.body, scope, places):
        findings.refused.append(ALL_VERSIONS)
    always = _Body(scope, places, findings, {request_of(node): "request"}, Way()).read(node)
    findings.returns = always is not None
    for rule in findings.rules:
        findings.rules[rule] = always is not None and rule in always
    return findings


class _Body(Walk, ast.NodeVisitor):
    """One function: what it asks, answers and raises."""

    def __init__(
        self,
        scope: Scope,
        places: Places,
        findings: Findings,
        names: dict[str, Role],
        way: Way,
    ) -> None:
        super().__init__(scope, places, findings, way)
        self._roles = Roles(scope, names)
        self._answers = Answers(scope, self._roles, findings, way.statuses)
        self._asked = Asked(scope, self._roles, findings)

    def read(
        self, node: FunctionNode, constants: dict[str, Any] | None = None
    ) -> frozenset[str] | None:
        """Read a function.

        :return: the rules that it asks in any case; ``None`` if it never returns
        """
        for name, value in (constants or {}).items():
            self._scope.bind(name, value)
        self._findings.files.add(self._scope.function.__code__.co_filename)
        self._walk(node.body)
        self._answers.close()
        return self._rules.through()

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

    def visit_Delete(self, node: ast.Delete) -> None:
        self._visit_all(node.targets, versions=ALL_VERSIONS)

    def visit_Compare(self, node: ast.Compare) -> None:
        self._asked.note_compare(node, self._way.versions, many=self._way.repeated)
        self.generic_visit(node)

    # Calls

    def visit_Expr(self, node: ast.Expr) -> None:
        if self._asked.is_dropped(node.value):
            # Where it is ignored doesn't say where it isn't.
            self._visit_all([node.value], versions=ALL_VERSIONS)
        else:
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
        if is_version_test(node):
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
        answered = self._findings.answered
        code, reasons = raised_by(node, self._scope, self._caught, answered)
        if code is not None:
            known = self._findings.raised.setdefault(code, [])
            known += [reason for reason in reasons if reason not in known]
        self.generic_visit(node)
        success = answered_by(node, self._scope)
        if success is None:
            self._rules.stop()
            return
        self._findings.statuses.setdefault((success, self._way.versions))
        self._rules.leave()


def _same_package(first: FunctionType, second: FunctionType) -> bool:
    tops = [
        str(item.__globals__.get("__name__", "")).partition(".")[0] for item in (first, second)
    ]
    return tops[0] == tops[1]
