"""The fields of a body that a handler's code asks for."""

from __future__ import annotations

import importlib
import textwrap
from itertools import count
from pathlib import Path

import pytest

from sphinxext_apiplug.readers.demanded import demanded
from sphinxext_apiplug.readers.places import Places

NUMBERS = count()
HELPERS = """
class Bad(Exception):
    code = 400

def host_of(params):
    cluster = params.get('cluster')
    host = params.get('host')
    if bool(cluster) == bool(host):
        raise Bad()
    return host

def made(name, size=None):
    if size is None:
        raise Bad()

"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("rack = body['a']\nname = rack.get('name')\nif name is None:\n    raise Bad()", {"name"}),
        ("name = body['a'].get('name')\nif not name or name != 3:\n    raise Bad()", {"name"}),
        ("if 'name' not in body['rack']:\n    raise Bad()", {"name"}),
        ("if 'name' in body:\n    pass\nelse:\n    raise Bad()", {"name"}),
        ("if body.get('name', '').strip():\n    return\nelse:\n    raise Bad()", {"name"}),
        # What is there and no good says nothing of what isn't there.
        ("name = body.get('name')\nif name:\n    raise Bad()", set()),
        ("if 'name' in body:\n    raise Bad()", set()),
        ("if body.get('name') is not None and body.get('size'):\n    raise Bad()", set()),
        # Nor does what else was found with it, nor what is no body.
        ("rack = find(req, id=body.get('id'))\nif not rack:\n    raise Bad()", set()),
        ("rack = body['rack']\nif not req.x.get('name'):\n    raise Bad()", set()),
        ("if not body.get('name'):\n    return None", set()),
        # Helpers that are given the body, or values of it.
        ("host_of(body)", {"cluster", "host"}),
        ("made('x', size=body['rack'].get('size'))", {"size"}),
        ("made(body['rack']['name'], 3)", set()),
        ("len(body)", set()),
    ],
)  # fmt: skip
def test_fields_that_code_refuses_to_miss(
    code: str, expected: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"asking{next(NUMBERS)}"
    text = f"{HELPERS}def handler(self, req, body):\n{textwrap.indent(code, '    ')}\n"
    (tmp_path / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    module = importlib.import_module(name)
    assert demanded(module.handler, None, Places()) == expected


def test_a_handler_without_a_body_asks_for_no_field() -> None:
    def handler(self, req, limits):
        if not limits.get("name"):
            raise ValueError

    assert demanded(handler, None, Places()) == frozenset()
