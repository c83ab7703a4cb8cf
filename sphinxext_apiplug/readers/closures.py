"""Decorators, read from the closures that they leave behind.

Services of this family keep what their decorators were given in the wrapper's
free variables only. Each wrapper is a layer; the layers are walked from the
outermost to the function that somebody wrote.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from types import CellType, FunctionType
from typing import Any

import msgspec

# What decorators call the function that they wrap, where functools.wraps wasn't used.
_WRAPPED_NAMES = ("f", "func", "function", "fn", "method")
_DEEPEST = 50


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """One wrapper: its function, and its free variables by name."""

    function: Any
    cells: Mapping[str, Any]


def layers(function: FunctionType) -> Iterator[Layer]:
    """All layers from the outermost to the innermost, which is the handler itself."""
    current: FunctionType | None = function
    for _ in range(_DEEPEST):
        if current is None:
            return
        cells = dict(_cells(current))
        yield Layer(function=current, cells=cells)
        current = _next(current, cells)


def innermost(function: FunctionType) -> FunctionType:
    """The function that somebody wrote, under all decorators."""
    found: FunctionType = function
    for layer in layers(function):
        found = layer.function
    return found


def static_function(owner: type, name: str) -> FunctionType | None:
    """A method as it stands in the class, without running any descriptor."""
    value = inspect.getattr_static(owner, name, None)
    if isinstance(value, staticmethod | classmethod):
        value = value.__func__
    return value if isinstance(value, FunctionType) else None


def _cells(function: FunctionType) -> Iterator[tuple[str, Any]]:
    closure: tuple[CellType, ...] = function.__closure__ or ()
    for name, cell in zip(function.__code__.co_freevars, closure, strict=True):
        try:
            yield name, cell.cell_contents
        except ValueError:  # An empty cell: the variable was never bound.
            continue


def _next(function: FunctionType, cells: Mapping[str, Any]) -> FunctionType | None:
    wrapped = vars(function).get("__wrapped__")
    if isinstance(wrapped, FunctionType):
        return wrapped
    for name in _WRAPPED_NAMES:
        if isinstance(cells.get(name), FunctionType):
            found: FunctionType = cells[name]
            return found
    return None
