"""Rules of what the scheduler would choose."""

from __future__ import annotations

from compute_example.policies.base import ADMIN, documented

INDEX = "compute_example:scheduler-hosts:index"

RULES = [
    documented(
        "scheduler-hosts:index",
        ADMIN,
        "List the hosts that the scheduler would choose.",
        "GET /os-scheduler-hosts",
    ),
]
