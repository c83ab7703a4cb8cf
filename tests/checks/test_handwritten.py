"""A hand-written reference held against an inventory."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from sphinxext_apiplug.checks.handwritten.compare import compare
from sphinxext_apiplug.handwritten.tree import read_tree
from sphinxext_apiplug.inventory.model import (
    Api,
    Inventory,
    Operation,
    Parameter,
    Payload,
    Response,
    Schema,
)
from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.inventory.versions import VersionRange

PARAMETERS = """\
bay: {in: path, required: true, type: integer}
id: {in: path, required: true, type: string}
color: {in: body, required: false, type: string, min_version: 2.10}
color_always: {in: body, required: false, type: string}
limit: {in: query, required: false, type: integer}
limit_body: {in: body, required: false, type: integer}
name: {in: body, required: true, type: string}
name_optional: {in: body, required: false, type: string}
name_query: {in: query, required: true, type: string}
rack: {in: body, required: true, type: object}
size: {in: body, required: false, type: integer}
"""
# Nothing is wrong with it; each test spoils one place.
RIGHT = """\
=====
Racks
=====

List racks
==========

.. rest_method:: GET /v2.1/racks

Normal response codes: 200
Error response codes: badRequest(400)

Request
-------

.. rest_parameters:: parameters.yaml

   - limit: limit

Create a rack
=============

.. rest_method:: POST /racks

Normal response codes: 201

Request
-------

.. rest_parameters:: parameters.yaml

   - rack: rack
   - rack.name: name
   - color: color

Response
--------

.. rest_parameters:: parameters.yaml

   - rack: rack
   - name: name

Show a rack
===========

.. rest_method:: GET /racks/{id}

Request
-------

.. rest_parameters:: parameters.yaml

   - id: id

Paint a rack (paint Action)
===========================

.. rest_method:: POST /racks/{id}/action

Request
-------

.. rest_parameters:: parameters.yaml

   - id: id
   - paint: rack
   - color: color_always
"""


def schema(key: str, required: tuple[str, ...], **properties: Schema) -> Schema:
    inner = {"type": "object", "properties": properties, "additionalProperties": False}
    return {
        "type": "object",
        "properties": {key: {**inner, "required": list(required)}},
        "required": [key],
        "additionalProperties": False,
    }


def operation(name: str, method: str, path: str, **parts: object) -> Operation:
    handler = Source(object=f"racks:Controller.{name}", file="racks.py", line=7)
    return Operation(
        id=name, method=method, path=path, resource="racks", extension="racks", handler=handler,
        **parts,  # type: ignore[arg-type]
    )  # fmt: skip


TEXT: Schema = {"type": "string"}
OLD = VersionRange(since="2.1", until="2.9")
NEW = VersionRange(since="2.10")
RACKS = Inventory(
    api=Api(
        name="racks", namespace="racks", title="Racks", version="1", base_path="/v2.1",
        microversions=VersionRange(since="2.1", until="2.20"),
    ),
    operations=(
        operation(
            "list", "GET", "/racks",
            parameters=(Parameter(name="limit", location="query"),),
            responses=(
                Response(status=200, description="OK"), Response(status=400, description="Bad"),
                Response(status=401, description="Who?", inferred=True),
            ),
        ),
        operation(
            "create", "POST", "/racks",
            request=(
                Payload(schema=schema("rack", ("name",), name=TEXT), versions=OLD),
                Payload(schema=schema("rack", ("name",), name=TEXT, color=TEXT), versions=NEW),
            ),
            responses=(
                Response(
                    status=201, description="Created",
                    payloads=(Payload(schema=schema("rack", ("name",), name=TEXT)),),
                ),
            ),
        ),
        operation("show", "GET", "/racks/{rack_id}"),
        operation(
            "paint", "POST", "/racks/{rack_id}/action", action="paint",
            request=(Payload(schema=schema("paint", (), color=TEXT)),),
        ),
    ),
)  # fmt: skip


def told(text: str, folder: Path, inventory: Inventory = RACKS) -> tuple[Problem, ...]:
    (folder / "parameters.yaml").write_text(PARAMETERS, "utf-8")
    (folder / "racks.inc").write_text(text, "utf-8")
    return compare(read_tree(folder), inventory, folder)


def test_nothing_is_told_of_a_reference_that_is_right(tmp_path: Path) -> None:
    assert told(RIGHT, tmp_path) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "kind", "message", "line"),
    [
        ("GET /v2.1/racks", "GET /v2.1/rack", "handwritten-unknown", "did you mean /racks?", 8),
        ("GET /racks/{id}", "HEAD /racks/{id}", "handwritten-method", "is served by GET", 47),
        ("(paint Action)", "(pant Action)", None, "", 0),
        ("- limit: limit", "- limt: limit", "handwritten-parameter", "there is no 'limt'", 18),
        ("- color: color\n", "- size: size\n", "handwritten-parameter", "there is no 'size'", 34),
        ("- id: id\n\nPaint", "- bay: bay\n\nPaint", "handwritten-parameter",
         "no part of the path", 54),
        ("   - id: id\n\nPaint", "\n\nPaint", "handwritten-undescribed",
         "no table has the path parameter 'id'", 47),
        ("   - rack.name: name\n", "", "handwritten-undescribed",
         "no table has the request field 'name' of 'rack'", 20),
        ("- limit: limit", "- limit: limit_body", "handwritten-place", "is in the query", 18),
        ("- rack.name: name", "- name: name_query", "handwritten-place", "is in the body", 33),
        ("- rack.name: name", "- name: name_optional", "handwritten-required", "is required", 33),
        ("- color: color\n", "- color: color_always\n", "handwritten-versions",
         "exists from 2.10 on; written is: in all versions", 34),
        ("codes: 201", "codes: 200", "handwritten-code", "200 isn't among the codes", 25),
        ("codes: 201", "codes: 200", "handwritten-code-missing", "201 isn't written down", 20),
        ("badRequest(400)", "conflict(409)", "handwritten-code", "409 isn't among", 11),
        ("parameters.yaml\n\n   - limit", "other.yaml\n\n   - limit", "handwritten-unreadable",
         "there is no file 'other.yaml'", 16),
    ],
)  # fmt: skip
def test_one_fault_is_told_once_with_its_line(
    right: str, wrong: str, kind: str | None, message: str, line: int, tmp_path: Path
) -> None:
    assert RIGHT.count(right) == 1
    found = told(RIGHT.replace(right, wrong), tmp_path)
    if kind is None:  # the title is wrong, but the table tells the action
        assert found == ()
        return
    hits = [problem for problem in found if problem.kind == kind]
    assert [problem.message for problem in hits if message in problem.message], found
    assert len(hits) == 1
    assert hits[0].source is not None
    assert (Path(hits[0].source.file).name, hits[0].source.line) == ("racks.inc", line)


def test_an_operation_that_nothing_is_written_of_is_told_at_its_handler(tmp_path: Path) -> None:
    text = RIGHT[: RIGHT.index("Show a rack")] + RIGHT[RIGHT.index("Paint a rack") :]
    (problem,) = told(text, tmp_path)
    assert (problem.kind, problem.subject) == ("handwritten-missing", "show")
    assert str(problem.source) == "racks.py:7"


def test_a_sample_tells_the_action_where_nothing_else_does(tmp_path: Path) -> None:
    (tmp_path / "pant.json").write_text('{"paint": {}}', "utf-8")
    section = RIGHT[RIGHT.index("Paint a rack") :]
    bare = dedent("""
        Paint it
        ========

        .. rest_method:: POST /racks/{id}/action

        Request
        -------

        .. rest_parameters:: parameters.yaml

           - id: id

        .. literalinclude:: pant.json
        """)
    found = told(RIGHT.replace(section, bare), tmp_path)
    assert [problem.message for problem in found] == [
        "no table has the request field 'color' of 'paint'"
    ]


def test_values_in_place_of_variables_and_version_discovery_prove_nothing(tmp_path: Path) -> None:
    more = "\nDefault\n=======\n\n.. rest_method:: GET /racks/default\n"
    more += "\nVersions\n========\n\n.. rest_method:: GET /\n"
    assert told(RIGHT + more, tmp_path) == ()


def test_what_is_inferred_proves_nothing_missing(tmp_path: Path) -> None:
    guessed = Parameter(name="marker", location="query", inferred=True)
    parts = {"parameters": (guessed,), "responses": ()}
    inventory = Inventory(
        api=RACKS.api,
        operations=(operation("list", "GET", "/racks", **parts), *RACKS.operations[1:]),
    )
    assert told(RIGHT, tmp_path, inventory) == ()


def test_what_a_schema_leaves_open_is_not_told(tmp_path: Path) -> None:
    """A query parameter that the handler may want, and a field that answers may have lost."""
    show = operation(
        "show", "GET", "/racks/{id}",
        parameters=(
            Parameter(name="id", location="path", required=True),
            Parameter(name="limit", location="query", schema=TEXT),
        ),
        responses=(
            Response(
                status=200, description="OK",
                payloads=(
                    Payload(
                        schema=schema("rack", (), color=TEXT),
                        versions=VersionRange(since="2.1", until="2.20"),
                    ),
                ),
            ),
        ),
    )  # fmt: skip
    api = Api(
        name="racks", namespace="racks", title="Racks", version="1",
        microversions=VersionRange(since="2.1", until="2.20"),
    )  # fmt: skip
    (tmp_path / "parameters.yaml").write_text(
        "id: {in: path, required: true, type: string}\n"
        "limit: {in: query, required: true, type: string}\n"
        "rack: {in: body, required: true, type: object}\n"
        "color: {in: body, required: true, type: string, max_version: 2.9}\n",
        encoding="utf-8",
    )
    (tmp_path / "racks.inc").write_text(
        "Racks\n=====\n\nShow\n----\n\n.. rest_method:: GET /racks/{id}\n\n"
        "Normal response codes: 200\n\nRequest\n~~~~~~~\n\n"
        ".. rest_parameters:: parameters.yaml\n\n   - id: id\n   - limit: limit\n\n"
        "Response\n~~~~~~~~\n\n.. rest_parameters:: parameters.yaml\n\n"
        "   - rack: rack\n   - rack.color: color\n",
        encoding="utf-8",
    )
    content = Inventory(api=api, operations=(show,))
    assert list(compare(read_tree(tmp_path), content, tmp_path)) == []
