"""One document at one microversion."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec import structs

from sphinxext_apiplug.inventory.model import Command, Header, Parameter, Payload, Policy, Response
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.validate import validate
from tests.openapi import inventories
from tests.openapi.making import operations, plain, small


def fields_of_zone(document: dict[str, Any]) -> set[str]:
    zone = document["components"]["schemas"]["ZonesCreateRequest"]["properties"]["zone"]
    return set(zone["properties"])


def test_newest_version_is_the_default() -> None:
    document = build(inventories.ordinary())
    assert document == build(inventories.ordinary(), "1.3")
    assert document["info"]["x-apiplug"]["microversion"] == "1.3"


def test_fields_and_parameters_follow_the_version() -> None:
    old, new = (build(inventories.ordinary(), version) for version in ("1.1", "1.2"))
    assert fields_of_zone(old) == {"name"}
    assert fields_of_zone(new) == {"name", "enabled"}
    query = [
        [item.get("name") for item in operations(document)["zones-index"]["parameters"]]
        for document in (old, new)
    ]
    assert "enabled" not in query[0]
    assert "enabled" in query[1]


def test_body_is_required_where_a_schema_holds() -> None:
    for version in ("1.1", "1.2"):
        document = build(inventories.ordinary(), version)
        assert operations(document)["zones-create"]["requestBody"]["required"] is True


def test_flat_document_says_nothing_of_other_versions() -> None:
    text = json.dumps(build(inventories.ordinary(), "1.1"))
    assert "x-openstack" not in text
    assert "_1_0" not in text


def test_action_is_there_from_its_version_on() -> None:
    def actions(version: str) -> list[str]:
        document = build(inventories.ordinary(), version)
        return [
            item["id"] for item in operations(document)["hosts-action"]["x-apiplug"]["operations"]
        ]

    assert actions("1.0") == ["hosts-action-pause", "hosts-action-evacuate"]
    assert actions("1.1") == ["hosts-action-pause", "hosts-action-move", "hosts-action-evacuate"]


def test_removed_operation_is_left_out() -> None:
    assert "lock" not in json.dumps(build(inventories.ordinary(), "all"))


def test_actions_of_a_path_become_one_operation_with_titled_bodies() -> None:
    document = build(inventories.ordinary())
    merged = document["paths"]["/v1/hosts/{id}/action"]["post"]
    media = merged["requestBody"]["content"]["application/json"]
    names = [item["$ref"].rpartition("/")[2] for item in media["schema"]["oneOf"]]
    assert names == ["HostsPauseRequest", "HostsMoveRequest", "HostsEvacuateRequest"]
    bodies = [document["components"]["schemas"][name] for name in names]
    assert [body["title"] for body in bodies] == ["pause", "move", "evacuate"]
    assert all(
        body.get("additionalProperties") is False or body["maxProperties"] == 1 for body in bodies
    )
    assert media["example"] == {"pause": None}
    assert {"200", "202", "401", "404", "409"} <= set(merged["responses"])


def test_answers_to_actions_need_not_exclude_each_other() -> None:
    bodies = ({"type": "object", "title": "one"}, {"type": "object", "title": "two"}, True)

    def answer(count: int) -> tuple[Any, set[str]]:
        actions = (
            plain(
                f"act-{number}",
                "POST",
                "/a/action",
                action=f"act{number}",
                responses=(
                    Response(status=200, description="", payloads=(Payload(schema=body),)),
                ),
            )
            for number, body in enumerate(bodies[:count])
        )
        document = build(small(*actions))
        response = operations(document)["trees-action"]["responses"]["200"]
        names = {name for name in document["components"]["schemas"] if name.endswith("Response")}
        return response["content"]["application/json"]["schema"], names

    names = ["TreesAct0Response", "TreesAct1Response"]
    both = {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in names]}
    assert answer(2) == (both, set(names))
    assert answer(3) == ({}, set())


def test_every_operation_has_what_linters_ask_for() -> None:
    for inventory in (inventories.ordinary(), inventories.bare()):
        document = build(inventory)
        tags = {tag["name"] for tag in document["tags"]}
        assert all(tag["description"] for tag in document["tags"])
        for operation in operations(document).values():
            assert operation["summary"]
            assert operation["description"]
            assert set(operation["tags"]) <= tags
            codes = set(operation["responses"])
            assert any(code[0] == "2" for code in codes) or "default" in codes
            assert any(code[0] == "4" for code in codes)


def test_operation_says_where_it_comes_from() -> None:
    origin = operations(build(inventories.ordinary()))["zones-index"]["x-apiplug"]
    assert origin == {
        "extension": "zones",
        "distribution": "plugin 7.1.0",
        "handler": "plugin.api:Controller.index",
        "source": "plugin/api.py:10",
        "policy": ["plugin:zones:index"],
        "inferred": ["query enabled"],
    }


def test_commands_are_named_in_their_versions() -> None:
    """The names alone: what they take is the inventory's matter."""
    inventory = inventories.ordinary()
    facts = {"entry_point": "e", "distribution": "zones-client", "distribution_version": "1"}
    commands = (
        Command(program="zones", name="zone list", **facts),
        Command(program="zones", name="zone find", versions=VersionRange(since="1.2"), **facts),
    )
    called = tuple(
        structs.replace(item, commands=commands) if item.id == "zones-index" else item
        for item in inventory.operations
    )
    inventory = structs.replace(inventory, operations=called)
    named = [
        operations(build(inventory, version))["zones-index"]["x-apiplug"]["commands"]
        for version in ("1.1", "1.2")
    ]
    assert named == [["zones zone list"], ["zones zone list", "zones zone find"]]
    assert "commands" not in operations(build(inventory))["zones-create"]["x-apiplug"]


def test_equal_schemas_are_one_component() -> None:
    document = build(inventories.ordinary())
    assert sorted(document["components"]["schemas"]) == [
        "Hostname",
        "HostsEvacuateRequest",
        "HostsMoveRequest",
        "HostsPauseRequest",
        "Zone",
        "ZonesCreateRequest",
        "ZonesCreateResponse",
    ]
    bodies = [
        operations(document)[name]["requestBody"]["content"]["application/json"]["schema"]
        for name in ("zones-create", "zones-update")
    ]
    assert bodies[0] == bodies[1] == {"$ref": "#/components/schemas/ZonesCreateRequest"}


def test_definitions_become_components_that_refer_to_each_other() -> None:
    schemas = build(inventories.ordinary(), "1.2")["components"]["schemas"]
    zone = schemas["Zone"]["properties"]
    assert zone["parent"] == {"$ref": "#/components/schemas/Zone"}
    assert zone["hosts"]["items"] == {"$ref": "#/components/schemas/Hostname"}
    assert "$defs" not in json.dumps(schemas)


def test_parameter_may_refer_to_definitions() -> None:
    schema = {"$ref": "#/$defs/page", "$defs": {"page": {"type": "integer"}}}
    inventory = small(
        plain(
            "list",
            "GET",
            "/a",
            parameters=(Parameter(name="limit", location="query", schema=schema),),
        )
    )
    document = build(inventory)
    (parameter,) = operations(document)["list"]["parameters"]
    assert parameter["schema"] == {"$ref": "#/components/schemas/Limit"}
    assert document["components"]["schemas"]["Page"] == {"type": "integer"}
    assert validate(document, inventory) == ()


def test_body_that_holds_itself() -> None:
    schemas = build(inventories.bare())["components"]["schemas"]
    items = schemas["TreesCreateRequest"]["properties"]["children"]["items"]
    assert items == {"$ref": "#/components/schemas/TreesCreateRequest"}


def test_property_called_ref_is_a_property() -> None:
    schema = {
        "type": "object",
        "properties": {"$ref": {"type": "string"}, "a": {"enum": [{"$ref": "#/$defs/b"}]}},
    }
    inventory = small(plain("create", "POST", "/a", request=(Payload(schema=schema),)))
    document = build(inventory)
    assert document["components"]["schemas"]["TreesCreateRequest"] == schema
    assert validate(document, inventory) == ()


@pytest.mark.parametrize(
    ("others", "properties"),
    [
        ({}, {"a": {"type": "string"}, "b": {}}),
        (
            {"additionalProperties": {"type": "null"}},
            {"a": {"type": "string"}, "b": {"type": "null"}},
        ),
        ({"additionalProperties": False}, {"a": {"type": "string"}}),
        (
            {"additionalProperties": {"type": "null"}, "patternProperties": {"b": {}}},
            {"a": {"type": "string"}},
        ),
    ],
)
def test_required_property_has_a_place(others: dict[str, Any], properties: dict[str, Any]) -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string"}},
        "required": ["a", "b"],
        "anyOf": [{"required": ["c"]}, {"required": ["d"]}],
        **others,
    }
    document = build(small(plain("create", "POST", "/a", request=(Payload(schema=schema),))))
    written = document["components"]["schemas"]["TreesCreateRequest"]
    assert written == {**schema, "properties": properties}


def test_equal_parameters_and_responses_are_shared() -> None:
    document = build(inventories.ordinary())
    created = operations(document)["zones-create"]
    assert created["responses"]["401"] == {"$ref": "#/components/responses/Unauthorized"}
    shown = operations(document)["zones-show"]
    assert {"$ref": "#/components/parameters/OpenStackAPIVersion"} in shown["parameters"]


NOTHING = Payload(schema={"type": "null"}, versions=VersionRange(until="1.1"))
SOMETHING = Payload(schema={"type": "object"}, versions=VersionRange(since="1.2"))
LIMITS = VersionRange(since="1.0", until="1.3")


@pytest.mark.parametrize(
    ("version", "has_content"), [("1.0", False), ("1.2", True), ("all", True)]
)
def test_an_answer_without_a_body_has_no_content(version: str, has_content: bool) -> None:
    answer = Response(status=202, description="Accepted", payloads=(NOTHING, SOMETHING))
    inventory = small(plain("cut", "POST", "/a", responses=(answer,)), microversions=LIMITS)
    found = operations(build(inventory, version))["cut"]["responses"]["202"]
    assert ("content" in found) is has_content
    assert "null" not in json.dumps(found)


def test_headers_of_answers() -> None:
    """Each under one name, in the versions in which it is set."""
    header = Header(
        name="Location",
        schema={"type": "string", "format": "uri-reference"},
        description="Where it is.",
        versions=VersionRange(until="1.1"),
        inferred=True,
    )
    again = structs.replace(header, name="location")
    answer = Response(status=201, description="Created", headers=(header, again))
    inventory = small(plain("cut", "POST", "/a", responses=(answer,)), microversions=LIMITS)
    old = operations(build(inventory, "1.0"))["cut"]
    assert old["responses"]["201"]["headers"] == {
        "Location": {
            "description": "Where it is.",
            "schema": {"type": "string", "format": "uri-reference"},
        }
    }
    assert "header Location" in old["x-apiplug"]["inferred"]
    assert "headers" not in operations(build(inventory))["cut"]["responses"]["201"]
    every = operations(build(inventory, "all"))["cut"]["responses"]["201"]["headers"]
    assert every["Location"]["x-openstack"] == {"min-ver": "1.0", "max-ver": "1.1"}
    assert not validate(build(inventory, "1.0"), inventory)


def test_parameters_by_pattern() -> None:
    """One object whose properties are parameters of their own."""
    many = {"type": "array", "items": {"type": "string"}}
    given = (
        Parameter(name="others", location="query", schema={"type": "string"}),
        Parameter(name="^_", location="query", by_pattern=True, schema=many),
        Parameter(
            name="^x-",
            location="query",
            by_pattern=True,
            schema={"type": "integer"},
            versions=VersionRange(since="1.2"),
        ),
    )
    inventory = small(plain("cut", "GET", "/a", parameters=given), microversions=LIMITS)
    document = build(inventory)
    (found,) = (item for item in operations(document)["cut"]["parameters"] if "style" in item)
    assert found == {
        "name": "other_parameters",
        "in": "query",
        "description": "Any parameters whose names match `^_`, `^x-`, each by its own name.",
        "style": "form",
        "explode": True,
        "schema": {
            "type": "object",
            "patternProperties": {"^_": {"type": "string"}, "^x-": {"type": "integer"}},
        },
    }
    assert not validate(document, inventory)
    (old,) = (
        item
        for item in operations(build(inventory, "1.0"))["cut"]["parameters"]
        if "style" in item
    )
    assert list(old["schema"]["patternProperties"]) == ["^_"]


def test_bounds_with_a_name_keep_it() -> None:
    schema = {
        "type": "object",
        "properties": {"n": {"type": "integer", "x-apiplug-unknown": {"maximum": "db.MOST"}}},
    }
    document = build(small(plain("cut", "POST", "/a", request=(Payload(schema=schema),))))
    component = document["components"]["schemas"]["TreesCutRequest"]["properties"]["n"]
    assert component["x-apiplug-unknown"] == {"maximum": "db.MOST"}


def test_rules_of_some_cases_are_told_apart() -> None:
    rules = (Policy(name="trees:cut"), Policy(name="trees:cut:any", conditional=True))
    found = operations(build(small(plain("cut", "POST", "/a", policies=rules))))["cut"]
    assert found["x-apiplug"]["policy"] == ["trees:cut", "trees:cut:any"]
    assert found["x-apiplug"]["policy_in_some_cases"] == ["trees:cut:any"]


def test_redirect_is_no_success_but_needs_none_invented() -> None:
    responses = operations(build(inventories.ordinary()))["versions-show"]["responses"]
    assert set(responses) == {"300", "4XX", "default"}


def test_unknown_codes_are_said_to_be_unknown() -> None:
    responses = operations(build(inventories.bare()))["trees-delete"]["responses"]
    assert set(responses) == {"2XX", "4XX"}


def test_payloads_that_hold_together_are_combined() -> None:
    both = [
        {
            "type": "object",
            "properties": {name: {"$ref": "#/$defs/text"}},
            "$defs": {"text": {"type": "string", "maxLength": length}},
        }
        for name, length in (("a", 1), ("b", 2))
    ]
    inventory = small(
        plain("create", "POST", "/a", request=tuple(Payload(schema=item) for item in both))
    )
    document = build(inventory)
    media = operations(document)["create"]["requestBody"]["content"]["application/json"]
    assert media["schema"] == {
        "allOf": [
            {"$ref": "#/components/schemas/TreesCreateRequest"},
            {"$ref": "#/components/schemas/TreesCreateRequest2"},
        ]
    }
    schemas = document["components"]["schemas"]
    assert schemas["Text"]["maxLength"] == 1
    assert schemas["TreesCreateRequest2Text"]["maxLength"] == 2
    assert validate(document, inventory) == ()


def test_example_is_the_one_of_the_version() -> None:
    for version, enabled in (("1.1", False), ("1.2", True)):
        created = operations(build(inventories.ordinary(), version))["zones-create"]
        example = created["requestBody"]["content"]["application/json"]["example"]
        assert ("enabled" in example["zone"]) == enabled


def test_hostile_texts_are_data() -> None:
    inventory = inventories.hostile()
    document = build(inventory)
    assert validate(document, inventory) == ()
    for name, schema in document["components"]["schemas"].items():
        assert len(name) <= 80
        assert name.isascii()
        assert name.isalnum()
        assert "<script" not in schema["description"]
    assert "<script" not in document["info"]["title"]
