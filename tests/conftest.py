"""What all tests share."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution

import pytest
from hypothesis import settings

# The same examples on each run of a commit, wherever it runs; `--hypothesis-profile hunt`
# looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("hunt", deadline=None, print_blob=True)
settings.load_profile("same")

pytest_plugins = ("sphinx.testing.fixtures",)

#: The property of a test whose values are printed at the end of the run.
FIGURE = "figure"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured, in whichever process they ran."""
    reports = [item for kind in ("passed", "failed") for item in terminalreporter.getreports(kind)]
    figures = sorted(
        str(value)
        for report in reports
        if report.when == "call"
        for name, value in report.user_properties
        if name == FIGURE
    )
    if figures:
        terminalreporter.section("figures")
        for line in figures:
            terminalreporter.write_line(line)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what reads a service that isn't installed: each has an environment of its own."""
    for marker in item.iter_markers("real"):
        for service in marker.args:
            try:
                distribution(service)
            except PackageNotFoundError:
                pytest.skip(f"wants {service}, which isn't installed in this environment")
