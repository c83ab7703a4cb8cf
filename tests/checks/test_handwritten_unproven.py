"""What code doesn't prove isn't told of a hand-written reference."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from sphinxext_apiplug.inventory.model import Inventory, Operation, Parameter, Payload, Response
from sphinxext_apiplug.inventory.versions import VersionRange
from tests.checks.test_handwritten import (
    NEW,
    OLD,
    PARAMETERS,
    RACKS,
    RIGHT,
    TEXT,
    operation,
    schema,
    told,
)

OPEN = {"type": "object"}


def said(inventory: Inventory, text: str, folder: Path) -> list[str]:
    return [f"{item.kind[12:]}: {item.message}" for item in told(text, folder, inventory)]


def racks(**changed: Operation) -> Inventory:
    """The right inventory with some operations in place of those of their names."""
    found = {item.id: item for item in RACKS.operations} | changed
    return replace(RACKS, operations=tuple(found.values()))


def known(name: str) -> Operation:
    found = RACKS.operation(name)
    assert found is not None
    return found


def creating(body: object, versions: VersionRange | None = None) -> Operation:
    payload = Payload(schema=body, versions=versions or VersionRange())  # type: ignore[arg-type]
    return replace(known("create"), request=(payload,))


def test_versions_of_what_was_only_seen_in_code(tmp_path: Path) -> None:
    """A handler that asks for the version in its own way reads it in some versions only."""
    guessed = Parameter(name="limit", location="query", required=True, inferred=True)
    list_ = replace(known("list"), parameters=(guessed,))
    text = RIGHT.replace("parameters.yaml\n\n   - limit: limit", "more.yaml\n\n   - limit: new")
    more = "new: {in: query, required: false, type: integer, min_version: 2.10}\n"
    assert said(racks(list=list_), text, with_parameters(tmp_path, more)) == []
    declared = replace(list_, parameters=(replace(guessed, inferred=False),))
    assert said(racks(list=declared), text, tmp_path) == [
        "required: 'limit' is required",
        "versions: 'limit' exists in all versions; written is: from 2.10 on",
    ]


def with_parameters(folder: Path, more: str) -> Path:
    """A folder with a second file of parameters beside the usual one."""
    (folder / "more.yaml").write_text(PARAMETERS + more, "utf-8")
    return folder


def test_what_an_open_object_inside_may_hold(tmp_path: Path) -> None:
    inner = schema("rack", ("name",), name=TEXT, color=TEXT, extra=OPEN)
    text = RIGHT.replace("- color: color\n", "- extra: size\n   - size: size\n   - color: color\n")
    assert said(racks(create=creating(inner)), text, tmp_path) == []
    closed = {**OPEN, "additionalProperties": False}
    inner = schema("rack", ("name",), name=TEXT, color=TEXT, extra=closed)
    assert "parameter: there is no 'size'" in said(racks(create=creating(inner)), text, tmp_path)


def test_a_schema_may_list_a_field_in_versions_that_do_not_read_it(tmp_path: Path) -> None:
    always = schema("rack", ("name",), name=TEXT, color=TEXT)
    assert said(racks(create=creating(always)), RIGHT, tmp_path) == []
    new = Payload(schema=always, versions=VersionRange(since="2.5"))
    old = Payload(schema=schema("rack", ("name",), name=TEXT), versions=VersionRange(until="2.4"))
    create = replace(known("create"), request=(old, new))
    assert said(racks(create=create), RIGHT, tmp_path) == [
        "versions: 'color' exists from 2.5 on; written is: from 2.10 on"
    ]


def test_a_body_may_come_later_than_its_operation(tmp_path: Path) -> None:
    body = schema("rack", ("name",), name=TEXT, color=TEXT)
    late = creating(body, VersionRange(since="2.10"))
    text = RIGHT.replace("- color: color\n", "- color: color_always\n")
    assert said(racks(create=late), text, tmp_path) == []


def test_a_field_that_the_handler_asks_for(tmp_path: Path) -> None:
    body = schema("rack", ("name",), name=TEXT, color=TEXT)
    more = "needed: {in: body, required: true, type: string}\n"
    text = RIGHT.replace("- color: color\n", "- color: needed\n")
    text = text.replace("parameters.yaml", "more.yaml")
    create = creating(body)
    folder = with_parameters(tmp_path, more)
    assert said(racks(create=create), text, folder) == ["required: 'color' is optional"]
    assert said(racks(create=replace(create, demanded=("color",))), text, folder) == []


def test_codes_that_no_handler_declares(tmp_path: Path) -> None:
    text = RIGHT.replace("badRequest(400)", "badRequest(400), forbidden(403), unauthorized(401)")
    assert said(RACKS, text, tmp_path) == []


def test_an_operation_that_only_refuses(tmp_path: Path) -> None:
    refused = operation("refused", "PUT", "/racks/{rack_id}")
    answers = (Response(status=400, description="No"),)
    missing = ["missing: nothing is written about PUT /racks/{rack_id}"]
    assert said(racks(refused=refused), RIGHT, tmp_path) == missing
    assert said(racks(refused=replace(refused, responses=answers)), RIGHT, tmp_path) == []


def test_fields_that_the_words_about_their_object_have(tmp_path: Path) -> None:
    sizes = schema("size", (), width=TEXT, max_depth=TEXT)["properties"]["size"]  # type: ignore[index]
    body = schema("rack", ("name",), name=TEXT, color=TEXT, size=sizes)
    text = RIGHT.replace("- color: color\n", "- color: color_always\n   - size: KEY\n")
    told_of = {
        "The width": ["'width', 'max_depth' of 'rack.size'"],
        "Its ``width``": ["'max_depth' of 'rack.size'"],
        "Its width and max_depth": [],
    }
    for words, expected in told_of.items():
        entry = f"of_{len(words)}: {{in: body, required: false, description: {words!r}}}\n"
        mine = text.replace("KEY", entry.partition(":")[0]).replace("parameters.yaml", "more.yaml")
        folder = with_parameters(tmp_path, entry)
        found = said(racks(create=creating(body)), mine, folder)
        names = [item.partition("request field")[2].lstrip("s ") for item in found]
        assert names == expected


def test_fields_that_the_written_versions_lack(tmp_path: Path) -> None:
    method = ".. rest_method:: POST /racks\n"
    text = RIGHT.replace(method, method + "   min_version: 2.10\n")
    text = text.replace("- color: color\n", "- color: color_always\n")
    new = Payload(schema=schema("rack", ("name",), name=TEXT, color=TEXT), versions=NEW)
    old = Payload(schema=schema("rack", ("name",), name=TEXT, room=TEXT), versions=OLD)
    create = replace(known("create"), request=(old, new))
    assert said(racks(create=create), text, tmp_path) == []


def test_fields_that_an_answer_may_never_have(tmp_path: Path) -> None:
    body = schema("rack", ("name",), name=TEXT, room=TEXT)
    answer = Response(status=201, description="Created", payloads=(Payload(schema=body),))
    create = replace(known("create"), responses=(answer,))
    assert said(racks(create=create), RIGHT, tmp_path) == []


@pytest.mark.parametrize(
    "path", ["/v2.1/{admin_project_id}/racks", "/{project-id}/racks", "/racks?{limit}=3"]
)
def test_variables_that_no_path_of_the_inventory_has(path: str, tmp_path: Path) -> None:
    found = said(RACKS, RIGHT.replace("GET /v2.1/racks", f"GET {path}"), tmp_path)
    assert not [item for item in found if "unknown" in item or "missing" in item]
    assert not [item for item in found if "'limit'" in item]


def test_the_list_of_extensions_is_of_no_extension(tmp_path: Path) -> None:
    more = "\nExtensions\n==========\n\n.. rest_method:: GET /extensions\n"
    assert said(RACKS, RIGHT + more, tmp_path) == []


def test_a_slip_of_the_pen_is_told_once(tmp_path: Path) -> None:
    inner = schema("rack", ("name",), name=TEXT, capacity=TEXT, extra=OPEN)
    text = RIGHT.replace("- color: color\n", "- capacitys: size\n   - extra: size\n")
    assert said(racks(create=creating(inner)), text, tmp_path) == [
        "parameter: there is no 'capacitys'; did you mean 'capacity'?"
    ]
    text = RIGHT.replace("- id: id\n\nPaint", "- ID: bay\n\nPaint")
    assert said(RACKS, text, tmp_path) == [
        "parameter: 'ID' is no part of the path /racks/{id}; did you mean 'id'?"
    ]
