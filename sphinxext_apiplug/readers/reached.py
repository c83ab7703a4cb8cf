"""The statements of a function that a call may reach: at one microversion, with some flags."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from types import FunctionType, MappingProxyType
from typing import Final, NamedTuple

from sphinxext_apiplug.inventory.versions import Microversion, VersionRange, gaps
from sphinxext_apiplug.readers.places import FunctionNode
from sphinxext_apiplug.readers.roles import Passed, by_parameter
from sphinxext_apiplug.readers.values import Scope
from sphinxext_apiplug.readers.version_tests import Condition, condition

#: Where nothing is known of a function's parameters.
NOTHING_GIVEN: Final[Mapping[str, bool | FunctionType]] = MappingProxyType({})
_NESTED: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class Step(NamedTuple):
    """A statement, and whether every call that gets there reaches it."""

    statement: ast.stmt
    certain: bool


class At:
    """The microversion that is asked for, and those where code turns to something else.

    :param version: ``None`` for all at once
    """

    def __init__(self, version: Microversion | None = None) -> None:
        self.version = version
        self._tested: set[VersionRange] = set()

    def holds(self, tested: Condition) -> bool | None:
        """Whether a test of the version succeeds; ``None`` where all are asked for."""
        self._tested.add(tested.versions)
        if self.version is None:
            return None
        return tested.versions.contains(self.version) is not tested.negated

    def pieces(self, within: VersionRange) -> list[VersionRange]:
        """The ranges in which no test that was seen turns out otherwise."""
        pieces = [within]
        for tested in sorted(self._tested, key=lambda item: item.sort_key):
            pieces = [
                part
                for piece in pieces
                for part in (piece.intersect(tested), *gaps(piece, [tested]))
                if part is not None
            ]
        return sorted(pieces, key=lambda item: item.sort_key)


def given(node: FunctionNode, call: ast.Call, scope: Scope) -> dict[str, bool | FunctionType]:
    """The parameters of a function that a call makes true or false, or a function.

    :param scope: of the call
    """
    passed: Passed = [
        *((None, item) for item in call.args),
        *((item.arg, item.value) for item in call.keywords),
    ]
    several = any(isinstance(item, ast.Starred) for item in call.args)
    if several or any(item.arg is None for item in call.keywords):
        return {}
    arguments = {**_defaults(node), **by_parameter(node, passed)}
    values = {name: _known(scope.resolve(item)) for name, item in arguments.items()}
    stored = {item.id for item in ast.walk(node) if isinstance(item, ast.Name) and _is_set(item)}
    return {
        name: value for name, value in values.items() if value is not None and name not in stored
    }


def _known(value: object) -> bool | FunctionType | None:
    if isinstance(value, FunctionType):
        return value
    return bool(value) if value is None or isinstance(value, bool) else None


def _defaults(node: FunctionNode) -> dict[str, ast.expr]:
    """The literals that parameters are unless they are given."""
    positional = [item.arg for item in (*node.args.posonlyargs, *node.args.args)]
    first = len(positional) - len(node.args.defaults)
    keywords = [item.arg for item in node.args.kwonlyargs]
    found = [
        *zip(positional[first:], node.args.defaults, strict=True),
        *zip(keywords, node.args.kw_defaults, strict=True),
    ]
    return {name: item for name, item in found if isinstance(item, ast.Constant)}


def _is_set(name: ast.Name) -> bool:
    return not isinstance(name.ctx, ast.Load)


def steps(
    node: FunctionNode, scope: Scope, at: At, flags: Mapping[str, object] = NOTHING_GIVEN
) -> tuple[list[Step], bool]:
    """The statements of a function, but not those of functions inside it, in their order.

    :param flags: names whose truth is known in all of the function, and their values
    :return: with whether a call may get to the function's end
    """
    found = _Steps(scope, at, flags)
    ends = found.follow(node.body, certain=True)
    return found.steps, ends


class _Steps:
    def __init__(self, scope: Scope, at: At, flags: Mapping[str, object]) -> None:
        self.steps: list[Step] = []
        self._flags = flags
        self._scope = scope
        self._at = at
        self._conditions: dict[str, Condition] = {}

    def follow(self, statements: Sequence[ast.stmt], *, certain: bool) -> bool:
        """Note what is reached.

        :return: whether what comes after may be
        """
        for item in statements:
            self.steps.append(Step(item, certain))
            if isinstance(item, ast.Return | ast.Raise) or not self._inside(item, certain=certain):
                return False
        return True

    def _inside(self, item: ast.stmt, *, certain: bool) -> bool:
        match item:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                tested = condition(value, self._scope, self._conditions)
                self._conditions.pop(name, None)
                if tested is not None:
                    self._conditions[name] = tested
            case ast.If():
                holds = self.truth(item.test)
                if holds is not None:
                    return self.follow(item.body if holds else item.orelse, certain=certain)
                ends = [self.follow(part, certain=False) for part in (item.body, item.orelse)]
                return any(ends)
            case ast.With():
                return self.follow(item.body, certain=certain)
            case _ if not isinstance(item, _NESTED):
                for child in ast.iter_child_nodes(item):
                    if isinstance(child, ast.ExceptHandler | ast.match_case):
                        self.follow(child.body, certain=False)
                    elif isinstance(child, ast.stmt):
                        self.follow([child], certain=False)
        return True

    def truth(self, test: ast.expr) -> bool | None:
        """What a test is at the version; ``None`` if that depends on something else."""
        match test:
            case ast.Name(id=name) if name in self._flags:
                return bool(self._flags[name])
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                found = self.truth(inner)
                return None if found is None else not found
            case ast.BoolOp(op=operator, values=values):
                decisive = isinstance(operator, ast.Or)
                found_all = [self.truth(item) for item in values]
                if decisive in found_all:
                    return decisive
                return None if None in found_all else not decisive
        tested = condition(test, self._scope, self._conditions)
        return None if tested is None else self._at.holds(tested)
