"""A reference that people wrote for a released service, held against its code."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from importlib import metadata
from pathlib import Path

import pytest

from sphinxext_apiplug.checks.handwritten.compare import compare
from sphinxext_apiplug.checks.samples.check import check as check_samples
from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.handwritten.tree import read_tree
from sphinxext_apiplug.inventory.model import Inventory

pytestmark = [pytest.mark.real("masakari"), pytest.mark.timeout(600)]

SETTINGS = ApiSettings(
    namespace="masakari.api.v1.extensions", base_path="/v1", service_type="instance-ha"
)

# All that is found, each held against the handler's decorators and schemas.
FINDINGS = [
    # masakari reads `generated-since`.
    ("notifications.inc:56", "handwritten-parameter", "notifications-list", "generated_since"),
    # expected_errors: 400 and 403.
    ("notifications.inc:49", "handwritten-code", "notifications-list", "404"),
    # The update's schema requires nothing of these.
    ("hosts.inc:271", "handwritten-required", "segments-hosts-update", "'type' is optional"),
    ("hosts.inc:272", "handwritten-required", "segments-hosts-update", "'name' is optional"),
    ("hosts.inc:223", "handwritten-undescribed", "segments-hosts-update", "'host'"),
    # expected_errors: 403, 404 and 409.
    ("hosts.inc:331", "handwritten-code", "segments-hosts-delete", "400"),
    # expected_errors: 400 and 403.
    ("failover-segments.inc:61", "handwritten-code", "segments-list", "404"),
    # The schemas of 1.0 and 1.1 don't have it.
    ("failover-segments.inc:135", "handwritten-versions", "segments-create", "from 1.2 on"),
    # wsgi.response: 201.
    ("failover-segments.inc:111", "handwritten-code", "segments-create", "202"),
    ("failover-segments.inc:91", "handwritten-code-missing", "segments-create", "201"),
    ("failover-segments.inc:261", "handwritten-required", "segments-update", "'name' is optional"),
    ("failover-segments.inc:262", "handwritten-required", "segments-update", "'recovery_method'"),
    ("failover-segments.inc:263", "handwritten-required", "segments-update", "'service_type'"),
    ("failover-segments.inc:264", "handwritten-versions", "segments-update", "from 1.2 on"),
    ("failover-segments.inc:217", "handwritten-undescribed", "segments-update", "'segment'"),
    # expected_errors: 403, 404 and 409.
    ("failover-segments.inc:316", "handwritten-code", "segments-delete", "400"),
    # expected_errors: 404.
    ("versions.inc:58", "handwritten-code-missing", "versions-show", "404"),
    # expected_errors: 400, 403 and 404.
    ("vmoves.inc:103", "handwritten-code-missing", "notifications-vmoves-show", "400"),
    # The path is /notifications/{notification_id}/vmoves.
    ("vmoves.inc:16", "handwritten-unknown", "GET /notification/{notification_id}/vmoves",
     "did you mean /notifications/{notification_id}/vmoves?"),
    # Nobody wrote of these.
    ("extension_info.py", "handwritten-missing", "extensions-list", "GET /extensions"),
    ("extension_info.py", "handwritten-missing", "extensions-show", "GET /extensions/{id}"),
    ("versionsV1.py", "handwritten-missing", "versions-show-by-id", "GET /versions/{id}"),
    ("vmoves.py", "handwritten-missing", "notifications-vmoves-list", "/vmoves"),
]  # fmt: skip


@pytest.fixture(scope="module")
def masakari(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    """The inventory of the installed release."""
    return collect("instance-ha", SETTINGS, base_dir=tmp_path_factory.mktemp("base")).inventory


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the installed release, with what people wrote of it."""
    name = f"masakari-{metadata.version('masakari')}"
    folder = tmp_path_factory.mktemp("source")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    subprocess.run([*pip, "--no-binary", "masakari", name.replace("-", "==")], check=True)
    with tarfile.open(folder / f"{name}.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    return folder / name


@pytest.mark.skipif(sys.version_info < (3, 11), reason="an older release is installed there")
def test_what_is_found_is_right_and_complete(masakari: Inventory, source: Path) -> None:
    folder = source / "api-ref" / "source"
    found = compare(read_tree(folder), masakari, folder)
    told = []
    for problem in found:
        assert problem.source is not None
        name = Path(problem.source.file).name
        place = f"{name}:{problem.source.line}" if name.endswith(".inc") else name
        told.append((place, problem.kind, problem.subject, problem.message))
    assert sorted(item[:3] for item in told) == sorted(item[:3] for item in FINDINGS)
    for place, kind, subject, part in FINDINGS:
        assert any(item[:3] == (place, kind, subject) and part in item[3] for item in told)


def test_samples_are_valid(masakari: Inventory, source: Path) -> None:
    folder = source / "api-ref" / "source"
    tree = (read_tree(folder), folder)
    assert len(list((source / "doc" / "api_samples").rglob("*.json"))) == 24
    assert check_samples(masakari, source / "doc" / "api_samples", tree) == ()


def test_a_sample_that_is_spoilt_is_found(masakari: Inventory, source: Path) -> None:
    samples = source / "doc" / "api_samples"
    file = samples / "segments" / "segment-create-req.json"
    right = file.read_bytes()
    body = json.loads(right)
    body["segment"]["service_type"] = 3
    file.write_text(json.dumps(body, indent=4), "utf-8")
    try:
        folder = source / "api-ref" / "source"
        (problem,) = check_samples(masakari, samples, (read_tree(folder), folder))
    finally:
        file.write_bytes(right)
    assert (problem.kind, problem.pointer) == ("sample-invalid", "/segment/service_type")
    assert problem.source is not None
    assert problem.source.line == 3


def test_no_sentence_is_lost(masakari: Inventory, source: Path, tmp_path: Path) -> None:
    from sphinxext_apiplug.handwritten.prose import with_prose

    folder = source / "api-ref" / "source"
    tree = read_tree(folder)
    told = with_prose(masakari, tree, folder)
    words = {item.id: f"{item.summary} {item.description}".split() for item in told.operations}
    assert words["segments-create"][:2] == ["Create", "Segment"]
    text = " ".join(words["notifications-create"])
    assert "A conflict(409) is returned if notification with same payload is exists" in text
    described = [
        parameter.name
        for item in told.operations
        for parameter in item.parameters
        if parameter.description
    ]
    assert len(described) > 30
