"""Fields, bounds and versions as a reader sees them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sphinxext_apiplug.inventory.model import Payload
from sphinxext_apiplug.inventory.timeline import fold
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange
from sphinxext_apiplug.reference.nodes import FieldRow
from sphinxext_apiplug.reference.render.fields import field_rows
from sphinxext_apiplug.reference.render.values import bound, choices, value
from sphinxext_apiplug.reference.render.versions import full_words, words
from tests.reference.render.inventories import obj

WITHIN = VersionRange.parse("1.0-1.9")


def rows(*versioned: tuple[str, Any]) -> dict[str, FieldRow]:
    payloads = [
        Payload(schema=schema, versions=VersionRange.parse(text)) for text, schema in versioned
    ]
    return {row.parent + row.name: row for row in field_rows(fold(payloads, WITHIN), WITHIN)}


def notes(row: FieldRow) -> list[str]:
    return ["".join(f"`{span.text}`" if span.code else span.text for span in note)
            for note in row.notes]  # fmt: skip


def badges(row: FieldRow) -> list[str]:
    return [badge.text for badge in row.badges]


@pytest.mark.parametrize(
    ("versions", "within", "expected"),
    [
        ("-", "1.0-1.3", ""),
        ("1.0-1.3", "1.0-1.3", ""),
        ("0.5-9.0", "1.0-1.3", ""),
        ("1.2-", "1.0-1.3", "since 1.2"),
        ("1.2-1.3", "1.0-1.3", "since 1.2"),
        ("-1.1", "1.0-1.3", "until 1.1"),
        ("1.1-1.2", "1.0-1.3", "1.1 to 1.2"),
        ("1.1", "1.0-1.3", "only 1.1"),
        ("1.0", "1.0-1.3", "until 1.0"),
        ("2.10-", "-", "since 2.10"),
    ],
)
def test_words(versions: str, within: str, expected: str) -> None:
    assert words(VersionRange.parse(versions), VersionRange.parse(within)) == expected


def test_full_words() -> None:
    assert full_words(VersionRange.parse("1.0-1.3")) == "1.0 to 1.3"
    assert full_words(VersionRange.parse("2.1")) == "2.1"
    assert full_words(ALL_VERSIONS) == ""


def test_field_that_came_later_says_so() -> None:
    found = rows(("-1.1", obj(a={})), ("1.2-", obj(a={}, b={"type": "boolean"})))
    assert badges(found["a"]) == []
    assert badges(found["b"]) == ["since 1.2"]


def test_field_that_went_and_came_back() -> None:
    found = rows(("-1.1", obj(a={})), ("1.2-1.3", obj()), ("1.4-", obj(a={})))
    assert badges(found["a"]) == ["until 1.1", "since 1.4"]


def test_what_is_in_a_new_field_needs_no_badge() -> None:
    inner = obj(b={}, c={})
    found = rows(("-1.1", obj()), ("1.2-1.4", obj(a=obj(b={}))), ("1.5-", obj(a=inner)))
    assert badges(found["a"]) == ["since 1.2"]
    assert badges(found["a.b"]) == []
    assert badges(found["a.c"]) == ["since 1.5"]


def test_older_states_say_only_what_was_otherwise() -> None:
    old = {"type": "string", "maxLength": 10, "default": "x"}
    new = {"type": ["string", "null"], "maxLength": 20, "default": "x"}
    found = rows(("-1.1", obj(a=old)), ("1.2-", obj(("a",), a=new)))
    assert found["a"].type == "string or null"
    assert found["a"].mark == "required"
    assert notes(found["a"]) == [
        "up to 20 characters, default `x`",
        "until 1.1: string, optional, up to 10 characters",
    ]


def test_what_an_older_state_lacked_is_named() -> None:
    found = rows(
        ("-1.1", obj(a={"type": "integer"})),
        ("1.2-", obj(a={"type": "integer", "minimum": 1, "default": 3, "enum": [3, 4]})),
    )
    assert notes(found["a"])[1] == "until 1.1: no bounds, any value, no default"


def test_paths_of_items() -> None:
    inner = {"type": "array", "items": {"type": "array", "items": obj(z={"type": "string"})}}
    found = rows(("-", obj(a=obj(b={"type": "array", "items": obj(c={})}), m=inner)))
    assert {"a.b[].c", "m[][].z"} <= set(found)
    assert found["a.b[].c"].depth == 2


def test_names_that_are_no_names() -> None:
    schema = {
        "type": "object",
        "patternProperties": {"^x-": {"type": "string"}},
        "additionalProperties": {"type": "integer"},
        "properties": {"*": {"type": "null"}},
    }
    found = list(field_rows(fold([Payload(schema=schema)]), ALL_VERSIONS))
    assert [(row.name, notes(row)) for row in found] == [
        ("*", []),
        ("^x-", ["any name that matches this pattern"]),
        ("*", ["any other name"]),
    ]


def test_a_body_that_is_no_object() -> None:
    found = list(field_rows(fold([Payload(schema={"type": "string"})]), ALL_VERSIONS))
    assert [(row.name, row.type) for row in found] == [("(unnamed)", "string")]
    assert notes(found[0]) == ["the body itself"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("auto", "auto"),
        ("", '""'),
        ("true", '"true"'),
        ("12", '"12"'),
        (" padded ", '" padded "'),
        (True, "true"),
        (None, "null"),
        (1.5, "1.5"),
        ({"a": [1]}, '{"a": [1]}'),
        ("x" * 500, "x" * 119 + "…"),
        ("a\u202eb", "ab"),
    ],
)
def test_value(data: Any, expected: str) -> None:
    assert value(data) == (expected, True)


def test_choices() -> None:
    assert "".join(span.text for span in choices(["a", "b"])) == "one of a b"
    assert "".join(span.text for span in choices(["a", "1"])) == 'one of "a" "1"'
    assert "".join(span.text for span in choices(["a"])) == "always a"
    assert choices(list(range(100)))[-1].text == " and 96 more"


def test_bound_sets_what_is_quoted_as_code() -> None:
    assert bound("each one of `a`, `b`") == (
        ("each one of ", False), ("a", True), (", ", False), ("b", True),
    )  # fmt: skip


def test_rows_are_data() -> None:
    row = next(iter(rows(("-", obj(a={"type": "string"}))).values()))
    assert msgspec.json.decode(msgspec.json.encode(row), type=FieldRow) == row
