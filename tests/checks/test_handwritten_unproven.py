"""What code doesn't prove isn't told of a hand-written reference."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from sphinxext_apiplug.inventory.model import Inventory, Operation, Response
from tests.checks.test_handwritten import (
    RACKS,
    RIGHT,
    operation,
    told,
)


def said(inventory: Inventory, text: str, folder: Path) -> list[str]:
    return [f"{item.kind[12:]}: {item.message}" for item in told(text, folder, inventory)]


def racks(**changed: Operation) -> Inventory:
    """The right inventory with some operations in place of those of their names."""
    found = {item.id: item for item in RACKS.operations} | changed
    return replace(RACKS, operations=tuple(found.values()))


def test_codes_that_no_handler_declares(tmp_path: Path) -> None:
    text = RIGHT.replace("badRequest(400)", "badRequest(400), forbidden(403), unauthorized(401)")
    assert said(RACKS, text, tmp_path) == []


def test_an_operation_that_only_refuses(tmp_path: Path) -> None:
    refused = operation("refused", "PUT", "/racks/{rack_id}")
    answers = (Response(status=400, description="No"),)
    missing = ["missing: nothing is written about PUT /racks/{rack_id}"]
    assert said(racks(refused=refused), RIGHT, tmp_path) == missing
    assert said(racks(refused=replace(refused, responses=answers)), RIGHT, tmp_path) == []


@pytest.mark.parametrize("path", ["/v2.1/{admin_project_id}/racks", "/{project-id}/racks"])
def test_variables_that_no_path_of_the_inventory_has(path: str, tmp_path: Path) -> None:
    found = said(RACKS, RIGHT.replace("GET /v2.1/racks", f"GET {path}"), tmp_path)
    assert not [item for item in found if "unknown" in item or "missing" in item]
    assert not [item for item in found if "'limit'" in item]


def test_the_list_of_extensions_is_of_no_extension(tmp_path: Path) -> None:
    more = "\nExtensions\n==========\n\n.. rest_method:: GET /extensions\n"
    assert said(RACKS, RIGHT + more, tmp_path) == []
