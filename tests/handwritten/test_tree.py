"""Reading references that were written by hand for os-api-ref."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from sphinxext_apiplug.handwritten.model import Tree
from sphinxext_apiplug.handwritten.tree import HandwrittenError, read_tree

PARAMETERS = """\
rack_id:
  in: path
  required: true
  type: string
  description: |
    The rack's id.
name: &name
  in: body
  required: true
  type: string
  description: The rack's name.
name_2_10:
  <<: *name
  required: false
  min_version: 2.10
"""
RACKS = """\
.. -*- rst -*-

=====
Racks
=====

What racks are for.

.. _create-rack:

Create a rack
=============

.. rest_method:: POST /racks

Creates a *rack*.

.. note:: It takes a while.

.. needs: words

Normal response codes: 201 (until 2.100)

Error response codes: badRequest(400), unauthorized(401),
conflict(409)

Request
-------

.. rest_parameters:: parameters.yaml

   - name: name
   - OS-EXT:label: name_2_10

.. literalinclude:: samples/rack-create-req.json
   :language: javascript

Response
--------

.. rest_parameters:: parameters.yaml

   - name: name

.. literalinclude:: samples/rack.json

Move a rack (moveRack Action)
=============================

.. rest_method:: POST /racks/{rack_id}/action
   min_version: 2.10
   max_version: 2.20

.. rest_status_code:: success status.yaml

   - 202

.. rest_status_code:: error status.yaml

   - 404: missing
"""


def tree(folder: Path, **files: str) -> Tree:
    """A tree of these files; an underscore stands for the dot of a name."""
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(dedent(text), "utf-8")
    return read_tree(folder)


@pytest.fixture
def racks(tmp_path: Path) -> Tree:
    return tree(tmp_path, parameters_yaml=PARAMETERS, racks_inc=RACKS)


def test_operations_have_their_methods_and_lines(racks: Tree, tmp_path: Path) -> None:
    file = (tmp_path / "racks.inc").as_posix()
    assert not racks.faults
    found = [
        (item.title, item.chapter, item.action, str(item.place), [
            (each.method, each.path, each.since, each.until, str(each.place))
            for each in item.methods
        ])
        for item in racks.operations
    ]  # fmt: skip
    create = ("POST", "/racks", None, None, f"{file}:14")
    move = ("POST", "/racks/{rack_id}/action", "2.10", "2.20", f"{file}:50")
    assert found == [
        ("Create a rack", "Racks", None, f"{file}:11", [create]),
        ("Move a rack (moveRack Action)", "Racks", "moveRack", f"{file}:47", [move]),
    ]


def test_rows_know_their_entries_and_halves(racks: Tree) -> None:
    rows = racks.operations[0].rows
    assert [(row.name, row.half, row.place.line) for row in rows] == [
        ("name", "request", 32),
        ("OS-EXT:label", "request", 33),
        ("name", "response", 43),
    ]
    plain, label = rows[0].entry, rows[1].entry
    assert plain is not None
    assert (plain.location, plain.required, plain.since) == ("body", True, None)
    # What an entry takes from another it has, but for what it says itself.
    assert label is not None
    assert (label.location, label.required, label.since) == ("body", False, "2.10")
    assert label.description == "The rack's name."


def test_codes_come_from_lists_and_from_prose(racks: Tree) -> None:
    create, move = racks.operations
    assert [(code.status, code.place.line) for code in create.codes] == [
        (201, 22), (400, 24), (401, 24), (409, 25)
    ]  # fmt: skip
    assert [code.status for code in move.codes] == [202, 404]


def test_samples_know_which_half_they_show(racks: Tree) -> None:
    assert [(item.file, item.half) for item in racks.operations[0].samples] == [
        ("samples/rack-create-req.json", "request"),
        ("samples/rack.json", "response"),
    ]


def test_prose_is_kept_without_what_is_data(racks: Tree) -> None:
    assert racks.operations[0].text == "Creates a *rack*.\n\n.. note:: It takes a while."


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ("This API is available starting with microversion 2.55.", "2.55"),
        ("Available since version 3.9", "3.9"),
        ("The ``x`` field is available in some releases.", None),
        ("Use 2.55 instead.", None),
    ],
)
def test_an_operation_came_when_its_text_says_so(
    said: str, since: str | None, tmp_path: Path
) -> None:
    text = f"List\n====\n\n.. rest_method:: GET /racks\n\n{said}\n"
    assert tree(tmp_path, a_inc=text).operations[0].methods[0].since == since


@pytest.mark.parametrize(
    ("files", "message", "line"),
    [
        ({"a_inc": "A\n=\n\n.. rest_method:: GET\n"}, "not a method and a path", 4),
        ({"a_inc": "A\n=\n\n.. rest_method:: fetch it\n"}, "not a method and a path", 4),
        ({"a_inc": "A\n=\n\n.. rest_method:: GET a/{b}\n"}, "doesn't begin with a slash", 4),
        ({"a_inc": RACKS}, "there is no file 'parameters.yaml'", 30),
        ({"a_inc": RACKS, "parameters_yaml": "rack_id: {in: path"}, "not YAML", 1),
        ({"a_inc": RACKS, "parameters_yaml": "- name\n"}, "not a mapping", 1),
        ({"a_inc": RACKS, "parameters_yaml": "a: {in: body}\nname: 3\n"}, "'name' is not a", 2),
        ({"a_inc": RACKS, "parameters_yaml": "a: {in: body}\na: {}\n"}, "stands here twice", 2),
        ({"a_inc": RACKS, "parameters_yaml": "name: {in: body}\n"}, "no entry 'name_2_10'", 33),
        (
            {"a_inc": RACKS.replace("- name: name", "name name"), "parameters_yaml": PARAMETERS},
            "is not a row '- name: entry'",
            32,
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(
    files: dict[str, str], message: str, line: int, tmp_path: Path
) -> None:
    found = tree(tmp_path, z_inc="Z\n=\n\n.. rest_method:: GET /z\n", **files)
    assert [item.place.line for item in found.faults if message in item.message][:1] == [line]
    assert found.operations[-1].methods[0].path == "/z"


def test_a_directive_may_say_below_what_it_is_about(tmp_path: Path) -> None:
    text = RACKS.replace(":: POST /racks/", "::\n   POST /racks/")
    text = text.replace(":: parameters.yaml", "::\n   parameters.yaml")
    text = text.replace(":: samples/", "::\n   samples/").replace(":: error", "::\n   error")
    found = tree(tmp_path, parameters_yaml=PARAMETERS, racks_inc=text)
    assert not found.faults
    create, move = found.operations
    assert [row.name for row in create.rows] == ["name", "OS-EXT:label", "name"]
    assert [sample.file for sample in create.samples] == [
        "samples/rack-create-req.json", "samples/rack.json"
    ]  # fmt: skip
    (method,) = move.methods
    assert (method.path, method.since) == ("/racks/{rack_id}/action", "2.10")
    assert [code.status for code in move.codes] == [202, 404]


def test_everything_else_is_read_beside_a_fault(tmp_path: Path) -> None:
    found = tree(tmp_path, a_inc=RACKS, parameters_yaml="name: [\n")
    assert found.operations[0].title == "Create a rack"
    assert [row.entry for row in found.operations[0].rows] == [None, None, None]


def test_a_file_that_is_not_utf_8_is_read_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.inc").write_bytes(b"A\n=\n\n.. rest_method:: GET /a\n\nM\xfcll\n")
    found = read_tree(tmp_path)
    assert [(fault.message, fault.place.line) for fault in found.faults] == [("not UTF-8", 6)]
    assert found.operations[0].methods[0].path == "/a"


@pytest.mark.parametrize("make", [False, True])
def test_a_folder_without_a_reference_says_what_to_give(make: bool, tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    if make:
        folder.mkdir()
    with pytest.raises(HandwrittenError, match=r"give the folder with os-api-ref's \*\.inc"):
        read_tree(folder)
