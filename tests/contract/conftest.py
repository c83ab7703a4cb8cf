"""What the tests of the contract share."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import FIGURE

WANTED = ("compute_example", "schemathesis")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip where the example isn't installed: it has an environment of its own."""
    missing = [name for name in WANTED if importlib.util.find_spec(name) is None]
    for item in items:
        if Path(__file__).parent in item.path.parents:
            if missing:
                reason = f"wants {missing[0]}, which isn't installed in this environment"
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture
def note(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Give a line for the end of the run, from whichever process."""
    return partial(record_property, FIGURE)
