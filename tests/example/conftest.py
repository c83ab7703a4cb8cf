"""The example service, as tests call it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.example.serving import Service, write_settings


@pytest.fixture
def make_service(tmp_path: Path) -> Iterator[Callable[..., Service]]:
    """Make a service; its settings by group, but ``auth`` is the way that callers are checked."""
    from compute_example import application
    from compute_example.conf import CONF

    def make(
        *, auth: str = "token", tokens: Sequence[str] = (), **settings: dict[str, Any]
    ) -> Service:
        if tokens:
            settings["auth"] = {"tokens": [*tokens]}
        settings.setdefault("compute", {}).setdefault("demo", True)
        file = write_settings(tmp_path / "service.conf", settings)
        CONF.clear()
        CONF(
            args=[],
            project="compute-example",
            default_config_files=[str(file)],
            default_config_dirs=[],
        )
        return Service(application.load(CONF, auth=auth))

    yield make
    CONF.clear()


@pytest.fixture
def service(make_service: Callable[..., Service]) -> Service:
    """A service with its demonstration, as it is without settings."""
    return make_service()
