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
NEWEST = "2.5"
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


def test_all_extensions_are_known() -> None:
    assert len(NAMES) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_one_is_off(name: str, make: Make) -> None:
    inventory = published.read(expected=LEFT, disabled=[name])
    agree(make(disabled_extensions=[name]), inventory)


@pytest.mark.parametrize("name", NAMES)
def test_one_is_on(name: str, make: Make) -> None:
    enabled = [name, "extensions"]
    inventory = published.read(expected=LEFT, enabled=enabled)
    agree(make(enabled_extensions=enabled), inventory)


@functools.cache
def whole() -> Inventory:
    """All extensions; the one whose facts are asked for is never off when another one is on."""
    samples = {**published.settings()["samples"], "GET /extensions/{id}": {"id": "extensions"}}
    return published.read(samples=samples)


def agree(service: Service, inventory: Inventory) -> None:
    """What the document has is served as it says, and what it lacks isn't there."""
    aliases = {item.alias for item in inventory.extensions}
    assert {tag["name"] for tag in build(inventory, NEWEST)["tags"]} >= {
        item.extension for item in inventory.operations
    }
    found = service.call("GET", "/extensions", version=NEWEST)
    if inventory.operation("extensions-list") is None:
        assert found.status == 404
    else:
        assert {item["alias"] for item in found.json["extensions"]} == aliases
    present = {call_of(item) for item in inventory.operations}
    order = ("GET", "PUT", "POST", "DELETE")
    for operation in sorted(whole().operations, key=lambda item: order.index(item.method)):
        if not operation.versions.contains(NEWEST):
            continue
        answer = ask(service, operation)
        if call_of(operation) not in present:
            assert answer.status in ((400, 404, 405) if operation.action else (404, 405)), (
                operation.id, answer,
            )  # fmt: skip
        elif operation.method == "GET":
            assert answer.status == 200
            call = Call(operation.id, f'"{published.HEADER}: compute {NEWEST}"')
            assert calls.faults(call, answer, inventory) == []
        else:
            # The body's server may have been deleted, but nobody says that there is no such path.
            assert "The resource could not" not in str(answer.body)
            assert "no such action" not in str(answer.body)


def call_of(operation: Operation) -> tuple[str, str, str | None]:
    """What a caller asks for."""
    return (operation.method, operation.path, operation.action)


def ask(service: Service, operation: Operation) -> Answer:
    """Send the operation's newest example."""
    example = next(item for item in operation.examples if item.versions.contains(NEWEST))
    body = example.body if isinstance(example.body, dict) else None
    found = service.call(operation.method, example.path, body, version=NEWEST)
    return Answer(found.status, json.loads(found.raw) if found.raw else None)
