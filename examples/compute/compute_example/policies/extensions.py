"""Rules of what is said about the service itself."""

from __future__ import annotations

from compute_example.policies.base import PROJECT_READER, documented

ROOT = "compute_example:extensions:%s"

RULES = [
    documented(
        "extensions:index",
        PROJECT_READER,
        "List extensions, or show one.",
        "GET /extensions",
        "GET /extensions/{alias}",
    ),
]
