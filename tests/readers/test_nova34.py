"""Nova 34 as it is released: a list of routes with schemas for a hundred microversions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory.model import Inventory, Operation, Payload

VERSION = "34.0.0"
SETTINGS = ApiSettings(
    routes="nova.api.openstack.compute.routes:ROUTE_LIST",
    base_path="/v2.1",
    service_type="compute",
)


def _installed() -> str:
    try:
        return metadata.version("nova")
    except metadata.PackageNotFoundError:
        return "none"


pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        _installed() != VERSION, reason=f"wants nova {VERSION}; installed is {_installed()}"
    ),
]


@pytest.fixture(scope="module")
def nova(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    """The inventory of the installed release."""
    return collect("compute", SETTINGS, base_dir=tmp_path_factory.mktemp("base")).inventory


def operation(
    inventory: Inventory, method: str, path: str, action: str | None = None
) -> Operation:
    """The one operation of that method, path and action."""
    (found,) = (
        item
        for item in inventory.operations
        if (item.method, item.path, item.action) == (method, path, action)
    )
    return found


def payloads(found: Operation) -> Iterator[Payload]:
    """All bodies that an operation may answer with."""
    for response in found.responses:
        yield from response.payloads


def test_operations(nova: Inventory) -> None:
    """All of them, each with an id and a title of its own."""
    actions = [item for item in nova.operations if item.action is not None]
    assert (len(nova.operations), len(actions)) == (265, 64)
    on_servers = [item for item in actions if item.path == "/servers/{id}/action"]
    assert len(on_servers) == 41
    assert len({item.id for item in nova.operations}) == 265
    assert all(item.summary for item in nova.operations)
    assert str(nova.api.microversions) == "2.1–2.104"


def test_extensions(nova: Inventory) -> None:
    """A module each; an action belongs to the module that it is defined in."""
    aliases = {item.alias for item in nova.extensions}
    assert {"servers", "flavors", "server_tags", "volumes_boot"} <= aliases
    assert {item.extension for item in nova.operations} == aliases
    assert operation(nova, "POST", "/servers/{id}/action", "shelve").extension == "shelve"


def test_schemas(nova: Inventory) -> None:
    """Those that can be reached, with their ranges.

    209 are declared for requests. Four of them hold in 2.0 only, on operations that
    exist from 2.1 on. One of 473 for answers holds for two success codes; 58 are of
    operations that always refuse, be they removed or for bare metal.
    """
    requests = [item for found in nova.operations for item in found.request if not item.inferred]
    bodies = [item for found in nova.operations for item in payloads(found)]
    assert len(requests) == 209 - 4
    assert len(bodies) == 473 + 1 - 58
    assert not any(item.inferred for item in bodies)
    create = operation(nova, "POST", "/servers")
    assert [str(item.versions) for item in create.request][-3:] == [
        "2.74–2.89",
        "2.90–2.93",
        "2.94–",
    ]


def test_actions_without_a_schema(nova: Inventory) -> None:
    """The key that names the action is there even where nothing declares it."""
    named = {
        (found.action, str(item.versions)): item.schema
        for found in nova.operations
        for item in found.request
        if item.inferred
    }
    assert named.keys() == {("unlock", "2.73–"), ("migrate", "–2.55")}
    assert named["unlock", "2.73–"]["required"] == ["unlock"]  # type: ignore[index]


def test_query_parameters(nova: Inventory) -> None:
    """Lists where a parameter may be repeated; ranges that say the same are one."""
    flavors = operation(nova, "GET", "/flavors")
    found = {item.name: item for item in flavors.parameters if item.location == "query"}
    assert str(found["name"].versions) == "2.102–"
    assert found["limit"].schema["type"] == "array"  # type: ignore[index]
    assert not any(item.inferred for item in flavors.parameters)
    by_pattern = {
        (found.path, item.name, str(item.versions))
        for found in nova.operations
        for item in found.parameters
        if item.by_pattern
    }
    assert by_pattern == {
        ("/images", "^property-.*$", "2.1–2.35"),
        ("/images/detail", "^property-.*$", "2.1–2.35"),
        ("/servers", "^_", "2.1–"),
        ("/servers/detail", "^_", "2.1–"),
        ("/os-volumes_boot", "^_", "2.1–2.102"),
        ("/os-volumes_boot/detail", "^_", "2.1–2.102"),
    }
    (bad,) = (item for item in flavors.responses if item.status == 400)
    assert "none of those listed (2.75–)" in bad.description
    declared = sum(
        item.location == "query" for found in nova.operations for item in found.parameters
    )
    assert declared > 300


def test_removed(nova: Inventory) -> None:
    """Each with the release, which only stands in the source, and the reason."""
    removed = [item.removed for item in nova.operations if item.removed is not None]
    assert len(removed) == 54
    assert all(re.fullmatch(r"\d+\.0\.0", item.version or "") for item in removed)
    assert all(len(item.reason) > 20 for item in removed)
    agents = operation(nova, "GET", "/os-agents").removed
    assert agents is not None
    assert agents.version == "22.0.0"
    assert agents.reason.startswith("This API only works with the Xen virt driver")


def test_version_checks_of_helpers(nova: Inventory) -> None:
    """A check stands where it is written, not in the handler's file."""
    checks = operation(nova, "POST", "/os-volumes_boot").version_checks
    assert {item.source.file.rpartition("/")[2] for item in checks} == {"servers.py"}


def test_what_is_refused_claims_no_success(nova: Inventory) -> None:
    """Removed operations answer what their code says, and nothing else."""
    removed = [item for item in nova.operations if item.removed is not None]
    codes = Counter(tuple(code.status for code in item.responses) for item in removed)
    assert codes == {(410,): 53, (400, 404, 409, 501): 1}
    nodes = operation(nova, "POST", "/os-baremetal-nodes").responses
    assert [item.status for item in nodes] == [400, 401]
    tokens = operation(nova, "GET", "/os-console-auth-tokens/{id}").responses
    assert [str(item.versions) for item in tokens if item.status == 200] == ["2.31–"]


def test_headers(nova: Inventory) -> None:
    """All that handlers set, in the versions in which they do; none are made up."""
    found = {
        (item.id, answer.status, header.name, str(header.versions))
        for item in nova.operations
        for answer in item.responses
        for header in answer.headers
    }
    assert found == {
        ("servers-create", 202, "Location", "–"),
        ("servers-rebuild", 202, "Location", "–"),
        ("servers-createBackup", 202, "Location", "–2.44"),
        ("servers-createImage", 202, "Location", "–2.44"),
        ("servers-tags-update", 201, "Location", "2.26–"),
        ("os-volumes-create", 200, "Location", "2.1–2.35"),
        # These give the request on to what they inherit.
        ("os-volumes_boot-create", 202, "Location", "2.1–2.102"),
        ("os-volumes_boot-rebuild", 202, "Location", "2.1–2.102"),
        ("os-volumes_boot-createImage", 202, "Location", "2.1–2.44"),
    }


def test_answers_without_a_body(nova: Inventory) -> None:
    """Their schema is null; some have one from a version on, or until one."""
    nothing = Counter(
        (response.status, all(item.schema == {"type": "null"} for item in response.payloads))
        for found in nova.operations
        for response in found.responses
        if any(item.schema == {"type": "null"} for item in response.payloads)
    )
    assert nothing == {
        (200, True): 3,
        (200, False): 1,
        (201, True): 1,
        (202, True): 50,
        (202, False): 3,
        (204, True): 15,
    }


def test_rules_of_some_cases(nova: Inventory) -> None:
    """Rules that a handler asks in some branches aren't asked of everybody."""
    rules = {
        item.name.removeprefix("os_compute_api:"): item.conditional
        for item in operation(nova, "POST", "/servers").policies
    }
    assert [name for name, conditional in rules.items() if not conditional] == ["servers:create"]
    assert len(rules) == 8
    update = operation(nova, "PUT", "/os-services/{id}").policies
    (deleted,) = operation(nova, "DELETE", "/os-volumes_boot/{id}").policies
    assert (deleted.name, deleted.inferred) == ("os_compute_api:servers:delete", True)
    # Both branches ask it.
    assert [item.conditional for item in update] == [False]


def test_versioned_codes(nova: Inventory) -> None:
    """Success and error codes in the versions that they are declared for."""
    create = operation(nova, "POST", "/os-keypairs").responses
    codes = [(item.status, str(item.versions)) for item in create if item.status < 400]
    assert codes == [(200, "2.0–2.1"), (201, "2.2–")]
    tokens = operation(nova, "GET", "/os-console-auth-tokens/{id}").responses
    declared = [(item.status, str(item.versions)) for item in tokens if not item.inferred]
    assert (401, "2.1–2.30") in declared
    # The code stands in the handler, behind a condition that has a name.
    attach = operation(nova, "POST", "/servers/{server_id}/os-volume_attachments").responses
    codes = [(item.status, str(item.versions)) for item in attach if item.status < 400]
    assert codes == [(200, "–2.100"), (202, "2.101–")]
    # It is set on the answer by a name that the loop may change.
    events = operation(nova, "POST", "/os-server-external-events").responses
    codes = [(item.status, item.inferred) for item in events if item.status < 400]
    assert codes == [(200, False), (207, True)]
    tag = operation(nova, "PUT", "/servers/{server_id}/tags/{id}").responses
    assert [item.status for item in tag if item.status < 400] == [201, 204]


def test_operations_of_some_versions(nova: Inventory) -> None:
    assert str(operation(nova, "GET", "/images").versions) == "2.1–2.35"
    assert str(operation(nova, "GET", "/servers/{server_id}/topology").versions) == "2.78–2.104"
    whole = Counter(str(item.versions) for item in nova.operations)["2.1–2.104"]
    assert whole == 265 - 95 + 1  # One of the 95 is declared from 2.0 on.


def test_policies(nova: Inventory) -> None:
    """Documented rules for at least 84 % of what isn't removed."""
    served = [item for item in nova.operations if item.removed is None]
    joined = [item for item in served if any(not rule.inferred for rule in item.policies)]
    assert (len(joined), len(served)) == (178, 211)


def test_problems(nova: Inventory) -> None:
    """A rule with a misspelt path, and the schemas that can't be reached."""
    assert {item.severity for item in nova.problems} == {"info"}
    kinds = Counter(item.kind for item in nova.problems)
    # One handler of the 58 that refuse serves two operations.
    assert kinds == {"policy-unmatched": 1, "schema-unreachable": 4 + 57}
    (rule,) = (item for item in nova.problems if item.kind == "policy-unmatched")
    assert "/os-hypervisors/details" in rule.message
    unserved = {item.subject for item in nova.problems if "the handler serves" in item.message}
    assert unserved == {"volumes_boot"}


def test_nothing_of_this_machine(nova: Inventory) -> None:
    """Files are named from where they are imported."""
    assert all(file.startswith("nova/") for file in nova.sources)
    assert not any(Path(file).is_absolute() for file in nova.sources)


def test_where_unlisted_query_parameters_are_refused(nova: Inventory) -> None:
    """Release note of microversion 2.102; some calls were strict from 2.75 on."""
    wanted = {"/flavors/{id}": "2.102–", "/servers": "2.75–", "/os-keypairs": "2.75–"}
    strict = {path: operation(nova, "GET", path).strict_query for path in wanted}
    assert {path: ", ".join(map(str, item)) for path, item in strict.items()} == wanted
