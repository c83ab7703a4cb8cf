"""The pages of services as they are released: those of the showcase that are installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sphinxext_apiplug.inventory import codec
from tests.openapi.test_services import service
from tests.reference.project import Project

__all__ = ["service"]

pytestmark = [pytest.mark.real, pytest.mark.timeout(900)]

LIMIT = 500_000


@pytest.mark.parametrize("theme", ["alabaster", "furo", "pydata_sphinx_theme", "openstackdocs"])
def test_no_page_is_too_large(service: Any, tmp_path: Path, theme: str) -> None:
    pytest.importorskip("openstackdocstheme" if theme == "openstackdocs" else theme)
    project = Project(tmp_path / "docs").with_pages()
    (project.folder / "racks.json").write_bytes(codec.dumps(service))
    # The other themes need not be extensions, or must not.
    names = ["sphinxext_apiplug", *(["openstackdocstheme"] if theme == "openstackdocs" else [])]
    built = project.build(confoverrides={"html_theme": theme, "extensions": names})
    sizes = {file.name: file.stat().st_size for file in built.outdir.rglob("*.html")}
    assert {name: size for name, size in sizes.items() if size > LIMIT} == {}
    assert len(sizes) > 5
