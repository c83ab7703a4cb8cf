"""Made-up services, and the inventories that are collected from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sphinxext_apiplug.collect.api import Collected, collect
from sphinxext_apiplug.collect.settings import parse_apis
from tests.fakes import NAMESPACE, Site


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """An installed service without extensions."""
    made = Site(tmp_path / "site-packages")
    monkeypatch.syspath_prepend(str(made.folder))
    return made


@pytest.fixture
def read(site: Site, tmp_path: Path) -> Callable[..., Collected]:
    """Collect what the site has; settings and the options of ``collect`` by name."""

    def run(*, cache_dir: Path | None = None, progress: Any = None, **settings: Any) -> Collected:
        apis = parse_apis({"fake": {"namespace": NAMESPACE, **settings}})
        return collect(
            "fake", apis["fake"], base_dir=tmp_path, cache_dir=cache_dir, progress=progress
        )

    return run
