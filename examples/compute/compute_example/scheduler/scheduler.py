"""Filter, then weigh."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from oslo_config import cfg

from compute_example.db.models import Host
from compute_example.scheduler import weighers
from compute_example.scheduler.filters import FILTERS, RequestSpec


class WeighedHost(NamedTuple):
    """A host that could take a server, and how well."""

    host: Host
    weight: float


class Scheduler:
    """Chooses hosts by the settings.

    :raises ValueError: if the settings name a filter that isn't there
    """

    def __init__(self, conf: cfg.ConfigOpts) -> None:
        unknown = sorted(set(conf.scheduler.enabled_filters) - FILTERS.keys())
        if unknown:
            raise ValueError(
                f"[scheduler] enabled_filters: there is no {', '.join(unknown)}; "
                f"there are {', '.join(FILTERS)}"
            )
        self._filters = [(name, FILTERS[name]) for name in conf.scheduler.enabled_filters]
        self._multipliers = (
            (weighers.ram, conf.scheduler.ram_weight_multiplier),
            (weighers.cpu, conf.scheduler.cpu_weight_multiplier),
        )

    def choose(self, hosts: Sequence[Host], spec: RequestSpec) -> list[WeighedHost]:
        """The hosts that could take a server, the best one first."""
        fit = [host for host in hosts if self.refusal(host, spec) is None]
        weights = [0.0] * len(fit)
        for weigh, multiplier in self._multipliers:
            for index, value in enumerate(weighers.normalised([weigh(host) for host in fit])):
                weights[index] += multiplier * value
        weighed = [WeighedHost(host, weight) for host, weight in zip(fit, weights, strict=True)]
        # Equal ones in the order of their names, so that the answer can be foretold.
        return sorted(weighed, key=lambda item: (-item.weight, item.host.name))

    def refusal(self, host: Host, spec: RequestSpec) -> str | None:
        """The first filter that a host doesn't pass; ``None`` if it passes all."""
        return next((name for name, passes in self._filters if not passes(host, spec)), None)
