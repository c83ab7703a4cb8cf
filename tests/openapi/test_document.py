"""One document at one microversion."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec import structs

from sphinxext_apiplug.inventory.model import (
    Inventory,
    License,
    Operation,
    Parameter,
    Payload,
    Response,
    Server,
)
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.errors import UnknownMicroversionError
from sphinxext_apiplug.openapi.validate import validate
from sphinxext_apiplug.openapi.versions import versions_of
from tests.openapi import inventories
from tests.openapi.inventories import declared, handler, path_parameter


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        operation["operationId"]: operation
        for item in document["paths"].values()
        for operation in item.values()
    }


def small(*given: Operation, **api: Any) -> Inventory:
    """A bare inventory with other operations."""
    bare = inventories.bare()
    return structs.replace(bare, operations=given, api=structs.replace(bare.api, **api))


def plain(id: str, method: str, path: str, **fields: Any) -> Operation:
    return Operation(
        id=id,
        method=method,
        path=path,
        resource="trees",
        extension="trees",
        handler=handler(id),
        **fields,
    )


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


def test_tags_are_sorted() -> None:
    names = [tag["name"] for tag in build(inventories.ordinary())["tags"]]
    assert names == ["hosts", "zones"]


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


def test_microversion_header() -> None:
    header = build(inventories.ordinary(), "1.2")["components"]["parameters"][
        "OpenStackAPIVersion"
    ]
    assert header["name"] == "OpenStack-API-Version"
    assert "required" not in header
    assert header["schema"] == {"type": "string", "enum": ["zones 1.2"]}
    assert header["example"] == "zones 1.2"


def test_api_without_microversions_has_no_header_for_them() -> None:
    assert "header" not in json.dumps(build(inventories.bare()))


def test_paths_that_differ_in_parameter_names_are_one() -> None:
    paths = build(inventories.ordinary())["paths"]
    assert set(paths["/v1/zones/{id}"]) == {"get", "put"}
    assert "/v1/zones/{zone_id}" not in paths
    assert (
        paths["/v1/zones/{id}"]["put"]["parameters"][0]
        == paths["/v1/zones/{id}"]["get"]["parameters"][0]
    )


@pytest.mark.parametrize(
    ("base", "path", "expected"),
    [
        ("", "", "/"),
        ("", "/", "/"),
        ("/v1", "", "/v1"),
        ("/v1", "/", "/v1"),
        ("/v1", "/a/", "/v1/a"),
        ("", "/a/{id}/b/{id}", "/a/{id}/b/{id2}"),
        ("/{project}", "/a/{id}", "/{project}/a/{id}"),
    ],
)
def test_path_is_one_that_openapi_takes(base: str, path: str, expected: str) -> None:
    inventory = small(plain("show", "GET", path, responses=declared(200, 404)), base_path=base)
    document = build(inventory)
    assert list(document["paths"]) == [expected]
    assert validate(document, inventory) == ()


def test_missing_path_parameter_is_added_and_a_foreign_one_left_out() -> None:
    inventory = small(plain("show", "GET", "/a/{id}", parameters=(path_parameter("other"),)))
    parameters = build(inventory)["paths"]["/a/{id}"]["get"]["parameters"]
    assert [item["name"] for item in parameters] == ["id"]


def test_method_that_openapi_cannot_say_is_left_out() -> None:
    inventory = small(plain("link", "LINK", "/a"), plain("show", "GET", "/a"))
    assert list(operations(build(inventory))) == ["show"]


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


def test_service_without_header_or_licence_says_so() -> None:
    document = build(inventories.bare())
    assert document["security"] == []
    assert "securitySchemes" not in document["components"]
    assert document["info"]["license"] == {
        "name": "Not stated",
        "identifier": "LicenseRef-not-stated",
    }
    assert document["info"]["contact"] == {"name": "The maintainers of plugin"}


def test_security_scheme() -> None:
    document = build(inventories.ordinary())
    assert document["security"] == [{"XAuthToken": []}]
    scheme = document["components"]["securitySchemes"]["XAuthToken"]
    assert (scheme["type"], scheme["in"], scheme["name"]) == ("apiKey", "header", "X-Auth-Token")


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (License(name="Apache-2.0"), {"name": "Apache-2.0", "identifier": "Apache-2.0"}),
        (License(name="My own"), {"name": "My own", "identifier": "LicenseRef-My-own"}),
        (
            License(name="MIT", identifier="MIT", url="https://a.test"),
            {"name": "MIT", "identifier": "MIT"},
        ),
        (License(name="X", url="https://a.test"), {"name": "X", "url": "https://a.test"}),
    ],
)
def test_license(given: License, written: dict[str, str]) -> None:
    assert build(small(license=given))["info"]["license"] == written


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.test/v1/", "https://a.test"),
        ("https://a.test/ha", "https://a.test/ha"),
        ("/v1", "/"),
    ],
)
def test_server_stands_before_the_base_path(url: str, written: str) -> None:
    document = build(small(base_path="/v1", servers=(Server(url=url),)))
    assert document["servers"] == [{"url": written}]


def test_example_is_the_one_of_the_version() -> None:
    for version, enabled in (("1.1", False), ("1.2", True)):
        created = operations(build(inventories.ordinary(), version))["zones-create"]
        example = created["requestBody"]["content"]["application/json"]["example"]
        assert ("enabled" in example["zone"]) == enabled


def test_unknown_version_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownMicroversionError) as caught:
        build(inventories.ordinary(), "1.4")
    assert caught.value.available == ("1.0", "1.1", "1.2", "1.3")
    assert str(caught.value) == (
        "zones has no microversion '1.4'; there is: 1.0, 1.1, 1.2, 1.3, all"
    )


@pytest.mark.parametrize("asked", ["1.0", "newest", ""])
def test_api_without_microversions_has_none_to_ask_for(asked: str) -> None:
    with pytest.raises(UnknownMicroversionError):
        build(inventories.bare(), asked)


def test_versions_of_an_open_range_are_those_that_are_named() -> None:
    inventory = small(
        plain("a", "GET", "/a", versions=VersionRange(since="1.4")),
        plain(
            "b",
            "GET",
            "/b",
            responses=(Response(status=200, description="", versions=VersionRange(since="2.7")),),
        ),
        plain(
            "c",
            "GET",
            "/c",
            parameters=(
                Parameter(name="x", location="query", versions=VersionRange(until="1.1")),
            ),
        ),
        microversions=VersionRange(since="1.2"),
    )
    assert versions_of(inventory) == ("1.2", "1.4", "2.7")
    assert build(inventory)["info"]["x-apiplug"]["microversion"] == "2.7"


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
