"""Which of the hosts that could take a server is the best one; a function each."""

from __future__ import annotations

from collections.abc import Sequence

from compute_example.db.models import Host


def ram(host: Host) -> float:
    """Free memory."""
    return host.ram - host.ram_used


def cpu(host: Host) -> float:
    """Free vCPUs."""
    return host.vcpus - host.vcpus_used


def normalised(values: Sequence[float]) -> list[float]:
    """The same between 0, the least, and 1, the most; all 0 where they are equal."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    return [(value - low) / (high - low) if high > low else 0.0 for value in values]
