"""Documents are written so that code generators lose nothing."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from msgspec import structs

from sphinxext_apiplug.inventory.model import Example, Payload, Response
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.validate import validate
from tests.openapi.making import operations, plain, small

VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, 1.5, "", "a", "A", "True", "SOFT", "soft", "Soft", "1", {}, [], [1],
    {"a": 1},
)  # fmt: skip


def written(schema: Any) -> Any:
    """A schema as the document has it."""
    body = {"type": "object", "properties": {"a": schema}}
    inventory = small(plain("create", "POST", "/a", request=(Payload(schema=body),)))
    document = build(inventory)
    assert validate(document, inventory) == ()
    return document["components"]["schemas"]["TreesCreateRequest"]["properties"]["a"]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"enum": ["a", "b"]}, {"enum": ["a", "b"]}),
        ({"type": "integer", "enum": [1, 2]}, {"type": "integer", "enum": [1, 2]}),
        (
            {"enum": ["soft", "SOFT", "hard"], "description": "How."},
            {
                "description": "How.",
                "type": "string",
                "enum": ["soft", "SOFT", "hard"],
                "x-enum-varnames": ["SOFT", "SOFT_2", "HARD"],
            },
        ),
        (
            {"type": ["boolean", "string"], "enum": [True, "True", False, "no"]},
            {"anyOf": [{"type": "boolean"}, {"type": "string", "enum": ["True", "no"]}]},
        ),
        (
            {"enum": ["None", None, {}]},
            {
                "anyOf": [
                    {"type": "string", "enum": ["None"]},
                    {"type": "null"},
                    {"type": "object", "maxProperties": 0},
                ]
            },
        ),
        ({"type": "boolean", "enum": [True]}, {"type": "boolean", "const": True}),
        ({"enum": [{"a": 1}, "x"]}, {"enum": [{"a": 1}, "x"]}),
        (True, {}),
        (False, {"not": {}}),
        ({"anyOf": [True, {"type": "null"}]}, {"anyOf": [{}, {"type": "null"}]}),
        (
            {"type": "array", "prefixItems": [{"type": "string"}], "items": False},
            {"type": "array", "prefixItems": [{"type": "string"}], "items": {}, "maxItems": 1},
        ),
        (
            {"type": "array", "items": False, "maxItems": 3},
            {"type": "array", "items": {}, "maxItems": 0},
        ),
    ],
)
def test_schema_is_written_for_generators(schema: Any, expected: Any) -> None:
    found = written(schema)
    assert found == expected
    before, after = (jsonschema.Draft202012Validator(item) for item in (schema, found))
    for value in VALUES:
        assert before.is_valid(value) == after.is_valid(value)


def answering(action: str, body: Any) -> Any:
    return plain(
        f"act-{action}",
        "POST",
        "/a/action",
        action=action,
        request=(Payload(schema=True),),
        responses=(Response(status=200, description="", payloads=(Payload(schema=body),)),),
    )


def test_title_is_used_once() -> None:
    inner = {"type": "object", "title": "Tree", "properties": {"a": {"type": "string"}}}
    one, two = (
        {"type": "object", "title": "Tree", "properties": {name: inner}} for name in ("x", "y")
    )
    document = build(small(answering("one", one), answering("two", two)))
    schemas = document["components"]["schemas"]
    assert schemas["TreesOneResponse"]["title"] == "Tree (TreesOneResponse)"
    assert schemas["TreesTwoResponse"]["title"] == "Tree (TreesTwoResponse)"
    assert "title" not in schemas["TreesOneResponse"]["properties"]["x"]
    assert schemas["TreesOneRequest"]["title"] == "one"


def test_title_is_no_other_components_name() -> None:
    taken = {"type": "object", "title": "trees two response"}
    document = build(small(answering("one", taken), answering("two", {"type": "object"})))
    own = document["components"]["schemas"]["TreesOneResponse"]["title"]
    assert own == "trees two response (TreesOneResponse)"


def test_members_of_a_choice_are_components() -> None:
    schema = {
        "type": "object",
        "oneOf": [
            {"properties": {"tree": {"$ref": "#/$defs/tree"}}, "required": ["tree"]},
            {"title": "Many trees", "properties": {"count": {"type": "integer"}}},
            {"type": "null"},
        ],
        "$defs": {"tree": {"type": "object"}},
    }
    inventory = small(plain("create", "POST", "/a", request=(Payload(schema=schema),)))
    document = build(inventory)
    schemas = document["components"]["schemas"]
    assert schemas["TreesCreateRequest"]["oneOf"] == [
        {"$ref": "#/components/schemas/TreesCreateRequestTree"},
        {"$ref": "#/components/schemas/TreesCreateRequestManyTrees"},
        {"type": "null"},
    ]
    assert schemas["TreesCreateRequestTree"]["properties"] == {
        "tree": {"$ref": "#/components/schemas/Tree"}
    }
    assert validate(document, inventory) == ()


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({}, {"type": "object", "properties": {"lock": {}}, "required": ["lock"]}),
        (
            {"type": "object", "properties": {"lock": {"type": "null"}}, "required": ["x"]},
            {"required": ["lock", "x"], "properties": {"lock": {"type": "null"}, "x": {}}},
        ),
        ({"additionalProperties": False, "properties": {"lock": {}}}, {"required": ["lock"]}),
    ],
)
def test_body_of_an_action_has_its_key(schema: Any, expected: Any) -> None:
    lock = answering("lock", True)
    lock = structs.replace(
        lock,
        request=(Payload(schema=schema),),
        examples=(Example(path="/a/action", body="example"),),
    )
    document = build(small(lock, answering("pause", True)))
    body = document["components"]["schemas"]["TreesLockRequest"]
    assert expected.items() <= body.items()
    validator = jsonschema.Draft202012Validator(body)
    assert not validator.is_valid({"pause": {}})
    assert not validator.is_valid({"lock": None, "pause": {}, "x": 1})
    media = operations(document)["trees-action"]["requestBody"]["content"]["application/json"]
    assert "example" not in media


def test_reasons_for_a_code_name_their_actions() -> None:
    texts = {"lock": "It is locked.", "pause": "It is paused.", "stop": "It is locked."}
    actions = [
        structs.replace(
            answering(action, True), responses=(Response(status=409, description=text),)
        )
        for action, text in texts.items()
    ]
    conflict = operations(build(small(*actions)))["trees-action"]["responses"]["409"]
    assert conflict["description"] == "- lock, stop: It is locked.\n- pause: It is paused."
