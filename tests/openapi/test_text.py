"""Documents as JSON and YAML."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json, to_yaml
from tests.openapi import inventories

# The core schema of YAML 1.2, which PyYAML doesn't speak: plain scalars that are no texts.
YAML_12 = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)


@pytest.mark.parametrize("make", [inventories.ordinary, inventories.bare, inventories.hostile])
@pytest.mark.parametrize("version", [None, "all"])
def test_both_say_the_same(make: Any, version: str | None) -> None:
    document = build(make(), version)
    assert json.loads(to_json(document)) == document
    assert yaml.safe_load(to_yaml(document)) == document


@pytest.mark.parametrize(
    "text",
    ["yes", "no", "on", "null", "~", "1.0", "1", "1e3", ".5", "0o14", "0x1F", "1_000", "12:30",
     "2026-01-01", "", " ", "#", "a: b", "- a", "&a", "*a", "!a", "%a", "@a", "`a", "=", "<<"],
)  # fmt: skip
def test_text_stays_text_in_yaml_1_1_and_1_2(text: str) -> None:
    written = to_yaml({"a": text}).decode()
    assert yaml.safe_load(written) == {"a": text}
    scalar = written.removeprefix("a: ").rstrip("\n")
    assert scalar[0] in "'\"" or not YAML_12.fullmatch(scalar)


def test_yaml_has_blocks_for_lines_and_no_aliases() -> None:
    shared = {"a": "first\nsecond\n"}
    assert to_yaml({"x": shared, "y": shared}).decode() == (
        "x:\n  a: |\n    first\n    second\ny:\n  a: |\n    first\n    second\n"
    )


def test_text_is_utf_8_that_ends_with_one_line_break() -> None:
    document = {"a": "Ünï\U0001f4a5"}
    for data in (to_json(document), to_yaml(document)):
        assert "Ünï" in data.decode()
        assert data.endswith(b"\n")
        assert not data.endswith(b"\n\n")
