"""The rules that the service has in code."""

from __future__ import annotations

from typing import Any

from compute_example.policies import (
    base,
    extended_server_attributes,
    extensions,
    flavors,
    images,
    scheduler_hosts,
    servers,
    vietstack,
)


def list_rules() -> list[Any]:
    """List all rules, with the operations that they decide on."""
    modules = (
        base, extended_server_attributes, extensions, flavors, images, scheduler_hosts, servers,
        vietstack,
    )  # fmt: skip
    return [rule for module in modules for rule in module.RULES]
