from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from sphinxext_apiplug.inventory import model
from sphinxext_apiplug.inventory.codec import (
    FORMAT,
    dumps,
    json_schema,
    loads,
    shipped_schema,
    written_schema,
)
from sphinxext_apiplug.inventory.errors import InventoryError
from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.inventory.versions import VersionRange
from tests.inventory.strategies import inventories

HANDLER = Source(object="pkg.mod:Racks.create", file="pkg/mod.py", line=7)


def rich() -> model.Inventory:
    """An inventory in which every type of the model occurs."""
    payload = model.Payload(
        schema={"type": "object", "properties": {"z": {"default": None}, "a": True}},
        versions=VersionRange(since="1.2"),
        provided_by={"/properties/z": "more"},
        inferred=True,
    )
    operation = model.Operation(
        id="racks.create",
        method="POST",
        path="/racks/{id}",
        resource="racks",
        extension="racks",
        handler=HANDLER,
        action="spin",
        removed=model.Removal(version="1.3", reason="Old."),
        augmented_by=(model.Augmentation(extension="more", handler=HANDLER),),
        parameters=(model.Parameter(name="id", location="path", required=True),),
        request=(payload,),
        responses=(model.Response(status=201, description="Created", payloads=(payload,)),),
        policies=(model.Policy(name="racks:create", scope_types=("project",)),),
        version_checks=(model.VersionCheck(versions=VersionRange(until="1.1"), source=HANDLER),),
        demanded=("name",),
        examples=(
            model.Example(path="/racks/1", body=None),
            model.Example(path="/racks/1"),
        ),
        files=("pkg/mod.py",),
    )
    return model.Inventory(
        api=model.Api(
            name="racks",
            namespace="racks.v1",
            title="Racks",
            version="3.0.0",
            microversions=VersionRange(since="1.0", until="1.3"),
            servers=(model.Server(url="https://{host}/v1"),),
            contact=model.Contact(name="Rack people"),
            license=model.License(name="Apache-2.0", identifier="Apache-2.0"),
            security=model.Security(),
        ),
        extensions=(
            model.Extension(
                alias="racks",
                name="Racks",
                entry_point="racks = pkg.mod:Racks",
                distribution="pkg",
                distribution_version="3.0.0",
                source=HANDLER,
            ),
        ),
        operations=(operation,),
        problems=(
            Problem(kind="schema-invalid", subject="racks", message="Wrong.", source=HANDLER),
        ),
        sources=("pkg/mod.py",),
    )


def test_the_shipped_schema_is_the_models_own():
    assert shipped_schema() == written_schema(), "run: python -m sphinxext_apiplug.inventory"


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(json_schema())


def test_a_rich_inventory_round_trips_and_is_valid():
    inventory = rich()
    data = dumps(inventory)
    assert loads(data) == inventory
    assert dumps(loads(data)) == data
    Draft202012Validator(json_schema()).validate(json.loads(data))


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(inventories)
def test_any_inventory_round_trips_and_is_valid(inventory):
    data = dumps(inventory)
    assert loads(data) == inventory
    Draft202012Validator(json.loads(shipped_schema())).validate(json.loads(data))


def test_a_schemas_keys_keep_the_authors_order():
    read = loads(dumps(rich()))
    schema = read.operations[0].request[0].schema
    assert isinstance(schema, dict)
    assert list(schema["properties"]) == ["z", "a"]


def test_an_example_with_null_is_no_example_without_a_body():
    with_null, without = loads(dumps(rich())).operations[0].examples
    assert with_null.body is None
    assert without.body is msgspec.UNSET


def test_a_file_ends_with_a_line_break_and_can_be_read_by_people():
    text = dumps(rich()).decode()
    assert text.startswith('{\n  "format": 1,\n')
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is not an inventory"),
        (b"[]", "is not an inventory"),
        (b"{", "is not an inventory"),
        (b"\xff\xfe", "is not an inventory"),
        (b"{}", "has format 0, and this apiplug reads format 1"),
        (b'{"format": 99}', "has format 99, and this apiplug reads format 1"),
        (b'{"format": 1}', "missing required field `api`"),
        (b'{"format": 1, "api": {"name": 5}}', "Expected `str`, got `int` - at `$.api.name`"),
    ],
)
def test_what_is_no_inventory_is_refused_with_a_reason(data, reason):
    with pytest.raises(InventoryError) as caught:
        loads(data, "old.json")
    assert caught.value.source == "old.json"
    assert reason in caught.value.reason
    assert str(caught.value).startswith("old.json: ")


def test_a_range_that_ends_before_it_begins_is_refused():
    data = json.loads(dumps(rich()))
    data["api"]["microversions"] = {"since": "1.3", "until": "1.0"}
    with pytest.raises(InventoryError, match="ends before it begins"):
        loads(json.dumps(data).encode())


def test_the_format_number_is_in_the_schema():
    assert json_schema()["properties"]["format"] == {"const": FORMAT}
    assert "format" in json_schema()["required"]
