"""Nova 15.1.5, the last release whose whole API is entry points, with mocks for what it lacks."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import parse_apis
from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.model import Inventory, Operation
from sphinxext_apiplug.inventory.versions import VersionRange
from tests.collect.real_services import NOVA15, wanted

pytestmark = [pytest.mark.real, wanted("nova", "15.1.5")]

# Field of a request to create a server -> the extension that adds it.
ADDED = {
    "availability_zone": "os-availability-zone",
    "block_device_mapping": "os-block-device-mapping-v1",
    "block_device_mapping_v2": "os-block-device-mapping",
    "config_drive": "os-config-drive",
    "key_name": "os-keypairs",
    "max_count": "os-multiple-create",
    "min_count": "os-multiple-create",
    "return_reservation_id": "os-multiple-create",
    "security_groups": "os-security-groups",
    "user_data": "os-user-data",
}
ADDED_BESIDE = {
    "OS-SCH-HNT:scheduler_hints": "os-scheduler-hints",
    "os:scheduler_hints": "os-scheduler-hints",
}


@pytest.fixture(scope="module")
def nova(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    """The inventory of the installed release."""
    settings = parse_apis({"compute": NOVA15})["compute"]
    return collect("compute", settings, base_dir=tmp_path_factory.mktemp("base")).inventory


def operation(nova: Inventory, id: str) -> Operation:
    """The operation of that id, which must be there."""
    found = nova.operation(id)
    assert found is not None
    return found


def test_all_extensions_but_one(nova: Inventory) -> None:
    """The one that uses a keyword as a name is the only one that isn't read."""
    (problem,) = (item for item in nova.problems if item.kind == "load-failed")
    assert problem.subject == "migrate_server"
    assert problem.message == "SyntaxError: invalid syntax"
    assert str(problem.source) == "nova/api/openstack/compute/migrate_server.py:79"
    assert problem.distribution == "nova 15.1.5"
    # 79 of the namespace, and one that only adds fields to the creation of servers.
    assert len(nova.extensions) == 80
    assert nova.extension("os-block-device-mapping-v1") is not None
    assert {item.kind for item in nova.problems} == {
        "load-failed", "schema-adapted", "schema-invalid", "value-mocked",
    }  # fmt: skip


def test_every_operation_and_action(nova: Inventory) -> None:
    """As counted by hand in the routes of the 79."""
    counts = Counter(item.action is not None for item in nova.operations)
    assert counts == {False: 193, True: 53}
    servers = [
        item for item in nova.operations if item.action and item.path == "/servers/{id}/action"
    ]
    assert len(servers) == 39
    assert {item.extension for item in servers} > {"servers", "os-shelve", "os-pause-server"}
    assert operation(nova, "flavors-create").extension == "os-flavor-manage"
    assert nova.api.microversions == VersionRange(since="2.1", until="2.42")


def test_who_augments(nova: Inventory) -> None:
    """Handlers that extend others, for plain operations and for those that inherit them."""
    show = operation(nova, "servers-show")
    assert [item.extension for item in show.augmented_by] == [
        "os-config-drive", "os-extended-availability-zone", "os-extended-server-attributes",
        "os-extended-status", "os-extended-volumes", "os-hide-server-addresses", "os-keypairs",
        "os-security-groups", "os-server-usage",
    ]  # fmt: skip
    assert operation(nova, "os-volumes_boot-show").augmented_by == show.augmented_by
    augmented = [item for item in nova.operations if item.augmented_by]
    assert len(augmented) == 10


@pytest.mark.parametrize("name", ["servers-create", "os-volumes_boot-create"])
def test_fields_that_extensions_add(nova: Inventory, name: str) -> None:
    """In each of the six versions of the request; nowhere else."""
    create = operation(nova, name)
    expected = {f"/properties/server/properties/{field}": by for field, by in ADDED.items()}
    expected |= {f"/properties/{field}": by for field, by in ADDED_BESIDE.items()}
    assert [str(item.versions) for item in create.request] == [
        "2.0", "2.1–2.18", "2.19–2.31", "2.32–2.36", "2.37–2.41", "2.42–",
    ]  # fmt: skip
    for payload in create.request:
        assert payload.provided_by == expected
    assert {item.extension for item in create.augmented_by} == set(expected.values())


def test_policies_from_handlers(nova: Inventory) -> None:
    """No rule is documented in this release, so all are deduced, with their checks."""
    ruled = [item for item in nova.operations if item.policies]
    assert len(ruled) == 227
    assert all(policy.inferred and policy.check for item in ruled for policy in item.policies)
    assert [item.name for item in operation(nova, "servers-lock").policies] == [
        "os_compute_api:os-lock-server:lock"
    ]


def test_rules_of_some_cases(nova: Inventory) -> None:
    rules = {item.name: item.conditional for item in operation(nova, "servers-create").policies}
    always = [name for name, conditional in rules.items() if not conditional]
    assert always == ["os_compute_api:servers:create"]
    assert len(rules) == 4


def test_headers_that_answers_get(nova: Inventory) -> None:
    found = {
        (item.id, answer.status, header.name, str(header.versions))
        for item in nova.operations
        for answer in item.responses
        for header in answer.headers
    }
    assert found == {
        ("servers-create", 202, "Location", "–"),
        ("servers-rebuild", 202, "Location", "–"),
        ("servers-createBackup", 202, "Location", "–"),
        ("servers-createImage", 202, "Location", "–"),
        ("servers-tags-update", 201, "Location", "2.26–"),
        ("os-volumes-create", 200, "Location", "2.1–2.35"),
        ("os-volumes_boot-create", 202, "Location", "–"),
    }


def test_answers_without_a_body(nova: Inventory) -> None:
    """Handlers that return nothing say so; what always refuses has no answer at all."""
    (deleted,) = (
        item for item in operation(nova, "servers-delete").responses if item.status < 400
    )
    assert [(item.schema, item.inferred) for item in deleted.payloads] == [
        ({"type": "null"}, True)
    ]
    nodes = operation(nova, "os-baremetal-nodes-create").responses
    assert [item.status for item in nodes] == [400, 401]


def test_mocks_leave_names_and_no_addresses(nova: Inventory) -> None:
    """Each mocked value of a schema is a problem that names it."""
    text = codec.dumps(nova).decode()
    assert not re.search(r"0x[0-9a-f]{6}|MockObject|__deepcopy__", text)
    named = [item for item in nova.problems if item.kind == "value-mocked"]
    assert {item.message.split()[2].rstrip(",") for item in named} == {
        "nova.db.MAX_INT", "nova.db.SQL_SP_FLOAT_MAX", "nova.objects.instance.MAX_TAG_COUNT",
        "nova.objects.tag.MAX_TAG_LENGTH", "nova.objects.external_event.EVENT_NAMES",
        "nova.objects.external_event.EVENT_STATUSES",
    }  # fmt: skip


def test_two_runs_give_the_same_bytes(nova: Inventory, tmp_path) -> None:
    """Whatever order sets and files have."""
    settings = parse_apis({"compute": NOVA15})["compute"]
    again = collect("compute", settings, base_dir=tmp_path).inventory
    assert codec.dumps(again) == codec.dumps(nova)
