"""Where in conf.py a setting stands."""

from __future__ import annotations

import ast
from pathlib import Path


def setting_lines(conf: Path, variable: str) -> dict[tuple[object, object], int]:
    """The lines of a dict of dicts that is written out in conf.py.

    :param variable: the name that the dict is assigned to
    :returns: (outer key, inner key) -> line; the inner key is ``None`` for
        the outer key's own line, and both are for the assignment's. Without
        conf.py (everything was given on the command line) there are none.
    """
    try:
        tree = ast.parse(conf.read_bytes())
    except (FileNotFoundError, SyntaxError):
        return {}
    lines: dict[tuple[object, object], int] = {}
    for statement in tree.body:
        if _assigns(statement, variable):
            lines[None, None] = statement.lineno
            lines |= _dict_lines(getattr(statement, "value", None))
    return lines


def _assigns(statement: ast.stmt, variable: str) -> bool:
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    else:
        return False
    return any(isinstance(item, ast.Name) and item.id == variable for item in targets)


def _dict_lines(outer: ast.expr | None) -> dict[tuple[object, object], int]:
    lines: dict[tuple[object, object], int] = {}
    for name, name_line, entry in _items(outer):
        lines[name, None] = name_line
        lines |= {(name, key): line for key, line, _ in _items(entry)}
    return lines


def _items(node: ast.expr | None) -> list[tuple[object, int, ast.expr]]:
    if not isinstance(node, ast.Dict):
        return []
    return [
        (key.value, key.lineno, value)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant)
    ]
