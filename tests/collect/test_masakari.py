"""Masakari as it is released: the real input that this project is measured by."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory import timeline
from sphinxext_apiplug.inventory.model import Inventory, Operation
from sphinxext_apiplug.inventory.versions import VersionRange

pytestmark = pytest.mark.real("masakari")

SETTINGS = ApiSettings(
    namespace="masakari.api.v1.extensions", base_path="/v1", service_type="instance-ha"
)

# (method, path): error codes as the handler's decorator declares them.
DECLARED = {
    ("GET", "/"): {404},
    ("GET", "/extensions"): set(),
    ("GET", "/extensions/{id}"): {404},
    ("GET", "/notifications"): {400, 403},
    ("POST", "/notifications"): {400, 403, 409},
    ("GET", "/notifications/{id}"): {403, 404},
    ("GET", "/notifications/{notification_id}/vmoves"): {400, 403, 404},
    ("GET", "/notifications/{notification_id}/vmoves/{id}"): {400, 403, 404},
    ("GET", "/segments"): {400, 403},
    ("POST", "/segments"): {403, 409},
    ("GET", "/segments/{id}"): {403, 404},
    ("PUT", "/segments/{id}"): {403, 404, 409},
    ("DELETE", "/segments/{id}"): {403, 404, 409},
    ("GET", "/segments/{segment_id}/hosts"): {400, 403, 404},
    ("POST", "/segments/{segment_id}/hosts"): {400, 403, 404, 409},
    ("GET", "/segments/{segment_id}/hosts/{id}"): {403, 404},
    ("PUT", "/segments/{segment_id}/hosts/{id}"): {400, 403, 404, 409},
    ("DELETE", "/segments/{segment_id}/hosts/{id}"): {403, 404, 409},
    ("GET", "/versions/{id}"): {404},
}


@pytest.fixture(scope="module")
def masakari(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    """The inventory of the installed release."""
    return collect("instance-ha", SETTINGS, base_dir=tmp_path_factory.mktemp("base")).inventory


def operation(inventory: Inventory, method: str, path: str) -> Operation:
    """The one operation of that method and path."""
    (found,) = (
        item for item in inventory.operations if (item.method, item.path) == (method, path)
    )
    return found


def test_extensions(masakari: Inventory) -> None:
    """Six of six."""
    assert [item.alias for item in masakari.extensions] == [
        "extensions", "notifications", "os-hosts", "segments", "versions", "vmoves",
    ]  # fmt: skip
    assert {item.distribution for item in masakari.extensions} == {"masakari"}


def test_operations(masakari: Inventory) -> None:
    """Every operation once, none invented, and the errors that each declares."""
    found = {
        (item.method, item.path): {
            response.status
            for response in item.responses
            if response.status >= 400 and not response.inferred
        }
        for item in masakari.operations
    }
    assert found == DECLARED
    assert len(masakari.operations) == len(found)


def test_ids_are_unique_and_readable(masakari: Inventory) -> None:
    """They become anchors and operation ids."""
    ids = [item.id for item in masakari.operations]
    assert len(set(ids)) == len(ids)
    assert {"segments-list", "segments-create", "segments-hosts-update"} <= set(ids)


def test_request_schemas(masakari: Inventory) -> None:
    """Seven, and those of segments in two version ranges."""
    ranges = {
        item.id: [str(payload.versions) for payload in item.request]
        for item in masakari.operations
        if item.request
    }
    assert ranges == {
        "notifications-create": ["–"],
        "segments-create": ["1.0–1.1", "1.2–"],
        "segments-hosts-create": ["–"],
        "segments-hosts-update": ["–"],
        "segments-update": ["1.0–1.1", "1.2–"],
    }


def test_enabled_since(masakari: Inventory) -> None:
    """The timeline knows since when there is ``enabled``, though nobody wrote it down."""
    assert masakari.api.microversions == VersionRange(since="1.0", until="1.3")
    payloads = operation(masakari, "POST", "/segments").request
    (segment,) = timeline.fold(payloads, masakari.api.microversions)
    fields = {item.name: item for item in segment.children}
    assert fields["enabled"].versions == (VersionRange(since="1.2", until="1.3"),)
    for name in ("name", "recovery_method", "service_type", "description"):
        assert fields[name].versions == (VersionRange(since="1.0", until="1.3"),)
        assert len(fields[name].states) == 1


def test_policies(masakari: Inventory) -> None:
    """All 18 documented rules are joined, and nothing is left over."""
    documented = Counter(
        policy.name
        for item in masakari.operations
        for policy in item.policies
        if not policy.inferred
    )
    assert len(documented) == 18
    assert not [item for item in masakari.problems if item.kind == "policy-unmatched"]
    (create,) = operation(masakari, "POST", "/segments").policies
    assert create.name == "os_masakari_api:segments:create"
    assert create.check == "rule:admin_api"
    assert create.description == "Creates a segment."


def test_descriptions(masakari: Inventory) -> None:
    """Where the docstring is one line, the documented rule says more."""
    found = operation(masakari, "GET", "/segments")
    assert found.summary == "Returns a summary list of failover segments"
    assert found.description.startswith("Lists IDs, names, description, recovery_method")


def test_answers(masakari: Inventory) -> None:
    """The keys that handlers and their view builders write down."""
    (answer,) = operation(masakari, "GET", "/segments/{segment_id}/hosts").responses[0].payloads
    assert answer.inferred
    (hosts,) = timeline.fold([answer])
    assert hosts.name == "hosts"
    assert hosts.states[0].type == "array of object"
    assert {"uuid", "on_maintenance", "failover_segment"} <= {item.name for item in hosts.children}


def test_deduced_parameters(masakari: Inventory) -> None:
    """What only bodies and helpers say."""
    names = [
        item.name
        for item in operation(masakari, "GET", "/segments").parameters
        if item.location == "query" and item.inferred
    ]
    assert names == [
        "enabled", "limit", "marker", "page_size", "recovery_method", "service_type",
        "sort_dir", "sort_key",
    ]  # fmt: skip
    (check,) = operation(masakari, "GET", "/notifications/{id}").version_checks
    assert check.versions == VersionRange(since="1.1")


def test_examples_of_every_operation(masakari: Inventory) -> None:
    """Each has a request that can be sent; those with a schema have a body."""
    for item in masakari.operations:
        assert item.examples, item.id
        assert "{" not in item.examples[0].path


def test_no_grave_problem(masakari: Inventory) -> None:
    """The released service is in order."""
    assert [str(item) for item in masakari.problems if item.severity != "info"] == []


def test_process_is_kept_apart(tmp_path: Path) -> None:
    """Nothing of the service is imported by the process that asks."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from sphinxext_apiplug.collect.api import collect\n"
        "from sphinxext_apiplug.collect.settings import ApiSettings\n"
        f"settings = ApiSettings(namespace={SETTINGS.namespace!r})\n"
        "found = collect('ha', settings, base_dir=Path()).inventory\n"
        "print(len(found.operations), 'masakari' in sys.modules)\n"
    )
    # A fresh process: other tests do import the service.
    asked = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert asked.stdout.split() == [str(len(DECLARED)), "False"]
