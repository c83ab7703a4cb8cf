"""The rules that other rules are made of."""

from __future__ import annotations

from oslo_policy import policy

ADMIN = "rule:context_is_admin"
PROJECT_MEMBER = "rule:project_member_or_admin"
PROJECT_READER = "rule:project_reader_or_admin"

RULES = [
    policy.RuleDefault("context_is_admin", "role:admin", "Who may do everything."),
    policy.RuleDefault(
        "project_member_or_admin",
        "rule:context_is_admin or (role:member and project_id:%(project_id)s)",
        "Who may change what their project has.",
    ),
    policy.RuleDefault(
        "project_reader_or_admin",
        "rule:context_is_admin or (role:reader and project_id:%(project_id)s)",
        "Who may see what their project has.",
    ),
]


def documented(
    name: str, check: str, description: str, *operations: str
) -> policy.DocumentedRuleDefault:
    """Make a rule of a project's scope.

    :param operations: as in ``GET /servers/{server_id}``
    """
    pairs = [item.split(" ", 1) for item in operations]
    return policy.DocumentedRuleDefault(
        name=f"compute_example:{name}",
        check_str=check,
        description=description,
        operations=[{"method": method, "path": path} for method, path in pairs],
        scope_types=["project"],
    )
