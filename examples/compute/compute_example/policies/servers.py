"""Rules of servers."""

from __future__ import annotations

from compute_example.policies.base import ADMIN, PROJECT_MEMBER, PROJECT_READER, documented

ROOT = "compute_example:servers:%s"
_ACTION = "POST /servers/{server_id}/action"

RULES = [
    documented("servers:index", PROJECT_READER, "List servers.", "GET /servers"),
    documented(
        "servers:detail", PROJECT_READER, "List servers with all facts.", "GET /servers/detail"
    ),
    documented(
        "servers:index:all_projects",
        ADMIN,
        "List the servers of all projects.",
        "GET /servers",
        "GET /servers/detail",
    ),
    documented("servers:show", PROJECT_READER, "Show a server.", "GET /servers/{server_id}"),
    documented("servers:create", PROJECT_MEMBER, "Create a server.", "POST /servers"),
    documented("servers:update", PROJECT_MEMBER, "Change a server.", "PUT /servers/{server_id}"),
    documented(
        "servers:delete", PROJECT_MEMBER, "Delete a server.", "DELETE /servers/{server_id}"
    ),
    documented("servers:start", PROJECT_MEMBER, "Start a server.", f"{_ACTION} (start)"),
    documented("servers:stop", PROJECT_MEMBER, "Stop a server.", f"{_ACTION} (stop)"),
    documented("servers:reboot", PROJECT_MEMBER, "Reboot a server.", f"{_ACTION} (reboot)"),
]
