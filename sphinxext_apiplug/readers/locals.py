"""What the local names of a function stand for, at some place of a way through it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TypeVar

from sphinxext_apiplug.readers.answer_keys import Path
from sphinxext_apiplug.readers.reached import Step
from sphinxext_apiplug.readers.values import Scope

_Found = TypeVar("_Found")


class Locals:
    """The names that the steps of one function are given.

    A place is the number of a step.
    """

    def __init__(self, steps: Sequence[Step], scope: Scope) -> None:
        self._steps = steps
        self._scope = scope
        # Those before the place that is looked at.
        self._seen = steps
        self._busy: set[str] = set()

    def returns(self) -> list[tuple[int, ast.expr]]:
        """What is returned, each with its place."""
        return [
            (place, item.value)
            for place, (item, _) in enumerate(self._steps)
            if isinstance(item, ast.Return) and item.value is not None
        ]

    def returns_at_all(self) -> bool:
        """Whether there is a return, be it of nothing."""
        return any(isinstance(item, ast.Return) for item, _ in self._steps)

    def as_of(self, place: int, look: Callable[[ast.expr], _Found], node: ast.expr) -> _Found:
        """What an expression is, where only the steps before a place have been gone."""
        before, self._seen = self._seen, self._steps[:place]
        found = look(node)
        self._seen = before
        return found

    def since(self, place: int) -> Sequence[Step]:
        """The steps from a place up to the one that is looked at."""
        return self._seen[place:]

    def assigned(self, name: str) -> list[tuple[int, ast.expr]]:
        """What a name may have been given last, each with its place."""
        found: list[tuple[int, ast.expr]] = []
        for place, (item, certain) in enumerate(self._seen):
            if isinstance(item, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == name for target in item.targets
            ):
                found = [] if certain else found
                found.append((place, item.value))
        return found

    def path(self, node: ast.expr, name: str) -> Path | None:
        """The keys that lead from a name to an expression; ``None`` if it isn't there."""
        keys: list[str] = []
        while isinstance(node, ast.Subscript):
            key = self._scope.value(node.slice)
            if not isinstance(key, str):
                return None
            keys.insert(0, key)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        return tuple(keys) if node.id == name else self._path_of_part(node.id, name, keys)

    def _path_of_part(self, part: str, name: str, keys: Sequence[str]) -> Path | None:
        """The same below a name that stands for a part: ``part = whole['x']``."""
        assigned = [value for _, value in self.assigned(part)]
        if len(assigned) != 1 or not isinstance(assigned[0], ast.Subscript) or part in self._busy:
            return None
        self._busy.add(part)
        path = self.path(assigned[0], name)
        self._busy.discard(part)
        return None if path is None else (*path, *keys)
