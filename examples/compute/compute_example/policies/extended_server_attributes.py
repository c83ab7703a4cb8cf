"""Rules of what an operator sees of a server."""

from __future__ import annotations

from compute_example.policies.base import ADMIN, documented

SHOW = "compute_example:extended-server-attributes"

RULES = [
    documented(
        "extended-server-attributes",
        ADMIN,
        "See which host a server is on.",
        "GET /servers/detail",
        "GET /servers/{server_id}",
    ),
]
