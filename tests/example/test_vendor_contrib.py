"""An extension without packaging: one file in a folder that the service looks through."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import parse_apis
from tests.example.calling import call
from tests.example.serving import running, write_settings

pytestmark = pytest.mark.real("compute-example")

CONTRIB = Path(__file__).parents[2] / "examples" / "vendor-plugin" / "contrib"
PATH = "/v2.1/os-server-counts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the file in it."""
    return Path(shutil.copytree(CONTRIB, tmp_path / "contrib"))


@pytest.fixture
def settings(folder: Path) -> Callable[[], Path]:
    """A configuration file that names the folder."""
    file = folder.parent / "service.conf"
    return lambda: write_settings(file, {"api": {"contrib_path": folder}})


def test_served(settings: Callable[[], Path]) -> None:
    """Like every other extension."""
    with running("--demo", "--config-file", settings()) as live:
        answer = live.call("GET", PATH)
        assert answer.json == {"server_counts": {"total": 1, "by_status": {"SHUTOFF": 1}}}
        assert live.create_server("another").status == 201
        counts = live.call("GET", PATH).json["server_counts"]
        assert counts == {"total": 2, "by_status": {"ACTIVE": 1, "SHUTOFF": 1}}
        assert live.call("GET", f"{PATH}?limit=1").fault[0] == 400
        assert live.call("GET", PATH, headers={"X-Auth-Token": "nobody"}).fault[0] == 401
        shown = call(
            "--os-endpoint", live.url, "--os-token", "reader", "extension", "show",
            "os-server-counts", "-f", "json",
        )  # fmt: skip
        assert shown.json["name"] == "ServerCounts"


def test_taken_out_again(folder: Path, settings: Callable[[], Path]) -> None:
    """Without the file there is no extension."""
    (folder / "server_counts.py").unlink()
    with running("--demo", "--config-file", settings()) as live:
        assert live.call("GET", PATH).fault[0] == 404


def test_published(folder: Path) -> None:
    """apiplug finds it where the service does."""
    apis = parse_apis(
        {
            "compute": {
                "namespace": "compute_example.api.v21.extensions",
                "contrib": "compute_example.api.contrib",
                "contrib_path": [folder.name],
            }
        }
    )
    inventory = collect("compute", apis["compute"], base_dir=folder.parent).inventory
    assert inventory.problems == ()
    (operation,) = [item for item in inventory.operations if item.extension == "os-server-counts"]
    assert (operation.method, operation.path) == ("GET", "/os-server-counts")
    assert operation.summary == "Count servers"
    assert [rule.name for rule in operation.policies] == ["compute_example_contrib:server-counts"]
    (answer,) = [item for item in operation.responses if item.status == 200]
    assert "by_status" in json.dumps(answer.payloads[0].schema)
