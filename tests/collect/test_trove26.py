"""Trove 26: a router that has a mapper only, and controllers that declare in their classes."""

from __future__ import annotations

from collections import Counter

import pytest

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import parse_apis
from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.model import Inventory, Operation
from tests.collect.real_services import TROVE26, wanted

pytestmark = [pytest.mark.real("trove"), wanted("trove", "26.0.0")]

INSTANCE = "/{tenant_id}/instances/{id}"


@pytest.fixture(scope="module")
def trove(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    """The inventory of the installed release."""
    settings = parse_apis({"database": TROVE26})["database"]
    return collect("database", settings, base_dir=tmp_path_factory.mktemp("base")).inventory


def one(inventory: Inventory, method: str, path: str, action: str | None = None) -> Operation:
    """The operation that serves a request."""
    (found,) = (
        item
        for item in inventory.operations
        if (item.method, item.path, item.action) == (method, path, action)
    )
    return found


def success(operation: Operation) -> list[int]:
    """The codes of success; all of them are deduced."""
    found = [item for item in operation.responses if item.status < 400]
    assert all(item.inferred for item in found)
    return [item.status for item in found]


def test_operations_and_actions(trove: Inventory) -> None:
    """What two extensions add, and what the router maps without them."""
    counts = Counter((item.extension, item.action is not None) for item in trove.operations)
    assert counts == {
        ("MYSQL", False): 19,
        ("Mgmt", False): 27,
        ("Mgmt", True): 6,
        ("core", False): 58,
        ("core", True): 10,
    }
    assert {item.action for item in trove.operations if item.path == f"{INSTANCE}/action"} == {
        "eject_replica_source",
        "promote_to_replica_source",
        "reset_status",
        "resize",
        "restart",
    }


def test_edit_is_no_form(trove: Inventory) -> None:
    """It serves PATCH, mapped by the router or by what loads the extensions."""
    edits = {
        (item.method, item.path)
        for item in trove.operations
        if item.handler.object.endswith(".edit")
    }
    assert edits == {
        ("PATCH", INSTANCE),
        ("PATCH", "/{tenant_id}/configurations/{id}"),
        ("PATCH", "/{tenant_id}/mgmt/instances/{id}"),
        ("PATCH", "/{tenant_id}/mgmt/datastore-versions/{id}"),
    }
    assert not any(item.path.endswith(("/new", "/edit")) for item in trove.operations)


def test_schemas(trove: Inventory) -> None:
    """Of each handler and action that has one, but for two that are never asked."""
    declared = Counter(
        item.extension
        for item in trove.operations
        if any(not payload.inferred for payload in item.request)
    )
    # 14 of the extensions' routes name one; 2 of these aren't asked, 1 has four actions.
    assert declared == {"MYSQL": 5, "Mgmt": 14 - 2 - 5 + 3, "core": 17}
    (resize,) = one(trove, "POST", f"{INSTANCE}/action", "resize").request
    wanted = [item["properties"]["resize"]["required"] for item in resize.schema["anyOf"]]
    assert wanted == [["volume"], ["flavorRef"]]
    grant = "/{tenant_id}/instances/{instance_id}/users/{user_id}/databases"
    assert one(trove, "PUT", grant).request == ()
    assert "trove/common/apischema.py" in one(trove, "POST", "/{tenant_id}/backups").files


def test_codes(trove: Inventory) -> None:
    """As ``Result`` is given them, also by a method that an action is left to."""
    action = f"{INSTANCE}/action"
    assert success(one(trove, "POST", action, "restart")) == [202]
    assert success(one(trove, "POST", action, "resize")) == [202]
    assert success(one(trove, "GET", "/{tenant_id}/mgmt/instances/{id}/rpc_ping")) == [204]
    assert success(one(trove, "GET", INSTANCE)) == [200]
    schema = "/{tenant_id}/instances/{instance_id}/databases/{id}"
    assert success(one(trove, "GET", schema)) == []
    ping = one(trove, "GET", "/{tenant_id}/mgmt/instances/{id}/rpc_ping").responses
    mapped = [400, 401, 403, 404, 409, 413, 422, 500, 501]
    assert [item.status for item in ping if item.status >= 400] == mapped


def test_rules(trove: Inventory) -> None:
    """An account in front and actions in one path don't hide what is documented."""
    grow = one(trove, "POST", "/{tenant_id}/clusters/{id}", "grow")
    assert [item.name for item in grow.policies] == ["cluster:action"]
    ruled = Counter(item.extension for item in trove.operations if item.policies)
    assert ruled == {"MYSQL": 18, "core": 62}


def test_problems(trove: Inventory) -> None:
    """Rules with misspelt paths, and schemas that give themselves a name."""
    kinds = Counter(item.kind for item in trove.problems)
    assert kinds == {"policy-unmatched": 3, "schema-adapted": 14}
    assert {item.pointer for item in trove.problems if item.kind == "schema-adapted"} == {"/name"}


def test_two_runs_give_the_same_bytes(trove: Inventory, tmp_path) -> None:
    """Whatever order sets and files have."""
    settings = parse_apis({"database": TROVE26})["database"]
    again = collect("database", settings, base_dir=tmp_path).inventory
    assert codec.dumps(again) == codec.dumps(trove)
