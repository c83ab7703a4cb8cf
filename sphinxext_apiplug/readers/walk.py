"""Walks a function in the order of its lines, and knows which ways lead where."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange, hull
from sphinxext_apiplug.readers.findings import Findings, VersionTest
from sphinxext_apiplug.readers.flow import always_raises, may_return
from sphinxext_apiplug.readers.places import Places
from sphinxext_apiplug.readers.raised import caught_by
from sphinxext_apiplug.readers.values import Scope
from sphinxext_apiplug.readers.version_tests import Condition, condition
from sphinxext_apiplug.readers.ways import Ways

# Nothing stands below these, and they are most of a tree.
_LEAVES = frozenset({ast.Constant, ast.Del, ast.Load, ast.Name, ast.Store})


class Way(msgspec.Struct, frozen=True, kw_only=True):
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


class Walk(ast.NodeVisitor):
    """One function: its branches, loops and exceptions.

    What is found on the way is for those to note who derive from this.
    """

    def __init__(self, scope: Scope, places: Places, findings: Findings, way: Way) -> None:
        self._scope = scope
        self._places = places
        self._findings = findings
        self._way = way
        self._rules = Ways()
        self._caught: list[Any] = []
        self._conditions: dict[str, Condition] = {}
        self._refusals: Sequence[ast.stmt] = ()

    def _walk(self, statements: Sequence[ast.stmt]) -> None:
        """Visit all statements of the function."""
        if self._way.depth == 0:
            self._refusals = tuple(_before_a_return(statements))
        self._visit_all(statements)

    def generic_visit(self, node: ast.AST) -> None:
        """Visit what stands below a node, but for bare names and values."""
        for child in ast.iter_child_nodes(node):
            if type(child) not in _LEAVES:
                self.visit(child)

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
        """Visit both branches; a test of the version tells where each is reached."""
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
            for statements, ranges in ((node.body, inside), (node.orelse, outside)):
                for versions in ranges:
                    with arm():
                        self._visit_all(statements, versions=versions)
        if node in self._refusals and always_raises(node.body, self._scope, self._places):
            self._findings.refused += inside
        if isinstance(node.body[-1], ast.Return | ast.Raise) and outside:
            # What follows is only reached in the other versions.
            self._way = msgspec.structs.replace(self._way, versions=hull(outside))

    def visit_Try(self, node: ast.Try) -> None:
        """Visit what may be interrupted, and what then happens."""
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
        """Visit the body of a loop; once for each value, where these are known."""
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
        """Visit the body of a loop."""
        # Taken out until none is left: the parameter may be given many times.
        self._visit_maybe([node.test, *node.body, *node.orelse], repeated=True)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Visit what happens to some exceptions."""
        before = self._caught
        self._caught = caught_by(node, self._scope)
        self._visit_all(node.body, versions=self._way.versions)
        self._caught = before

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """Visit operands, of which the first alone is always reached."""
        self.visit(node.values[0])
        self._visit_maybe(node.values[1:])

    def visit_IfExp(self, node: ast.IfExp) -> None:
        """Visit both values."""
        self.visit(node.test)
        with self._rules.fork() as arm:
            for part in (node.body, node.orelse):
                with arm():
                    self.visit(part)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Visit a function inside the function."""
        # It returns and raises for itself.
        with self._rules.apart():
            self._visit_all(node.body, versions=self._way.versions)

    def visit_Return(self, node: ast.Return) -> None:
        """Visit what is returned; the way ends here."""
        self.generic_visit(node)
        self._rules.leave()


def _before_a_return(statements: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a function that are reached whatever it is asked."""
    for statement in statements:
        yield statement
        if may_return(statement):
            return
