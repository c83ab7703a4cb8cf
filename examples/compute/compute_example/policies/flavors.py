"""Rules of flavors."""

from __future__ import annotations

from compute_example.policies.base import ADMIN, PROJECT_READER, documented

ROOT = "compute_example:flavors:%s"

RULES = [
    documented("flavors:index", PROJECT_READER, "List flavors.", "GET /flavors"),
    documented("flavors:show", PROJECT_READER, "Show a flavor.", "GET /flavors/{flavor_id}"),
    documented("flavors:create", ADMIN, "Create a flavor.", "POST /flavors"),
    documented("flavors:delete", ADMIN, "Delete a flavor.", "DELETE /flavors/{flavor_id}"),
]
