"""The rooms import downwards only, and no module or function outgrows its room."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sphinxext_apiplug

PACKAGE = Path(sphinxext_apiplug.__file__).parent
# From the top down; a room may import itself and what stands below it.
ROOMS = (
    "cli", "reference", "project", "checks", "openapi", "collect", "readers", "handwritten",
    "inventory",
)  # fmt: skip
# These see nothing but data.
PURE_ROOMS = ("project", "checks", "openapi")
DATA_ROOMS = ("handwritten", "inventory")
SPHINX_ROOMS = ("reference",)
# Reads conf.py as Sphinx does, and imports Sphinx for that alone.
SPHINX_LATE = ("cli/conf.py",)
MODULE_LINES = 400
FUNCTION_LINES = 50

MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Every absolute name that is imported, at any depth."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import"
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def parsed(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def room_of(module: str) -> str:
    return module.partition("/")[0]


@pytest.mark.parametrize("module", [name for name in MODULES if room_of(name) in ROOMS])
def test_imports_go_downwards(module: str) -> None:
    room = room_of(module)
    below = {room, *DATA_ROOMS} if room in PURE_ROOMS else {*ROOMS[ROOMS.index(room) :]}
    ours = [name.split(".") for name, _ in imported(parsed(module))]
    rooms = {parts[1] for parts in ours if parts[0] == "sphinxext_apiplug" and len(parts) > 1}
    assert rooms <= below, f"{module} imports from a room above it"


@pytest.mark.parametrize("module", [name for name in MODULES if room_of(name) in ROOMS])
def test_sphinx_is_known_to_the_reference_alone(module: str) -> None:
    tree = parsed(module)
    found = {
        (name, node in tree.body)
        for name, node in imported(tree)
        if name.partition(".")[0] in {"sphinx", "docutils"}
    }
    if room_of(module) in SPHINX_ROOMS:
        return
    if module in SPHINX_LATE:
        assert not any(at_the_top for _, at_the_top in found)
        return
    assert not found


def test_every_module_stands_in_a_room() -> None:
    assert {room_of(name) for name in MODULES} <= {*ROOMS, "__init__.py"}


@pytest.mark.parametrize("module", MODULES)
def test_module_has_one_subject(module: str) -> None:
    lines = (PACKAGE / module).read_text(encoding="utf-8").count("\n")
    assert lines <= MODULE_LINES


@pytest.mark.parametrize("module", MODULES)
def test_functions_do_one_thing(module: str) -> None:
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(parsed(module))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= FUNCTION_LINES
    }
    assert not long


def test_package_alone_imports_no_sphinx() -> None:
    code = (
        "import sys, sphinxext_apiplug.cli.main, sphinxext_apiplug.cli.list\n"
        "import sphinxext_apiplug.collect.api, sphinxext_apiplug.openapi\n"
        "sys.exit(' '.join(name for name in ('sphinx', 'docutils') if name in sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stderr.strip() == ""
