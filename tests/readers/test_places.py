"""Where functions are in their files."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from types import FunctionType

import pytest

from sphinxext_apiplug.readers.closures import innermost
from sphinxext_apiplug.readers.places import Places

SOURCE = '''\
import functools


def wrap(f):
    @functools.wraps(f)
    def wrapped(*args):
        return f(*args)

    return wrapped


def first(): return """
at the very margin
"""


class Things:
    @wrap
    @functools.partial(
        lambda size, f: f, (1,
2)
    )
    def decorated(self, a, b=(1,
                              2)):
        """Documented."""
        if a:
            return {
                "a": [a],
            }
        else:
            pass

    def nested(self):
        text = """
no indentation here
        """

        def inner():
            return text
        return inner

    def ends_with_a_comment(self):
        try:
            raise ValueError(
                "a"
                "b"
            )
        finally:
            pass
        # The end.

    async def waits(self):
        async with self as thing:
            yield thing

    def only_a_docstring(self):
        """Nothing else."""
'''


@pytest.fixture(scope="module")
def functions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FunctionType]:
    """Name -> function, of an imported module."""
    file = tmp_path_factory.mktemp("code") / "placed.py"
    file.write_text(SOURCE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("placed", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    everything = {**vars(module), **vars(module.Things)}
    return {
        name: innermost(value)
        for name, value in everything.items()
        if isinstance(value, FunctionType)
    }


def test_a_function_is_the_same_alone_and_among_others(functions: dict[str, FunctionType]) -> None:
    """Parsing it by itself gives what parsing the whole file gives, lines included."""
    whole = {
        node.name: node
        for node in ast.walk(ast.parse(SOURCE))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert functions.keys() == whole.keys() - {"wrapped", "inner"}
    places = Places()
    for name in (
        "first",
        "decorated",
        "nested",
        "ends_with_a_comment",
        "waits",
        "only_a_docstring",
    ):
        node = places.node(functions[name])
        assert node is not None
        expected = ast.dump(whole[name], include_attributes=True)
        assert ast.dump(node, include_attributes=True) == expected, name


def test_decorators_belong_to_a_function(functions: dict[str, FunctionType]) -> None:
    """Its place is the line of its ``def``; its decorators can be looked at."""
    places = Places()
    # `innermost` went through the decorators, down to what they wrap at last.
    node = places.node(functions["wrap"])
    assert node is not None
    assert (node.lineno, places.of_function(functions["wrap"]).line) == (4, 4)


def test_no_source(tmp_path: Path) -> None:
    """What was made without a file has no place, and nothing fails."""
    space: dict[str, FunctionType] = {}
    exec(compile("def made(): return 1", str(tmp_path / "gone.py"), "exec"), space)
    assert Places().node(space["made"]) is None


def test_a_file_that_no_import_root_holds_keeps_its_packages(tmp_path: Path) -> None:
    file = tmp_path / "racks" / "api" / "shelves.py"
    file.parent.mkdir(parents=True)
    for folder in (file.parent, file.parent.parent):
        (folder / "__init__.py").touch()
    assert Places(path=[]).name(str(file)) == "racks/api/shelves.py"
    assert Places(path=[]).name(str(tmp_path / "alone.py")) == "alone.py"
