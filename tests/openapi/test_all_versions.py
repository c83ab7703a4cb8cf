"""One document of all versions."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from sphinxext_apiplug.inventory.model import Inventory, Payload, Response
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.openapi.document import Builder, build
from sphinxext_apiplug.openapi.text import to_json
from sphinxext_apiplug.openapi.versions import versions_of
from tests.openapi import inventories


def document() -> dict[str, Any]:
    return build(inventories.ordinary(), "all")


def body(operation: dict[str, Any]) -> dict[str, Any]:
    media: dict[str, Any] = operation["requestBody"]["content"]["application/json"]
    return media


def test_variants_carry_their_versions() -> None:
    made = document()
    assert body(made["paths"]["/v1/zones"]["post"])["schema"] == {
        "oneOf": [
            {"$ref": "#/components/schemas/ZonesCreateRequest_1_0"},
            {"$ref": "#/components/schemas/ZonesCreateRequest_1_2"},
        ],
        "x-openstack": {"discriminator": "microversion"},
    }
    schemas = made["components"]["schemas"]
    assert schemas["ZonesCreateRequest_1_0"]["x-openstack"] == {
        "min-ver": "1.0",
        "max-ver": "1.1",
    }
    assert schemas["ZonesCreateRequest_1_2"]["x-openstack"] == {"min-ver": "1.2"}


def test_examples_stand_at_the_variant_they_are_valid_for() -> None:
    made = document()
    assert "example" not in body(made["paths"]["/v1/zones"]["post"])
    schemas = made["components"]["schemas"]
    assert schemas["ZonesCreateRequest_1_0"]["examples"] == [{"zone": {"name": "a"}}]
    assert schemas["ZonesCreateRequest_1_2"]["examples"] == [
        {"zone": {"name": "a", "enabled": True}}
    ]


def test_what_never_changed_is_not_marked() -> None:
    made = document()
    response = made["paths"]["/v1/zones/{id}"]["get"]["responses"]["200"]
    name = response["$ref"].rpartition("/")[2]
    media = made["components"]["responses"][name]["content"]["application/json"]
    assert media["schema"] == {"$ref": "#/components/schemas/ZonesCreateResponse"}
    assert "x-openstack" not in made["components"]["schemas"]["ZonesCreateResponse"]


def test_actions_carry_their_name() -> None:
    made = document()
    schema = body(made["paths"]["/v1/hosts/{id}/action"]["post"])["schema"]
    assert schema["x-openstack"] == {"discriminator": "action"}
    schemas = made["components"]["schemas"]
    marks = [schemas[item["$ref"].rpartition("/")[2]]["x-openstack"] for item in schema["oneOf"]]
    assert marks == [
        {"action-name": "pause"},
        {"min-ver": "1.1", "max-ver": "1.2", "action-name": "move"},
        {"min-ver": "1.3", "action-name": "move"},
        {"action-name": "evacuate"},
    ]


def test_parameter_carries_its_versions() -> None:
    parameters = document()["paths"]["/v1/zones"]["get"]["parameters"]
    enabled = next(item for item in parameters if item.get("name") == "enabled")
    assert enabled["x-openstack"] == {"min-ver": "1.2"}


def test_header_lists_every_version() -> None:
    header = document()["components"]["parameters"]["OpenStackAPIVersion"]
    assert header["schema"]["enum"] == ["zones 1.0", "zones 1.1", "zones 1.2", "zones 1.3"]
    assert header["schema"]["pattern"] == "^zones [0-9]+\\.[0-9]+$"


def test_equal_neighbours_need_no_choice() -> None:
    inventory = inventories.ordinary()
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    same = tuple(
        Payload(schema=schema, versions=VersionRange.parse(text)) for text in ("-1.1", "1.2-")
    )
    created = structs.replace(inventory.operations[1], request=same)
    made = build(structs.replace(inventory, operations=(created,)), "all")
    assert body(made["paths"]["/v1/zones"]["post"])["schema"] == {
        "$ref": "#/components/schemas/ZonesCreateRequest"
    }
    assert made["components"]["schemas"]["ZonesCreateRequest"] == schema


def test_body_that_only_some_versions_read_is_not_required() -> None:
    inventory = inventories.ordinary()
    payload = Payload(schema={"type": "object"}, versions=VersionRange(since="1.2"))
    created = structs.replace(inventory.operations[1], request=(payload,))
    made = build(structs.replace(inventory, operations=(created,)), "all")
    assert made["paths"]["/v1/zones"]["post"]["requestBody"]["required"] is False
    assert document()["paths"]["/v1/zones"]["post"]["requestBody"]["required"] is True


def test_responses_of_one_status_are_variants_too() -> None:
    inventory = inventories.ordinary()
    answers = tuple(
        Response(
            status=201,
            description="Made.",
            versions=VersionRange.parse(text),
            payloads=(Payload(schema={"type": "object", "title": text}),),
        )
        for text in ("1.0-1.1", "1.2-")
    )
    created = structs.replace(inventory.operations[1], responses=answers)
    made = build(structs.replace(inventory, operations=(created,)), "all")
    response = made["paths"]["/v1/zones"]["post"]["responses"]["201"]
    assert response["content"]["application/json"]["schema"]["oneOf"] == [
        {"$ref": "#/components/schemas/ZonesCreateResponse_1_0"},
        {"$ref": "#/components/schemas/ZonesCreateResponse_1_2"},
    ]
    assert response["description"] == "Made."
    assert "x-openstack" not in response


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("inventory", [inventories.ordinary(), inventories.hostile()])
def test_documents_of_one_builder_are_those_of_many(inventory: Inventory, order: int) -> None:
    builder = Builder(inventory)
    versions = ("all", *versions_of(inventory), None, "all")[::order]
    together = [to_json(builder.build(version)) for version in versions]
    assert together == [to_json(build(inventory, version)) for version in versions]


def test_answers_to_actions_are_told_apart_by_action() -> None:
    inventory = inventories.ordinary()
    pause, move = (
        structs.replace(
            operation,
            responses=(
                Response(
                    status=200, description="", payloads=(Payload(schema={"title": operation.id}),)
                ),
            ),
        )
        for operation in inventory.operations[4:6]
    )
    made = build(structs.replace(inventory, operations=(pause, move)), "all")
    response = made["paths"]["/v1/hosts/{id}/action"]["post"]["responses"]["200"]
    schema = response["content"]["application/json"]["schema"]
    assert schema["x-openstack"] == {"discriminator": "action"}
    assert [item["$ref"].rpartition("/")[2] for item in schema["anyOf"]] == [
        "HostsPauseResponse",
        "HostsMoveResponse",
    ]
