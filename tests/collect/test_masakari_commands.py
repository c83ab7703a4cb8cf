"""The commands of python-masakariclient at Masakari's operations, found by their names."""

from __future__ import annotations

import msgspec
import pytest

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.inventory.model import Command, Inventory
from tests.collect.test_masakari import SETTINGS

pytestmark = pytest.mark.real("masakari", "python-masakariclient")

# All that the client declares in openstack.ha.v1, and what its code calls.
CALLED = {
    "notification create": "POST /notifications",
    "notification list": "GET /notifications",
    "notification show": "GET /notifications/{id}",
    "notification vmove list": "GET /notifications/{notification_id}/vmoves",
    "notification vmove show": "GET /notifications/{notification_id}/vmoves/{id}",
    "segment create": "POST /segments",
    "segment delete": "DELETE /segments/{id}",
    "segment list": "GET /segments",
    "segment show": "GET /segments/{id}",
    "segment update": "PUT /segments/{id}",
    "segment host create": "POST /segments/{segment_id}/hosts",
    "segment host delete": "DELETE /segments/{segment_id}/hosts/{id}",
    "segment host list": "GET /segments/{segment_id}/hosts",
    "segment host show": "GET /segments/{segment_id}/hosts/{id}",
    "segment host update": "PUT /segments/{segment_id}/hosts/{id}",
}


@pytest.fixture(scope="module")
def masakari(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    """The inventory of the installed release, with the client's commands."""
    settings = msgspec.structs.replace(SETTINGS, commands="openstack.ha.v1")
    return collect("instance-ha", settings, base_dir=tmp_path_factory.mktemp("base")).inventory


def command(masakari: Inventory, name: str) -> Command:
    """The command of that name."""
    (found,) = (
        item
        for operation in masakari.operations
        for item in operation.commands
        if item.name == name
    )
    return found


def test_every_command_at_its_operation(masakari: Inventory) -> None:
    """Fifteen of fifteen, each once."""
    found = {
        item.name: f"{operation.method} {operation.path}"
        for operation in masakari.operations
        for item in operation.commands
    }
    assert found == CALLED
    assert sum(len(operation.commands) for operation in masakari.operations) == len(CALLED)
    assert [item for item in masakari.problems if item.kind.startswith("command")] == []


def test_what_is_known_of_a_command(masakari: Inventory) -> None:
    """As its help says, without the ways to print."""
    found = command(masakari, "segment create")
    assert (found.program, found.matched) == ("openstack", "name")
    assert found.entry_point == "segment_create = masakariclient.osc.v1.segment:CreateSegment"
    assert found.distribution == "python-masakariclient"
    assert found.source is not None
    assert found.source.file == "masakariclient/osc/v1/segment.py"
    assert found.summary == "Create segment."
    assert [item.name for item in found.options if item.required] == [
        "name", "recovery_method", "service_type",
    ]  # fmt: skip
    assert {flag for item in found.options for flag in item.flags} >= {"--description"}
    flags = {
        flag
        for operation in masakari.operations
        for item in operation.commands
        for option in item.options
        for flag in option.flags
    }
    assert flags.isdisjoint({"-f", "--format", "-c", "--column", "--noindent", "-h", "--help"})
