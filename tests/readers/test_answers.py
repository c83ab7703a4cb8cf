"""The shape of answers, as far as code shows it."""

from __future__ import annotations

import importlib
import textwrap
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from sphinxext_apiplug.readers.answers import read_answer
from sphinxext_apiplug.readers.places import Places

NUMBERS = count()


@pytest.mark.parametrize(
    ("body", "properties"),
    [
        ("return {'a': 1, 'b': 'x', 'c': None, 'd': f'{req}'}",
         {"a": {"type": "integer"}, "b": {"type": "string"}, "c": {}, "d": {"type": "string"}}),
        ("return dict(a=[x for x in req])", {"a": {"type": "array", "items": {}}}),
        ("found = []\nfor x in req:\n    found.append({'n': x})\nreturn {'a': found}",
         {"a": {"type": "array", "items": {"type": "object", "properties": {"n": {}},
                                           "required": ["n"]}}}),
        ("return self.view(req)", {"seen": {"type": "boolean"}}),
        ("maker = make(req)\nreturn {'a': maker.build(req)}",
         {"a": {"type": "object", "properties": {"k": {"type": "integer"}}, "required": ["k"]}}),
        ("if req:\n    return {'a': 1}\nreturn {'a': 2, 'b': 3}",
         {"a": {"type": "integer"}, "b": {"type": "integer"}}),
        ("try:\n    return {'a': 1}\nexcept ValueError:\n    return None",
         {"a": {"type": "integer"}}),
    ],
)  # fmt: skip
def test_known_shapes(
    body: str, properties: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Literals, local names, helpers and objects that helpers make."""
    shape = shape_of(body, tmp_path, monkeypatch)
    assert shape["properties"] == properties


@pytest.mark.parametrize(
    ("body", "required"),
    [
        ("if req:\n    return {'a': 1}\nreturn {'a': 2, 'b': 3}", ["a"]),
        ("if req:\n    return None\nreturn {'a': 1}", ["a"]),
        ("if req:\n    return Response(status_int=204)\nreturn {'a': 1}", ["a"]),
        ("if req:\n    return Response({'a': 1}, 202)\nreturn {'a': 1, 'b': 2}", ["a"]),
        # What it returns otherwise may have other keys.
        ("if req:\n    return req.other()\nreturn {'a': 1}", []),
        ("if req:\n    return {}\nreturn {'a': 1}", []),
        ("if req:\n    return {req: 1}\nreturn {'a': 1}", []),
    ],
)
def test_what_is_always_there(
    body: str, required: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that every answer has; none where one can't be told."""
    assert shape_of(body, tmp_path, monkeypatch).get("required", []) == required


@pytest.mark.parametrize(
    "body",
    ["return req.other()", "x = x\nreturn x", "return {req: 1}", "return self.loop(req)",
     "def inner():\n    return {'a': 1}\nreturn inner"],
)  # fmt: skip
def test_unknown_shapes(body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is made up, and nothing runs for ever."""
    assert shape_of(body, tmp_path, monkeypatch) is None


@pytest.mark.parametrize(
    ("body", "nothing"),
    [
        ("pass", True),
        ("if req:\n    return\nreturn None", True),
        ("def inner():\n    return 1\ninner()", True),
        ("return Response(status_int=202)", True),
        ("return Response('text')", False),
        ("return Response(status_int=200, body=b'x')", False),
        ("return Response()", False),
        ("if req:\n    return req\nreturn None", False),
    ],
)
def test_no_body(
    body: str, nothing: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A handler that returns nothing, or an answer that only has a code."""
    assert (shape_of(body, tmp_path, monkeypatch) == {"type": "null"}) is nothing


def test_sometimes_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what every answer has is required."""
    shape = shape_of(
        "if req:\n    return {'a': 1}\nreturn {'a': 2, 'b': 3}", tmp_path, monkeypatch
    )
    assert shape["required"] == ["a"]


def shape_of(body: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The schema of a handler with that body."""
    name = f"answers{next(NUMBERS)}"
    text = f"""
class Response:
    pass

class Maker:
    def build(self, req):
        return {{"k": 1}}

def make(req):
    return Maker()

class C:
    def view(self, req):
        return {{"seen": True}}

    def loop(self, req):
        return self.loop(req)

    def handler(self, req):
{textwrap.indent(body, "        ")}
"""
    (folder / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(str(folder))
    module = importlib.import_module(name)
    return read_answer(module.C.handler, module.C, Places([str(folder)])).schema
