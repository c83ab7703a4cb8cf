"""Whether the code still has the API of an inventory that was kept."""

from __future__ import annotations

from collections.abc import Iterator

from sphinxext_apiplug.checks.diff import Change, diff
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.inventory.problems import Problem


def drift(kept: Inventory, installed: Inventory) -> Iterator[Problem]:
    """A problem for each change.

    :param kept: what the API was when somebody last looked
    :param installed: what it is
    """
    for change in diff(kept, installed):
        yield Problem(
            kind="inventory-drift",
            subject=change.where.operation or installed.api.name,
            message=f"{_where(change)}{change.message} ({change.severity})",
            source=change.source,
        )


def _where(change: Change) -> str:
    name = f"{change.where.part} {change.where.name}".strip()
    return f"{name}: " if change.where.operation else ""
