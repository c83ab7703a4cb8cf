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
ALL = "–"


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
        ("found = {}\nfound['a'] = 1\nfound[KEY] = 'x'\nfound[req] = 2\nreturn found",
         {"a": {"type": "integer"}, "k": {"type": "string"}}),
        ("found = {'a': {'b': 1}}\nfound['a']['c'] = 2\nfound['x']['y'] = 3\nreturn found",
         {"a": {"type": "object", "properties": {"b": {"type": "integer"},
                                                 "c": {"type": "integer"}},
                "required": ["b", "c"]}}),
        ("found = dict()\nfound.update({'a': 1})\nfound.update(req)\nreturn found",
         {"a": {"type": "integer"}}),
        ("return {'a': self.view(req)['seen'], 'b': self.view(req)['x']}",
         {"a": {"type": "boolean"}, "b": {}}),
        ("return self._maker.build(req)", {"k": {"type": "integer"}}),
        ("whole = {'a': {'b': 1}}\npart = whole['a']\npart['c'] = 2\nreturn whole",
         {"a": {"type": "object", "properties": {"b": {"type": "integer"},
                                                 "c": {"type": "integer"}},
                "required": ["b", "c"]}}),
        ("if req:\n    return {'a': {'x': 1}, 'b': 1}\nreturn {'a': {'y': 1, 'x': 2}, 'b': 'z'}",
         {"a": {"type": "object", "properties": {"x": {"type": "integer"},
                                                 "y": {"type": "integer"}},
                "required": ["x"]}, "b": {}}),
        ("x = req.all()\nif req:\n    y = 1\nx = {'a': x}\nreturn x", {"a": {}}),
        ("x = {'a': 1}\nif req:\n    return x\nx = {'b': x}\nreturn x",
         {"a": {"type": "integer"}, "b": {"type": "object", "properties": {
             "a": {"type": "integer"}}, "required": ["a"]}}),
        ("return self.listed(self.view, req)",
         {"all": {"type": "array", "items": {"type": "boolean"}}}),
        ("return self.listed(make=self.view, found=req)",
         {"all": {"type": "array", "items": {"type": "boolean"}}}),
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
        # Keys that come and go on the way.
        ("x = {'a': 1}\nif req:\n    x['b'] = 2\nreturn x", ["a"]),
        ("match req:\n    case 1:\n        return {'a': 1, 'b': 2}\nreturn {'a': 1}", ["a"]),
        ("x = {'a': 1}\nwith req:\n    x['b'] = 2\nreturn x", ["a", "b"]),
        ("x = {'a': 1}\nfor y in req:\n    x['b'] = y\nreturn x", ["a"]),
        ("x = {'a': 1, 'b': 2}\nif req:\n    del x['b']\nreturn x", ["a"]),
        ("x = {'a': 1, 'b': 2}\nx.pop('a', None)\nreturn x", ["b"]),
        ("x = {'a': 1}\nx.update(self.sometimes(req))\nreturn x", ["a", "d"]),
        # What a helper is told to do.
        ("return self.flat_or_not(req)", ["found"]),
        ("return self.flat_or_not(req, flat=True)", ["a"]),
        ("return self.flat_or_not(req, True)", ["a"]),
        ("return self.flat_or_not(req, flat=req.flat)", []),
        ("return self.flat_or_not(*req)", []),
        ("return self.flat_or_not(req, **req)", []),
        ("return self.changes(req)", []),
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
     "def inner():\n    return {'a': 1}\nreturn inner",
     "x = {'a': 1}\nif req:\n    x = req.other()\nreturn x"],
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
        ("raise ValueError", False),
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


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("x = {'a': 1}\nif req.version.matches('2.3'):\n    x['b'] = 2\nreturn x",
         [("–2.2", "a", "a"), ("2.3–", "a b", "a b")]),
        ("if req.version.matches('2.3'):\n    return {'a': 1}\nreturn {'b': 1}",
         [("–2.2", "b", "b"), ("2.3–", "a", "a")]),
        ("new = not req.v.matches(None, '2.2')\nx = {'a': 1}\nif new:\n    x['b'] = 2\nreturn x",
         [("–2.2", "a", "a"), ("2.3–", "a b", "a b")]),
        ("n = req.v.matches('2.3')\nn = req.x\nx = {'a': 1}\nif n:\n    x['b'] = 2\nreturn x",
         [(ALL, "a b", "a")]),
        ("x = {'a': 1}\nif req.admin and req.version.matches('2.3'):\n    x['b'] = 2\nreturn x",
         [("–2.2", "a", "a"), ("2.3–", "a b", "a")]),
        ("x = {'a': 1}\nif req.admin or req.version.matches('2.3'):\n    x['b'] = 2\nreturn x",
         [("–2.2", "a b", "a"), ("2.3–", "a b", "a b")]),
        ("if req.version.matches('2.3', '2.5'):\n    return {'a': 1}\nelse:\n    return {'b': 1}",
         [("–2.2", "b", "b"), ("2.3–2.5", "a", "a"), ("2.6–", "b", "b")]),
        # A test that makes no difference, and versions of which nothing is known.
        ("if req.version.matches('2.3'):\n    req.x()\nreturn {'a': 1}", [(ALL, "a", "a")]),
        ("if req.version.matches('2.3'):\n    return {'a': 1}\nreturn req.x()",
         [("2.3–", "a", "a")]),
        ("if not req.version.matches('2.3'):\n    raise ValueError\nreturn {'a': 1}",
         [("2.3–", "a", "a")]),
    ],
)  # fmt: skip
def test_versions(
    body: str,
    found: list[tuple[str, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The keys that a call gets at each version, and those that are always there."""
    schemas = schemas_of(body, tmp_path, monkeypatch)
    assert [
        (str(versions), " ".join(item["properties"]), " ".join(item["required"]))
        for versions, item in schemas
    ] == found


def shape_of(body: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The schema of a handler with that body, at the newest version."""
    schemas = schemas_of(body, folder, monkeypatch)
    return schemas[-1][1] if schemas else None


def schemas_of(body: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The schemas of a handler with that body, each with its versions."""
    name = f"answers{next(NUMBERS)}"
    text = f"""
class Response:
    pass

class Maker:
    def build(self, req):
        return {{"k": 1}}

def make(req):
    return Maker()

KEY = "k"

class C:
    _maker_class = Maker

    def sometimes(self, req):
        if req:
            return {{"d": 1, "e": 2}}
        return {{"d": 1}}

    def flat_or_not(self, req, flat=False):
        if flat:
            return {{"a": 1}}
        return {{"found": 1}}

    def listed(self, make, found):
        return {{"all": [make(item)["seen"] for item in found]}}

    def changes(self, req, flat=False):
        flat = flat or req.flat
        if flat:
            return {{"a": 1}}
        return {{"found": 1}}

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
    return read_answer(module.C.handler, module.C, Places([str(folder)])).schemas
