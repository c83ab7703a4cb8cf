"""The running service does what the document of each microversion says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract import published
from tests.contract.checking import Report, check
from tests.contract.running import Service, serving

pytestmark = pytest.mark.contract

VERSIONS = ("2.1", "2.2", "2.3", "2.4", "2.5")
# So many that there are some left at the end, whatever is deleted on the way.
SERVERS = 40


def run(service: Service, document: Path, version: str, examples: int = 12) -> Report:
    """Check a service that has servers to work with."""
    ids = [*service.fill(SERVERS), published.DEMO]
    paths = ("/v2.1/servers/{id}", "/v2.1/servers/{id}/action")
    return check(document, service.url, version, ids=dict.fromkeys(paths, ids), examples=examples)


def test_all_versions_are_checked() -> None:
    assert tuple(published.versions(published.inventory())) == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_service_and_document_agree(
    version: str, tmp_path: Path, note: Callable[[str], None]
) -> None:
    document = published.write(published.inventory(), version, tmp_path)
    with serving(tmp_path / "service") as service:
        report = run(service, document, version)
        assert "Traceback" not in service.log()
    note(f"{version}: {report}")
    assert report.failures == [], report.output
    # Each one was carried out, not just refused.
    assert {name for name in report.operations if not report.succeeded[name]} == set()
