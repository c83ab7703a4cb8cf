"""The fast validator changes how long validation takes, and nothing else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from sphinxext_apiplug.openapi import checker, fast
from sphinxext_apiplug.openapi.checker import findings
from sphinxext_apiplug.openapi.document import build
from tests.openapi import inventories
from tests.openapi.test_validate import BROKEN

Document = dict[str, Any]


def schema_of(document: Document) -> Document:
    found: Document = document["components"]["schemas"]["ZonesCreateRequest"]
    return found


def set_body(**keywords: Any) -> Callable[[Document], None]:
    return lambda document: schema_of(document).update(keywords)


def forget_title(document: Document) -> None:
    del document["info"]["title"]


def repeat_operation_id(document: Document) -> None:
    document["paths"]["/v1/zones"]["get"]["operationId"] = "zones-create"


def repeat_parameter(document: Document) -> None:
    parameters = document["paths"]["/v1/zones"]["get"]["parameters"]
    parameters.append(copy.deepcopy(parameters[0]))


def lose_path_parameter(document: Document) -> None:
    document["paths"]["/v1/zones/{id}"]["get"]["parameters"].pop(0)


def set_dialect(document: Document) -> None:
    document["jsonSchemaDialect"] = "https://json-schema.org/draft/2020-12/schema"
    schema_of(document)["type"] = "nonsense"


def break_several(document: Document) -> None:
    forget_title(document)
    for number, schema in enumerate(document["components"]["schemas"].values()):
        schema["minProperties"] = f"{number}"


CHANGES: dict[str, Callable[[Document], None]] = {
    "nothing": lambda document: None,
    "type": set_body(type="nonsense"),
    "not a number": set_body(minProperties="a"),
    "boolean as in draft 4": set_body(exclusiveMinimum=True),
    "pattern": set_body(properties={"a": {"pattern": "("}}),
    "pattern of another language": set_body(properties={"a": {"pattern": r"\p{L}"}}),
    "pattern of a key": set_body(patternProperties={"[": {}}),
    "reference that is none": set_body(properties={"a": {"$id": "a b"}}),
    "default": set_body(properties={"a": {"type": "string", "default": 1}}),
    "default further inside": set_body(anyOf=[{"items": {"type": "string", "default": 1}}]),
    "default of the wrong format": set_body(
        properties={"a": {"type": "string", "format": "uuid", "default": "x"}}
    ),
    "required, but nowhere": set_body(allOf=[{"properties": {}}], required=["x", "zone"]),
    "own dialect": set_body(**{"$schema": "https://example.org/dialect"}),
    "draft 4 as dialect": set_body(**{"$schema": "http://json-schema.org/draft-04/schema#"}),
    "list in place of a schema": set_body(properties={"a": []}),
    "number in place of a schema": set_body(items=7),
    "discriminator": set_body(discriminator={"propertyName": 1}),
    "no title": forget_title,
    "two operations of one id": repeat_operation_id,
    "two parameters of one name": repeat_parameter,
    "path parameter that isn't there": lose_path_parameter,
    "dialect of the document": set_dialect,
    "many faults": break_several,
}
# Whether these are errors depends on the release of openapi-spec-validator.
UNSURE = {
    "pattern of a key", "reference that is none", "own dialect", "draft 4 as dialect",
    "discriminator",
}  # fmt: skip


def both(document: Document) -> tuple[list[Any], list[Any]]:
    """What is found with the fast validator, and without."""
    found = []
    for is_fast in (True, False):
        items = findings(copy.deepcopy(document), is_fast=is_fast)
        found.append(sorted((item.message, [str(part) for part in item.parts]) for item in items))
    return found[0], found[1]


@pytest.mark.parametrize("name", CHANGES)
def test_errors_of_a_changed_document_are_the_same(name: str) -> None:
    document = copy.deepcopy(build(inventories.ordinary()))
    CHANGES[name](document)
    with_it, without = both(document)
    assert with_it == without
    assert name in UNSURE or bool(without) == (name != "nothing")


@pytest.mark.parametrize("version", [None, "all"])
@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN)
def test_errors_of_a_broken_inventory_are_the_same(case: Any, version: str | None) -> None:
    with_it, without = both(build(case[0], version))
    assert with_it == without != []


def test_what_is_valid_never_meets_the_slow_one(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("jsonschema_rs")

    def slow(schema: Any) -> Any:
        raise AssertionError(schema)

    monkeypatch.setattr(checker, "validator_for", slow)
    for version in (None, "all"):
        assert findings(build(inventories.ordinary(), version)) == []


def test_there_may_be_no_fast_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "jsonschema_rs", None)
    assert fast.load() is None
    assert findings(build(inventories.ordinary())) == []


def test_fast_one_leaves_undecided_what_is_no_json() -> None:
    pytest.importorskip("jsonschema_rs")
    loaded = fast.load()
    assert loaded is not None
    assert not loaded.is_valid_schema({"minimum": "1"})
    assert not loaded.is_valid_schema({"minimum": object()})
    assert loaded.is_valid_schema({"minimum": 1})
