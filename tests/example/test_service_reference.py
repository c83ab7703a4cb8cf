"""What is read of the example service: all of it, without a problem."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import parse_apis
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.inventory.shapes import is_nothing
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.validate import validate

pytestmark = pytest.mark.real("compute-example")

OWN = "compute-example"


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    """The service, as installed."""
    settings = parse_apis(
        {
            "compute": {
                "namespace": "compute_example.api.v21.extensions",
                "base_path": "/v2.1",
                "service_type": "compute",
                "policies": "compute-example",
                "fault_schema": "compute_example.api.openstack.wsgi:FAULT_SCHEMA",
            }
        }
    )
    return collect("compute", settings["compute"], base_dir=Path()).inventory


def test_there_is_no_problem(inventory: Inventory) -> None:
    assert not inventory.problems
    versions = inventory.api.microversions
    assert versions is not None
    assert str(versions) == "2.1–2.5"


def test_every_operation_is_read(inventory: Inventory) -> None:
    own = {item.alias for item in inventory.extensions if item.distribution == OWN}
    found = {
        f"{item.method} {item.path} {item.action or ''}".rstrip()
        for item in inventory.operations
        if item.extension in own
    }
    assert found == {
        "DELETE /flavors/{id}",
        "DELETE /servers/{id}",
        "GET /",
        "GET /extensions",
        "GET /extensions/{id}",
        "GET /flavors",
        "GET /flavors/{id}",
        "GET /images",
        "GET /images/detail",
        "GET /images/{id}",
        "GET /os-scheduler-hosts",
        "GET /servers",
        "GET /servers/detail",
        "GET /servers/{id}",
        "POST /flavors",
        "POST /servers",
        "POST /servers/{id}/action reboot",
        "POST /servers/{id}/action start",
        "POST /servers/{id}/action stop",
        "POST /servers/{id}/action vietstack",
        "PUT /servers/{id}",
    }


def test_every_operation_is_as_the_service_has_it(inventory: Inventory) -> None:
    for item in inventory.operations:
        assert item.summary, item.id
        success = [answer for answer in item.responses if answer.status < 300]
        assert len(success) == 1, item.id
        # What isn't declared is only what the framework answers by itself.
        deduced = {answer.status for answer in item.responses if answer.inferred}
        assert deduced <= {200, 400, 401, 403, 406, 413, 415}, item.id
        wants_body = success[0].status not in (202, 204)
        has_body = any(not is_nothing(payload.schema) for payload in success[0].payloads)
        assert has_body == wants_body, item.id
        if item.path != "/":
            assert item.policies, item.id
            assert not any(policy.inferred for policy in item.policies), item.id


def test_versions_are_read(inventory: Inventory) -> None:
    by_id = {item.id: item for item in inventory.operations}
    assert str(by_id["images-detail"].versions) == "2.1–2.3"
    created = [str(item.versions) for item in by_id["servers-create"].request]
    assert created == ["2.1", "2.2–"]
    answers = next(item for item in by_id["servers-show"].responses if item.status == 200)
    assert len(answers.payloads) == 3


def test_augmentations_are_read(inventory: Inventory) -> None:
    augmented = {
        item.id
        for item in inventory.operations
        if "os-extended-server-attributes" in {each.extension for each in item.augmented_by}
    }
    assert augmented == {"servers-detail", "servers-show"}


def schemas() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every schema of the service, by name."""
    package = importlib.import_module("compute_example.api.compute.schemas")
    for file in sorted(Path(package.__path__[0]).glob("*.py")):
        module = importlib.import_module(f"{package.__name__}.{file.stem}")
        for name, value in inspect.getmembers(module):
            if name.isupper() and isinstance(value, dict) and "type" in value:
                yield f"{file.stem}.{name}", value


def undescribed(schema: Any, at: str) -> Iterator[str]:
    """Where a field has no description."""
    for name, value in schema.get("properties", {}).items():
        # A query parameter is a list of one value, which is what is described.
        told = value["items"] if at.endswith("_QUERY") else value
        if not told.get("description"):
            yield f"{at}/{name}"
        yield from undescribed(value, f"{at}/{name}")
    if isinstance(schema.get("items"), dict):
        yield from undescribed(schema["items"], f"{at}[]")


def test_every_field_has_a_description() -> None:
    found = dict(schemas())
    assert len(found) > 25
    assert [at for name, schema in found.items() for at in undescribed(schema, name)] == []


def test_every_handler_says_what_it_does(inventory: Inventory) -> None:
    own = {item.alias for item in inventory.extensions if item.distribution == OWN}
    for item in inventory.extensions:
        assert item.description, item.alias
    brief = {"flavors-show", "images-show"}
    for operation in inventory.operations:
        if operation.extension in own:
            assert operation.description or operation.id in brief, operation.id


@pytest.mark.parametrize("version", ["2.1", "2.5", "all"])
def test_the_document_is_valid(inventory: Inventory, version: str) -> None:
    assert not validate(build(inventory, version), inventory)
