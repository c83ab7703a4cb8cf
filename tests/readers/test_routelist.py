"""What is read of an API that is one list of routes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_apiplug.collect.api import Collected, collect
from sphinxext_apiplug.collect.settings import parse_apis
from sphinxext_apiplug.inventory.model import Inventory, Operation, Response
from sphinxext_apiplug.readers.base import Plugin
from sphinxext_apiplug.readers.routelist import RouteListReader

FAKE = Path(__file__).parent.parent / "fakes" / "routeapi"

Read = Callable[..., Collected]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Collect the list of routes that an installed service has."""
    folder = tmp_path / "site-packages"
    shutil.copytree(FAKE, folder / "routeapi")
    info = folder / "boatyard-7.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: boatyard\nVersion: 7.1\n")
    (info / "top_level.txt").write_text("routeapi\n")
    monkeypatch.syspath_prepend(str(folder))

    def run(name: str = "ROUTE_LIST", edits: dict[str, str] | None = None) -> Collected:
        for old, new in (edits or {}).items():
            for file in (folder / "routeapi").glob("*.py"):
                file.write_text(file.read_text().replace(old, new))
        apis = parse_apis({"boats": {"routes": f"routeapi.routes:{name}"}})
        return collect("boats", apis["boats"], base_dir=tmp_path)

    return run


@pytest.fixture
def boats(read: Read) -> Inventory:
    """The service as it is."""
    return read().inventory


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


def answers(found: Operation) -> dict[tuple[int, str], Response]:
    """(status, versions) -> what the operation answers."""
    return {(item.status, str(item.versions)): item for item in found.responses}


def test_operations(boats: Inventory) -> None:
    """Every route but the redirect, and one operation an action; no controller was made."""
    assert [(item.id, item.method, item.path, item.summary) for item in boats.operations] == [
        ("boats-detail", "GET", "/", "Boats: detail"),
        ("os-boats-list", "GET", "/os-boats", "List boats"),
        ("os-boats-create", "POST", "/os-boats", "Create boat"),
        ("os-boats-detail", "GET", "/os-boats/detail", "Boats: detail"),
        ("os-boats-update", "PUT", "/os-boats/{id}", "Update boat"),
        ("os-boats-delete", "DELETE", "/os-boats/{id}", "Delete boat"),
        ("os-boats-crews-show", "GET", "/os-boats/{boat_id}/crews/{id}", "Show crew"),
        ("os-boats-delete-post", "POST", "/os-boats/{id}/action", "Delete"),
        ("os-boats-hire", "POST", "/os-boats/{id}/action", "Hire somebody"),
        ("os-boats-sink", "POST", "/os-boats/{id}/action", "Sink"),
    ]
    assert str(boats.api.microversions) == "2.1–2.20"
    assert (boats.api.title, boats.api.version) == ("boatyard API", "7.1")


def test_modules_stand_for_extensions(boats: Inventory) -> None:
    """An action belongs to the module that its controller stands in."""
    assert [(item.alias, item.name, item.description) for item in boats.extensions] == [
        ("boats", "Boats", "Boats, and who may steer them."),
        ("crews", "Crews", ""),
    ]
    assert boats.extensions[0].entry_point == "boats = routeapi.boats:BoatsController"
    assert boats.extensions[0].distribution == "boatyard"
    hire = operation(boats, "POST", "/os-boats/{id}/action", "hire")
    assert (hire.extension, hire.resource) == ("crews", "os-boats")
    assert hire.handler.object == "routeapi.crews:CrewsController._hire"


def test_the_last_controller_serves_an_action(boats: Inventory) -> None:
    """As in the service, which registers them one after the other."""
    sink = operation(boats, "POST", "/os-boats/{id}/action", "sink")
    assert sink.handler.object == "routeapi.crews:CrewsController._sink_with_all_hands"


def test_path_variables(boats: Inventory) -> None:
    """A variable's regular expression is its pattern, not part of the path."""
    show = operation(boats, "GET", "/os-boats/{boat_id}/crews/{id}")
    assert [(item.name, item.schema) for item in show.parameters] == [
        ("boat_id", {"type": "string", "pattern": "^(?:[a-z]+)$"}),
        ("id", {"type": "string"}),
    ]


def test_query(boats: Inventory) -> None:
    """A list of at most one is one value; ranges in which nothing changed are one."""
    index = operation(boats, "GET", "/os-boats")
    many = {"type": "array", "items": {"type": "string"}}
    assert [(item.name, str(item.versions), item.schema) for item in index.parameters] == [
        ("harbour", "2.3–", many),
        ("limit", "2.1–", {"type": "integer", "minimum": 0}),
        ("tag", "2.1–", many),
        ("^x-", "2.3–", {"type": "integer", "minimum": 0}),
    ]
    assert [item.name for item in index.parameters if item.by_pattern] == ["^x-"]
    assert not any(item.inferred for item in index.parameters)


def test_refused_queries(boats: Inventory) -> None:
    """400 says since when an unlisted parameter is refused."""
    refused = answers(operation(boats, "GET", "/os-boats"))[400, "2.1–"]
    assert refused.description == (
        "Bad Request: a query parameter does not match its schema; "
        "a query parameter is none of those listed (2.3–)"
    )


def test_versioned_codes(boats: Inventory) -> None:
    """Success and error codes hold in the versions that their decorators name."""
    found = operation(boats, "GET", "/os-boats").responses
    assert [str(item.versions) for item in found if item.status == 404] == ["2.3–"]
    created = answers(operation(boats, "POST", "/os-boats"))
    assert (200, "–2.1") in created
    assert (201, "2.2–") in created
    # It is raised, but not declared.
    assert [item.inferred for key, item in created.items() if key[0] == 409] == [True]


def test_bodies_stand_at_the_code_of_their_versions(boats: Inventory) -> None:
    created = answers(operation(boats, "POST", "/os-boats"))
    assert [str(item.versions) for item in created[200, "–2.1"].payloads] == ["–2.1"]
    assert [str(item.versions) for item in created[201, "2.2–"].payloads] == ["2.2–"]
    updated = answers(operation(boats, "PUT", "/os-boats/{id}"))
    assert updated[200, "2.4–2.9"].payloads[0].schema["type"] == "object"  # type: ignore[index]
    assert updated[202, "2.10–2.19"].payloads[0].schema == {"type": "null"}


def test_handlers_for_some_versions(boats: Inventory) -> None:
    """The operation exists in them alone, and so do its schemas."""
    update = operation(boats, "PUT", "/os-boats/{id}")
    assert str(update.versions) == "2.4–2.19"
    assert {str(item.versions) for item in update.version_checks} == {"2.10–"}
    kept = [str(item.versions) for answer in update.responses for item in answer.payloads]
    assert kept == ["2.4–2.9", "2.10–2.19"]
    assert str(operation(boats, "GET", "/os-boats").versions) == "2.1–2.20"


def test_schemas_that_cannot_be_reached(boats: Inventory) -> None:
    """They are told of, and left out."""
    (problem,) = boats.problems
    assert (problem.kind, problem.severity) == ("schema-unreachable", "info")
    assert problem.message == (
        "its response schema for 2.1–2.3 is never used: the handler serves 2.4–2.19"
    )
    assert problem.source is not None
    assert problem.source.object == "routeapi.boats:BoatsController.update"


def test_requests(boats: Inventory) -> None:
    create = operation(boats, "POST", "/os-boats")
    assert [str(item.versions) for item in create.request] == ["2.0–2.4", "2.5–"]


def test_an_action_without_a_schema(boats: Inventory) -> None:
    """Its key is what calls it, so that is its body."""
    (body,) = operation(boats, "POST", "/os-boats/{id}/action", "hire").request
    assert body.inferred
    assert body.schema == {"type": "object", "properties": {"hire": {}}, "required": ["hire"]}


def test_removed(boats: Inventory) -> None:
    """The version stands in the source alone, since the decorator loses it."""
    removed = {item.id: item.removed for item in boats.operations if item.removed is not None}
    (what,) = removed.values()
    assert list(removed) == ["os-boats-delete"]
    assert (what.version, what.reason) == ("3.0.0", "Boats stay where they are.")


def test_removed_by_a_decorator_that_keeps_the_version(read: Read) -> None:
    found = read(edits={"removed_version = reason": "removed_version = version + '.1'"}).inventory
    removed = operation(found, "DELETE", "/os-boats/{id}").removed
    assert removed is not None
    assert removed.version == "3.0.0.1"


def test_attributes_that_disagree(read: Read) -> None:
    """What decorators were given is published; that they noted something else is told."""
    edits = {"getattr(wrapper, attribute).add(schema,": "getattr(wrapper, attribute).add({},"}
    found = read(edits=edits).inventory
    kinds = {item.kind for item in found.problems if item.severity != "info"}
    assert kinds == {"declaration-conflict"}
    create = [item for item in found.problems if "request_body_schemas" in item.message]
    (problem,) = create
    assert problem.subject == "boats"
    assert problem.source is not None
    assert problem.source.file == "routeapi/boats.py"
    assert len(operation(found, "POST", "/os-boats").request) == 2


def test_routes_that_cannot_be_read(read: Read) -> None:
    """Each is one problem; the others are published."""
    found = read("BROKEN").inventory
    assert [(item.kind, item.message) for item in found.problems] == [
        ("read-failed", "GET /boats: BoatsController has no 'sail'"),
        ("read-failed", "POST /boats: its controller can't be told without making it"),
    ]
    assert [item.path for item in found.operations] == ["/boats/{id}"]


@pytest.mark.parametrize(
    ("loaded", "speaks"),
    [
        ([("/", "/home")], True),
        ((("/", {}),), True),
        ((), False),
        ([("/", {}), "/"], False),
        ([("/", 1)], False),
        (RouteListReader, False),
        ("ab", False),
    ],
)
def test_what_is_a_list_of_routes(loaded: object, speaks: bool) -> None:
    plugin = Plugin(
        name="x", target="x:X", distribution="", distribution_version="", loaded=loaded
    )
    assert RouteListReader().speaks(plugin) is speaks
