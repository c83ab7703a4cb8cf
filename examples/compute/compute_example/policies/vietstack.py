"""Rules of offline migration."""

from __future__ import annotations

from compute_example.policies.base import ADMIN, documented

MIGRATE = "compute_example:vietstack"

RULES = [
    documented(
        "vietstack",
        ADMIN,
        "Move a stopped server to another host.",
        "POST /servers/{server_id}/action (vietstack)",
    ),
]
