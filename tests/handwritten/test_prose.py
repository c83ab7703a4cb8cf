"""A hand-written reference's words in an inventory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory.codec import dumps
from sphinxext_apiplug.inventory.model import (
    Api,
    Example,
    Extension,
    Inventory,
    Operation,
    Parameter,
    Payload,
    Response,
)
from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.inventory.timeline import Field, fold
from sphinxext_apiplug.inventory.versions import VersionRange

PARAMETERS = """\
rack_id: {in: path, type: string, description: The rack's id.}
rack: {in: body, type: object, description: A rack.}
name: {in: body, type: string, description: "What *people* call it."}
bay_name: {in: body, type: string, description: The bay's name.}
limit: {in: query, type: integer, description: How many.}
"""
RACKS = """\
Racks
=====

Racks hold *servers*.

Change a Rack (change Action)
-----------------------------

.. rest_method:: POST /racks/{rack_id}/action

It takes a while.

.. note:: Not at night.

Normal response codes: 200

Request
~~~~~~~

.. rest_parameters:: parameters.yaml

   - rack_id: rack_id
   - limit: limit
   - change: rack
   - name: name
   - bays.name: bay_name

**Example Change: JSON**

.. literalinclude:: v2.10/change-req.json

Response
~~~~~~~~

Nothing is sent twice.

.. rest_parameters:: parameters.yaml

   - name: name

.. literalinclude:: change-resp.json
"""
TEXT = {"type": "string"}
BAY = {"type": "object", "properties": {"name": TEXT}}
OLD = VersionRange(since="2.1", until="2.9")
NEW = VersionRange(since="2.10")


def body(key: str, **more: Any) -> dict[str, Any]:
    inner = {
        "type": "object",
        "properties": {"name": TEXT, "bays": {"type": "array", "items": BAY}, **more},
        "required": ["name"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {key: {"$ref": "#/$defs/Rack"}},
        "required": [key],
        "$defs": {"Rack": inner},
    }


def inventory() -> Inventory:
    operation = Operation(
        id="racks-change", method="POST", path="/racks/{id}/action", action="change",
        resource="racks", extension="racks", summary="Change", summary_inferred=True,
        description="For whoever maintains it.",
        handler=Source(object="racks:C.change", file="racks.py", line=3),
        parameters=(
            Parameter(name="id", location="path", required=True),
            Parameter(name="limit", location="query", description="Old words."),
            Parameter(name="marker", location="query", description="Kept."),
        ),
        request=(
            Payload(schema=body("change"), versions=OLD),
            Payload(
                schema=body("change", size={"type": "integer", "description": "Its own."}),
                versions=NEW,
            ),
        ),
        responses=(
            Response(status=200, description="OK", payloads=(Payload(schema=body("rack")),)),
            Response(status=404, description="No such rack"),
        ),
        examples=(
            Example(path="/racks/1/action", body={"change": {"name": "x"}}, versions=NEW),
            Example(path="/racks/1/action", body={"change": {"name": "y"}}, versions=OLD),
        ),
    )  # fmt: skip
    return Inventory(
        api=Api(name="racks", namespace="racks", title="Racks", version="1"),
        extensions=(
            Extension(
                alias="racks", name="Racks", entry_point="racks = racks:Racks",
                distribution="racks", distribution_version="1", description="Old words.",
            ),
        ),
        operations=(operation,),
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reference = tmp_path / "api-ref"
    (reference / "v2.10").mkdir(parents=True)
    (reference / "parameters.yaml").write_text(PARAMETERS, "utf-8")
    (reference / "racks.inc").write_text(RACKS, "utf-8")
    written = {"change": {"name": "east", "size": 3}}
    (reference / "v2.10" / "change-req.json").write_text(json.dumps(written), "utf-8")
    (reference / "change-resp.json").write_text('{"rack": {"name": "west"}}', "utf-8")
    (tmp_path / "racks.json").write_bytes(dumps(inventory()))
    return tmp_path


def told(folder: Path, prose: str = "api-ref") -> Inventory:
    settings = ApiSettings(inventory="racks.json", prose=prose)
    return collect("racks", settings, base_dir=folder).inventory


def texts(fields: tuple[Field, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in fields:
        found[field.pointer] = field.states[-1].description
        found |= texts(field.children)
    return found


def test_titles_and_texts_go_before_what_the_code_says(folder: Path) -> None:
    (operation,) = told(folder).operations
    assert (operation.summary, operation.summary_inferred) == ("Change a Rack", False)
    assert operation.description == (
        "It takes a while.\n\nNote: Not at night.\n\nNothing is sent twice."
    )
    assert told(folder).extensions[0].description == "Racks hold servers."


def test_parameters_are_described_by_name_and_those_of_the_path_by_their_place(
    folder: Path,
) -> None:
    (operation,) = told(folder).operations
    assert {item.name: item.description for item in operation.parameters} == {
        "id": "The rack's id.", "limit": "How many.", "marker": "Kept."
    }  # fmt: skip


def test_fields_are_described_where_they_are(folder: Path) -> None:
    (operation,) = told(folder).operations
    assert texts(fold(operation.request)) == {
        "/change": "A rack.",
        "/change/name": "What people call it.",
        "/change/bays": "",
        "/change/bays/[]/name": "The bay's name.",
        "/change/size": "Its own.",
    }
    answer = texts(fold(operation.responses[0].payloads))
    assert answer["/rack/name"] == "What people call it."
    assert answer["/rack/bays/[]/name"] == ""


def test_examples_that_fit_are_taken(folder: Path) -> None:
    (operation,) = told(folder).operations
    assert [example.body for example in operation.examples] == [
        {"change": {"name": "east", "size": 3}},
        # The sample is of a later version.
        {"change": {"name": "y"}},
    ]
    assert [example.body for example in operation.responses[0].examples] == [
        {"rack": {"name": "west"}}
    ]


@pytest.mark.parametrize("content", ['{"change": {"nam": 1}}', "{", "[[["])
def test_an_example_that_does_not_fit_is_not_published(folder: Path, content: str) -> None:
    (folder / "api-ref" / "v2.10" / "change-req.json").write_text(content, "utf-8")
    (operation,) = told(folder).operations
    assert [example.body for example in operation.examples] == [
        {"change": {"name": "x"}}, {"change": {"name": "y"}}
    ]  # fmt: skip


def test_what_cannot_be_read_is_told_once_and_all_else_is_published(folder: Path) -> None:
    found = told(folder, "nowhere")
    assert [problem.kind for problem in found.problems] == ["handwritten-unreadable"]
    assert found.operations == inventory().operations
    (folder / "api-ref" / "parameters.yaml").write_text("rack: [", "utf-8")
    found = told(folder)
    assert {problem.kind for problem in found.problems} == {"handwritten-unreadable"}
    assert found.operations[0].summary == "Change a Rack"


def test_nothing_that_the_code_says_is_changed(folder: Path) -> None:
    """Schemas stay the same but for their descriptions."""
    before, after = inventory().operations[0], told(folder).operations[0]
    assert [item.versions for item in after.request] == [item.versions for item in before.request]
    assert [
        (field.pointer, [(state.type, state.required) for state in field.states])
        for field in _all(fold(after.request))
    ] == [
        (field.pointer, [(state.type, state.required) for state in field.states])
        for field in _all(fold(before.request))
    ]


def _all(fields: tuple[Field, ...]) -> list[Field]:
    return [item for field in fields for item in (field, *_all(field.children))]
