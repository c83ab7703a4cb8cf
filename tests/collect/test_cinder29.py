"""Cinder 29, which finds its extensions by walking over a package."""

from __future__ import annotations

from collections import Counter

import pytest

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import parse_apis
from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.inventory.timeline import fold
from tests.collect.real_services import CINDER29, wanted

pytestmark = [pytest.mark.real, wanted("cinder", "29.0.0")]


@pytest.fixture(scope="module")
def cinder(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    """The inventory of the installed release."""
    settings = parse_apis({"volume": CINDER29})["volume"]
    return collect("volume", settings, base_dir=tmp_path_factory.mktemp("base")).inventory


def test_extensions(cinder: Inventory) -> None:
    """All 32, and what the router maps without one."""
    aliases = {item.alias for item in cinder.extensions}
    assert len(aliases) == 33
    assert aliases > {"core", "os-volume-actions", "backups", "os-services"}
    assert {item.distribution for item in cinder.extensions} == {"cinder"}


def test_operations_and_actions(cinder: Inventory) -> None:
    """Of 165 routes with a handler, two can't be called: one lacks a body, one the host's id.

    An action that is mapped below several paths counts where it can be called.
    """
    counts = Counter(item.action is not None for item in cinder.operations)
    assert counts == {False: 163, True: 42}
    actions = {(item.path, item.action): item.extension for item in cinder.operations}
    assert actions["/volumes/{id}/action", "os-attach"] == "os-volume-actions"
    assert actions["/groups/action", "create-from-src"] == "core"
    assert actions["/groups/{id}/action", "delete"] == "core"
    assert actions["/os-services/thaw", None] == "os-services"
    assert actions["/types", None] == "os-types-manage"


def test_nothing_failed(cinder: Inventory) -> None:
    """What is wrong are schemas, and rules that name what isn't served."""
    assert {item.kind for item in cinder.problems} == {"policy-unmatched", "schema-invalid"}


def test_versions_that_code_asks_for(cinder: Inventory) -> None:
    """Of what is looked at, and answered, in some versions alone."""
    queries = {
        (operation.method, operation.path, item.name): str(item.versions)
        for operation in cinder.operations
        for item in operation.parameters
        if item.location == "query"
    }
    assert queries["DELETE", "/volumes/{id}", "force"] == "3.23–"
    assert queries["GET", "/volume-transfers", "sort"] == "3.59–"
    assert queries["GET", "/messages", "marker"] == "3.5–"
    assert queries["GET", "/group_snapshots", "marker"] == "3.29–"
    # Its being ignored in old versions, or for some callers, says nothing of others.
    assert queries["GET", "/volumes", "all_tenants"] == "–"
    (listed,) = (item for item in cinder.operations if item.id == "volume_metadata-list")
    headers = [(item.name, str(item.versions)) for item in listed.responses[0].headers]
    assert headers == [("Etag", "3.15–")]


def test_fields_that_view_builders_add(cinder: Inventory) -> None:
    """No schema says what is answered; the code that builds it says since when."""
    since: dict[tuple[str, str], str] = {}
    for operation in cinder.operations:
        for response in operation.responses:
            pending = [*fold(response.payloads, operation.versions)]
            for field in pending:
                pending += field.children
                since[operation.id, field.pointer] = str(field.versions[0].since)
    volume = {
        "id": "3.0", "group_id": "3.13", "provider_id": "3.21", "service_uuid": "3.48",
        "cluster_name": "3.61", "volume_type_id": "3.63", "encryption_key_id": "3.64",
        "consumes_quota": "3.65",
    }  # fmt: skip
    assert {name: since["volumes-show", f"/volume/{name}"] for name in volume} == volume
    # A part of it has a name of its own there.
    assert since["snapshots-show", "/snapshot/user_id"] == "3.41"
    # A list is built by the function that it is given.
    assert since["groups-detail", "/groups/[]/volumes"] == "3.25"


def test_headers_that_answers_get(cinder: Inventory) -> None:
    """Of errors, too."""
    found = {
        (item.method, item.path, answer.status, header.name)
        for item in cinder.operations
        for answer in item.responses
        for header in answer.headers
    }
    assert found == {
        ("GET", "/volumes/{volume_id}/metadata", 200, "Etag"),
        ("POST", "/backups/{id}/restore", 413, "Retry-After"),
        ("POST", "/os-volume-transfer/{id}/accept", 413, "Retry-After"),
        ("POST", "/volume-transfers/{id}/accept", 413, "Retry-After"),
    }


def test_two_runs_give_the_same_bytes(cinder: Inventory, tmp_path) -> None:
    """Whatever order sets and files have."""
    settings = parse_apis({"volume": CINDER29})["volume"]
    again = collect("volume", settings, base_dir=tmp_path).inventory
    assert codec.dumps(again) == codec.dumps(cinder)
