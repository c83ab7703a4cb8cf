"""A vendor's distribution is installed, and a module is dropped into a folder: all holds."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_apiplug.reference.render.curl import curl
from tests.contract import calls, published
from tests.contract.checking import check
from tests.contract.running import serving

pytestmark = pytest.mark.contract

VENDOR = published.ROOT / "examples" / "vendor-plugin"
CONTRIB = VENDOR / "contrib"
ALIASES = {"os-maintenance-windows", "os-server-counts"}
SAMPLES = {
    "host": "node-1",
    "starts_at": "2031-01-31T09:30:00Z",
    "ends_at": "2031-01-31T10:30:00Z",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vendor's distribution in a folder of its own."""
    uv = pytest.importorskip("uv").find_uv_bin()
    folder = tmp_path_factory.mktemp("vendor")
    tree = folder / "tree"
    shutil.copytree(VENDOR, tree, ignore=shutil.ignore_patterns("build", "*.egg-info"))
    command = [uv, "pip", "install", "-q", "--no-deps", "--target", folder / "site", tree]
    subprocess.run(command, check=True, env=os.environ | {"PBR_VERSION": "1.0.0"}, timeout=200)
    return folder / "site"


@pytest.fixture
def installed(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder, where Python finds it before all else."""
    monkeypatch.syspath_prepend(str(site))
    return site


def test_the_contract_holds(installed: Path, tmp_path: Path, note: Callable[[str], None]) -> None:
    samples = {**published.settings()["samples"], **SAMPLES}
    inventory = published.read(contrib_path=[str(CONTRIB)], samples=samples)
    assert {item.alias for item in inventory.extensions} >= ALIASES
    assert any(item.extension == "os-maintenance-windows" for item in inventory.operations)
    version = published.versions(inventory)[-1]
    document = published.write(inventory, version, tmp_path)
    with serving(tmp_path / "service", {"contrib_path": [str(CONTRIB)]}, installed) as service:
        body = {"maintenance_window": SAMPLES}
        made = service.call("POST", "/os-maintenance-windows", version, body)
        assert made.status == 201, made
        ids = {
            "/v2.1/servers/{id}": [published.DEMO, *service.fill(20)],
            "/v2.1/os-maintenance-windows/{id}": [made.body["maintenance_window"]["id"]],
        }
        report = check(document, service.url, version, ids=ids, examples=10)
        assert "Traceback" not in service.log()
    note(f"{version} with the vendor's extensions: {report}")
    assert report.failures == [], report.output
    own = {name for name in report.operations if "maintenance" in name or "counts" in name}
    assert len(own) >= 6
    # A window is deleted by the first request that asks for it, and there are no others.
    assert {name for name in own if not report.succeeded[name]} == set()


def test_uninstalled_it_is_gone() -> None:
    aliases = {item.alias for item in published.read().extensions}
    assert not ALIASES & aliases


def test_calls_of_the_vendor(installed: Path, tmp_path: Path) -> None:
    """Those that need nothing to be there."""
    samples = {**published.settings()["samples"], **SAMPLES}
    inventory = published.read(contrib_path=[str(CONTRIB)], samples=samples)
    with serving(tmp_path / "service", {"contrib_path": [str(CONTRIB)]}, installed) as service:
        for operation in inventory.operations:
            if operation.extension in ALIASES and "{" not in operation.path:
                for example in operation.examples[:1]:
                    text = curl(inventory.api, operation.method, example)
                    call = calls.Call(operation.id, text)
                    answer = calls.run(call, service.url, tmp_path)
                    assert calls.faults(call, answer, inventory) == [], text
