"""Extensions that are switched off and on: the service and its document stay one."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path

import pytest

from sphinxext_apiplug.inventory.model import Inventory, Operation
from sphinxext_apiplug.openapi.document import build
from tests.contract import calls, published
from tests.contract.calls import Answer, Call
from tests.example.serving import Service

pytestmark = pytest.mark.contract

Make = Callable[..., Service]

NAMES = sorted(
    item.name
    for item in metadata.entry_points(group="compute_example.api.v21.extensions")
    if item.dist is not None and item.dist.name == "compute-example"
)
VERSIONS = ("2.1", "2.2", "2.3", "2.4", "2.5")
# What others add to an extension, say of it in settings or rules, leads nowhere without it.
LEFT = ("augments-unknown", "command-unmatched", "policy-unmatched", "sample-unused")


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Make a service in this process, with settings of the group ``[api]``."""
    from compute_example import application
    from compute_example.conf import CONF

    def made(**api: Sequence[str]) -> Service:
        lines = [f"{key} = {','.join(values)}" for key, values in api.items()]
        file = tmp_path / "service.conf"
        file.write_text("\n".join(["[compute]", "demo = true", "[api]", *lines]) + "\n")
        CONF.clear()
        CONF(
            args=[],
            project="compute-example",
            default_config_files=[str(file)],
            default_config_dirs=[],
        )
        return Service(application.load(CONF))

    yield made
    CONF.clear()


def test_all_extensions_and_versions_are_known() -> None:
    assert len(NAMES) >= 8
    assert tuple(published.versions(whole())) == VERSIONS


@pytest.mark.parametrize("name", NAMES)
def test_one_is_off(name: str, make: Make) -> None:
    inventory = published.read(expected=LEFT, disabled=[name])
    for version in VERSIONS:
        agree(make(disabled_extensions=[name]), inventory, version)


@pytest.mark.parametrize("name", NAMES)
def test_one_is_on(name: str, make: Make) -> None:
    enabled = [name, "extensions"]
    inventory = published.read(expected=LEFT, enabled=enabled)
    for version in VERSIONS:
        agree(make(enabled_extensions=enabled), inventory, version)


@functools.cache
def whole() -> Inventory:
    """All extensions; the one whose facts are asked for is never off when another one is on."""
    samples = {**published.settings()["samples"], "GET /extensions/{id}": {"id": "extensions"}}
    return published.read(samples=samples)


def agree(service: Service, inventory: Inventory, version: str) -> None:
    """What the document has is served as it says, and what it lacks isn't there."""
    aliases = {item.alias for item in inventory.extensions}
    assert {tag["name"] for tag in build(inventory, version)["tags"]} >= {
        item.extension for item in inventory.operations if item.versions.contains(version)
    }
    found = service.call("GET", "/extensions", version=version)
    if inventory.operation("extensions-list") is None:
        assert found.status == 404
    else:
        assert {item["alias"] for item in found.json["extensions"]} == aliases
    present = {call_of(item) for item in inventory.operations if item.versions.contains(version)}
    order = ("GET", "PUT", "POST", "DELETE")
    for operation in sorted(whole().operations, key=lambda item: order.index(item.method)):
        answer = ask(service, operation, version)
        if call_of(operation) not in present:
            assert answer.status in ((400, 404, 405) if operation.action else (404, 405)), (
                operation.id, answer,
            )  # fmt: skip
        elif operation.method == "GET":
            assert answer.status == 200
            call = Call(operation.id, f'"{published.HEADER}: compute {version}"')
            assert calls.faults(call, answer, inventory) == []
        else:
            # The body's server may have been deleted, but nobody says that there is no such path.
            assert "The resource could not" not in str(answer.body)
            assert "no such action" not in str(answer.body)


def call_of(operation: Operation) -> tuple[str, str, str | None]:
    """What a caller asks for."""
    return (operation.method, operation.path, operation.action)


def ask(service: Service, operation: Operation, version: str) -> Answer:
    """Send the operation's example for a version, or its newest where it isn't in that one."""
    newest_first = sorted(operation.examples, key=lambda item: item.versions.high, reverse=True)
    held = (item for item in newest_first if item.versions.contains(version))
    example = next(held, newest_first[0])
    body = example.body if isinstance(example.body, dict) else None
    found = service.call(operation.method, example.path, body, version=version)
    return Answer(found.status, json.loads(found.raw) if found.raw else None)
