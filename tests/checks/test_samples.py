"""Example files held against the schemas of their operations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sphinxext_apiplug.checks.samples.check import check
from sphinxext_apiplug.checks.samples.claims import NamesError
from sphinxext_apiplug.handwritten.tree import read_tree
from sphinxext_apiplug.inventory.model import Api, Inventory, Operation, Payload, Response
from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.inventory.versions import VersionRange


def body(key: str, **properties: Any) -> dict[str, Any]:
    inner = {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }
    return {"type": "object", "properties": {key: inner}, "required": [key]}


OLD = VersionRange(since="2.1", until="2.9")
NEW = VersionRange(since="2.10")
TEXT = {"type": "string"}
NET = {"type": "string", "format": "cidr"}


def operation(name: str, method: str = "POST", **parts: Any) -> Operation:
    handler = Source(object="racks:C", file="racks.py", line=1)
    return Operation(
        id=name, method=method, path=parts.pop("path", "/racks"), resource="os-racks",
        extension="racks", handler=handler, **parts,
    )  # fmt: skip


RACKS = Inventory(
    api=Api(name="racks", namespace="racks", title="Racks", version="1"),
    operations=(
        operation(
            "os-racks-create",
            request=(
                Payload(schema=body("rack", name=TEXT), versions=OLD),
                Payload(schema=body("rack", name=TEXT, net=NET), versions=NEW),
            ),
            responses=(
                Response(
                    status=201, description="Created",
                    payloads=(Payload(schema=body("rack", id=TEXT)),),
                ),
            ),
        ),
        operation(
            "os-racks-show", "GET", path="/racks/{id}",
            responses=(
                Response(
                    status=200, description="OK",
                    payloads=(Payload(schema=body("rack", id=TEXT, name=TEXT)),),
                ),
            ),
        ),
    ),
)  # fmt: skip


def put(folder: Path, name: str, content: Any) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        content if isinstance(content, str) else json.dumps(content, indent=1), "utf-8"
    )
    return path


def told(folder: Path) -> list[tuple[str, str, int | None, str]]:
    found = check(RACKS, folder)
    assert all(problem.source is not None for problem in found)
    return [
        (problem.kind, Path(problem.source.file).name, problem.source.line, problem.message)
        for problem in found
        if problem.source is not None
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("os-racks/rack-create-req.json", {"rack": {"name": "a"}}),
        ("os-racks/rack-create-req.json", {"rack": {"name": "a", "net": "10.0.0.0/24"}}),
        ("os-racks/v2.1/rack-create-req.json", {"rack": {"name": "a"}}),
        ("os_racks/v2.10/rack-create-request.json", {"rack": {"name": "a", "net": "::/0"}}),
        ("os-racks/rack-create-resp.json", {"rack": {"id": "1"}}),
        ("racks/show-resp.json", {"rack": {"id": "1", "name": "a"}}),
        # Nothing in its name says which of the answers it is: it may be any.
        ("racks/rack-resp.json", {"rack": {"id": "1"}}),
    ],
)
def test_examples_that_are_right(name: str, content: Any, tmp_path: Path) -> None:
    put(tmp_path, name, content)
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "content", "kind", "line", "message"),
    [
        ("os-racks/rack-create-req.json", {"rack": {"nam": "a"}}, "sample-invalid", 2,
         "not valid for os-racks-create: /rack: "),
        ("os-racks/rack-create-req.json", {"rack": {"name": 3}}, "sample-invalid", 3,
         "not valid for os-racks-create: /rack/name: 3 is not of type 'string'"),
        ("os-racks/v2.10/rack-create-req.json", {"rack": {"name": "a"}}, "sample-invalid", 2,
         "not valid for os-racks-create at 2.10: /rack: 'net' is a required property"),
        ("os-racks/v2.10/rack-create-req.json", {"rack": {"name": "a", "net": "10.0.0.1"}},
         "sample-invalid", 4, "'10.0.0.1' is not a 'cidr'"),
        ("os-racks/rack-create-resp.json", {"rack": {"id": None}}, "sample-invalid", 3,
         "None is not of type 'string'"),
        ("os-racks/a-req.json", '{"rack":\n\n oops}', "sample-unreadable", 3, "not JSON"),
        ("os-racks/a-req.json", "", "sample-unreadable", 1, "not JSON"),
        ("os-racks/a-req.json", "[" * 100_000, "sample-unreadable", 1, "nested"),
        ("os-bays/bay-req.json", {"bay": {}}, "sample-unmatched", 1, "no operation is known"),
        ("os-racks/rack.json", {"rack": {}}, "sample-unmatched", 1, "no operation is known"),
        ("os-racks/rack-create-req.json", [1], "sample-unmatched", 1, "no operation is known"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(
    name: str, content: Any, kind: str, line: int, message: str, tmp_path: Path
) -> None:
    put(tmp_path, name, content)
    put(tmp_path, "os-racks/right-create-req.json", {"rack": {"name": "a"}})
    ((found_kind, file, found_line, found_message),) = told(tmp_path)
    assert (found_kind, file, found_line) == (kind, Path(name).name, line)
    assert message in found_message


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a-req.json").write_bytes(b'{"rack": "\xff"}')
    assert [row[:2] for row in told(tmp_path)] == [("sample-unreadable", "a-req.json")]


def test_names_say_what_no_file_name_does(tmp_path: Path) -> None:
    put(tmp_path, "one.json", {"rack": {"name": "a"}})
    names = "one.json: {operation: os-racks-create, half: request, microversion: 2.10}"
    put(tmp_path, "samples.yaml", names)
    assert [row[0] for row in told(tmp_path)] == ["sample-invalid"]
    put(tmp_path, "samples.yaml", names.replace("2.10", "2.2"))
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ("one.json: {operation: racks-make, half: request}", "no operation is 'racks-make'"),
        ("two.json: {operation: os-racks-create, half: request}", "there is no file 'two.json'"),
        ("one.json: {operation: os-racks-create, half: both}", "Invalid enum value 'both'"),
        ("one.json: os-racks-create", "Expected `object`"),
        ("one.json: [", "while parsing"),
    ],
)
def test_names_that_are_wrong(names: str, message: str, tmp_path: Path) -> None:
    put(tmp_path, "one.json", {"rack": {"name": "a"}})
    put(tmp_path, "samples.yaml", names)
    with pytest.raises(NamesError, match=message):
        check(RACKS, tmp_path)


def test_a_hand_written_reference_says_what_its_files_show(tmp_path: Path) -> None:
    samples, source = tmp_path / "samples", tmp_path / "source"
    put(samples, "anything.json", {"rack": {"name": 3}})
    text = """\
        Create a rack
        =============

        .. rest_method:: POST /racks

        Request
        -------

        .. literalinclude:: ../samples/anything.json

        .. literalinclude:: /../samples/gone.json
        """
    put(source, "racks.inc", "\n".join(line.removeprefix(" " * 8) for line in text.splitlines()))
    found = check(RACKS, samples, (read_tree(source), source))
    assert [(problem.kind, problem.subject) for problem in found] == [
        ("sample-invalid", "anything.json"), ("sample-unreadable", "gone.json")
    ]  # fmt: skip
    assert found[1].source is not None
    assert found[1].source.file.endswith("source/racks.inc")
    assert found[1].source.line == 11
