"""Coverage that is lower than somebody wants it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sphinxext_apiplug.checks.coverage.model import Coverage, Share
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.inventory.problems import Problem

#: The name of the share of everything together.
TOTAL: Final = "total"
_MOST_NAMES: Final = 5


def below(
    coverage: Coverage, thresholds: Mapping[str, float], inventory: Inventory
) -> Iterator[Problem]:
    """A problem for each threshold that isn't reached.

    :param thresholds: aspect, or :data:`TOTAL` -> percent
    :param inventory: that was measured; the position is the first operation's that lacks it
    """
    shares = {share.aspect: share for share in coverage.whole.shares}
    for name, wanted in thresholds.items():
        if name == TOTAL and coverage.whole.percent < wanted:
            message = f"{_figure(coverage.whole.percent)}; wanted are {wanted:g} %"
            yield _problem(name, message, None, inventory)
        elif name in shares and shares[name].percent < wanted:
            share = shares[name]
            found = f"{_figure(share.percent)} ({share.covered} of {share.total})"
            message = f"{found}; wanted are {wanted:g} %; missing at {_names(share)}"
            yield _problem(name, message, share.missing[0], inventory)


def _figure(percent: float) -> str:
    # Rounded down, so that it never says that a threshold is reached.
    return f"{int(percent * 10) / 10:g} %"


def _names(share: Share) -> str:
    shown = ", ".join(share.missing[:_MOST_NAMES])
    more = len(share.missing) - _MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def _problem(name: str, message: str, first: str | None, inventory: Inventory) -> Problem:
    operation = inventory.operation(first) if first is not None else None
    return Problem(
        kind="coverage-low",
        subject=f"{inventory.api.name}: {name}",
        message=message,
        source=operation.handler if operation is not None else None,
    )
