"""Who may read and write notes."""

from oslo_policy import policy

INDEX = "host_notes:index"
UPDATE = "host_notes:update"

RULES = [
    policy.DocumentedRuleDefault(
        name=INDEX,
        check_str="rule:project_reader_or_admin",
        description="List the notes on hosts.",
        operations=[{"method": "GET", "path": "/os-host-notes"}],
        scope_types=["project"],
    ),
    policy.DocumentedRuleDefault(
        name=UPDATE,
        check_str="rule:context_is_admin",
        description="Leave a note on a host.",
        operations=[{"method": "PUT", "path": "/os-host-notes/{id}"}],
        scope_types=["project"],
    ),
]


def list_rules():
    """List the rules: the service, oslo.policy's tools and the reference ask for them."""
    return RULES
