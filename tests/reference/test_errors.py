"""What a whole API answers when it refuses: told once, and linked to."""

from __future__ import annotations

import re
import zlib

import msgspec
import pytest

from sphinxext_apiplug.inventory.model import Inventory, Response
from tests.reference import sample
from tests.reference.project import Project

FAULT = {
    "type": "object",
    "description": "One for all, with *no* markup.",
    "properties": {"message": {"type": "string", "description": "What was wrong."}},
    "required": ["message"],
}


def content() -> Inventory:
    """The racks, with the body that all errors have, and one answer of the service's own."""
    found = sample.inventory()
    api = msgspec.structs.replace(found.api, fault_schema=FAULT)
    common = Response(status=406, description="Not Acceptable: no such version", common=True)
    operations = tuple(
        msgspec.structs.replace(item, responses=(*item.responses, common))
        for item in found.operations
    )
    return msgspec.structs.replace(found, api=api, operations=operations)


@pytest.fixture
def racks(project: Project) -> Project:
    project.inventory(content())
    text = "Racks\n=====\n\n.. apiplug-extensions::\n\nSee :apiplug:errors:`errors`.\n"
    project.write("index.rst", text)
    return project


def test_pages_link_to_the_only_table(racks: Project) -> None:
    racks.with_pages()
    build = racks.build()
    assert build.warnings == []
    index = build.text("index.html")
    assert index.count("What was wrong.") == 1
    assert 'id="errors"' in index
    assert "One for all, with *no* markup." in index
    page = build.text("extensions/shelves.html")
    assert "What was wrong." not in page
    # Every operation may answer so.
    sections = page.count('class="apiplug-operation"')
    assert sections > 1
    assert page.count('href="../index.html#errors"') == sections
    assert re.search(r"no such version.*>service</abbr>", page)
    inventory = zlib.decompress((build.outdir / "objects.inv").read_bytes().split(b"\n", 4)[4])
    assert b"racks:errors apiplug:errors 1 index.html#errors" in inventory


@pytest.mark.parametrize("builder", ["html", "text", "latex"])
def test_on_one_page(racks: Project, builder: str) -> None:
    build = racks.build(builder)
    assert build.warnings == []
    file = {"html": "index.html", "text": "index.txt", "latex": "python.tex"}[builder]
    names = [path.name for path in build.outdir.iterdir()]
    found = file if file in names else next(name for name in names if name.endswith(".tex"))
    assert build.text(found).count("What was wrong.") == 1


def test_nothing_is_said_where_nothing_is_known(project: Project) -> None:
    project.inventory(sample.inventory())
    project.write("index.rst", "Racks\n=====\n\n.. apiplug-extensions::\n")
    text = project.build("text").text("index.txt")
    assert "Errors" not in text
    assert "the same body" not in text
