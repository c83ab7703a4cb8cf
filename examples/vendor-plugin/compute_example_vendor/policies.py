"""The vendor's rules. An operator changes them in the service's policy file, like all others."""

from __future__ import annotations

from typing import Any

from oslo_policy import policy

#: Who sees what their project has: a rule of the service itself.
_READER = "rule:project_reader_or_admin"
_ADMIN = "rule:context_is_admin"
_PATH = "/os-maintenance-windows"
_WINDOW = "/os-maintenance-windows/{id}"

WINDOWS = "compute_example_vendor:maintenance-windows:%s"
STATUS = "compute_example_vendor:maintenance-status"


def _rule(
    name: str, check: str, description: str, *operations: tuple[str, str]
) -> policy.DocumentedRuleDefault:
    return policy.DocumentedRuleDefault(
        name=name,
        check_str=check,
        description=description,
        operations=[{"method": method, "path": path} for method, path in operations],
        scope_types=["project"],
    )


WINDOW_RULES = (
    _rule(WINDOWS % "index", _READER, "List maintenance windows of hosts.", ("GET", _PATH)),
    _rule(WINDOWS % "show", _READER, "Show a maintenance window.", ("GET", _WINDOW)),
    _rule(WINDOWS % "create", _ADMIN, "Plan a maintenance window.", ("POST", _PATH)),
    _rule(WINDOWS % "update", _ADMIN, "Change a maintenance window.", ("PUT", _WINDOW)),
    _rule(WINDOWS % "delete", _ADMIN, "Cancel a maintenance window.", ("DELETE", _WINDOW)),
)
STATUS_RULES = (
    _rule(
        STATUS,
        _READER,
        "See when a server's host is in maintenance.",
        ("GET", "/servers/detail"),
        ("GET", "/servers/{id}"),
    ),
)


def list_rules() -> list[Any]:
    """List the rules, for oslo.policy's tools and for the reference."""
    return [*WINDOW_RULES, *STATUS_RULES]
