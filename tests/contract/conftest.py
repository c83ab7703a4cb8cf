"""What the tests of the contract share, and the figures that they end with."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

FIGURES = pytest.StashKey[list[str]]()
WANTED = ("compute_example", "schemathesis")


def pytest_configure(config: pytest.Config) -> None:
    """Begin without figures."""
    config.stash[FIGURES] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip where the example isn't installed: it has an environment of its own."""
    missing = [name for name in WANTED if importlib.util.find_spec(name) is None]
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.contract)
            if missing:
                reason = f"wants {missing[0]}, which isn't installed in this environment"
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> list[str]:
    """Lines for the end of the run."""
    found: list[str] = request.config.stash[FIGURES]
    return found


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print them."""
    if config.stash[FIGURES]:
        terminalreporter.section("contract")
        for line in config.stash[FIGURES]:
            terminalreporter.write_line(line)
