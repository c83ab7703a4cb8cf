"""Actions that one method tells apart by the body's first key.

Services without a decorator for actions look the key up in a table of methods,
or ask for each action whether it is in the body::

    _actions = {"stop": self._action_stop, "reboot": self._action_reboot}
    if "reset" in body:
        return self._action_reset(req, body)
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from types import FunctionType
from typing import Final

from sphinxext_apiplug.readers.closures import innermost, static_function
from sphinxext_apiplug.readers.places import Places

#: What a method is called that serves the actions of a resource.
ACTION_METHOD: Final = "action"

_BODY: Final = "body"


def branches(
    function: FunctionType, owner: type, places: Places
) -> dict[str, FunctionType | None]:
    """The actions that a method knows, and which method each is left to.

    :param function: the method, without its decorators
    :return: action -> method, without its decorators; ``None`` if that can't be told
    """
    node = places.node(function)
    if node is None or _BODY not in [item.arg for item in node.args.args]:
        return {}
    found: dict[str, FunctionType | None] = {}
    for item in ast.walk(node):
        pairs: Iterable[tuple[str, FunctionType | None]] = ()
        if isinstance(item, ast.Assign | ast.AnnAssign) and isinstance(item.value, ast.Dict):
            pairs = _table(item.value, owner)
        elif isinstance(item, ast.If):
            pairs = ((name, _answering(item.body, owner)) for name in _asked_for(item.test))
        for name, target in pairs:
            found[name] = found.get(name) or target
    return found


def parts(function: FunctionType, owner: type, places: Places) -> list[FunctionType]:
    """The methods that a method chooses from, by any key."""
    node = places.node(function)
    found: dict[FunctionType, None] = {}
    for item in () if node is None else ast.walk(node):
        if isinstance(item, ast.Assign | ast.AnnAssign) and isinstance(item.value, ast.Dict):
            found |= {target: None for _, target in _table(item.value, owner) if target}
    return list(found)


def _table(node: ast.Dict, owner: type) -> list[tuple[str, FunctionType | None]]:
    """The entries of a table, if all are methods under names."""
    found = [
        (key.value, _method(value, owner))
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    ]
    whole = len(found) == len(node.keys) and all(target for _, target in found)
    return found if whole else []


def _asked_for(test: ast.expr) -> Iterator[str]:
    """The keys that a condition asks the body for."""
    for item in ast.walk(test):
        match item:
            case ast.Compare(
                left=ast.Constant(value=str(name)),
                ops=[ast.In()],
                comparators=[ast.Name(id="body")],
            ):
                yield name


def _answering(statements: list[ast.stmt], owner: type) -> FunctionType | None:
    """The method whose answer is returned."""
    for item in statements:
        match item:
            case ast.Return(value=ast.Call(func=func)):
                return _method(func, owner)
    return None


def _method(node: ast.expr, owner: type) -> FunctionType | None:
    match node:
        case ast.Attribute(value=ast.Name(id="self"), attr=name):
            found = static_function(owner, name)
            return None if found is None else innermost(found)
    return None
