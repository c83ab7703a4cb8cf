"""What all tests share."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution

import pytest

pytest_plugins = ("sphinx.testing.fixtures",)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what reads a service that isn't installed: each has an environment of its own."""
    for marker in item.iter_markers("real"):
        for service in marker.args:
            try:
                distribution(service)
            except PackageNotFoundError:
                pytest.skip(f"wants {service}, which isn't installed in this environment")
