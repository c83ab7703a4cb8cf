"""Who may do what: oslo.policy with the service's rules."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from oslo_config import cfg
from oslo_policy import policy

from compute_example import policies
from compute_example.exceptions import PolicyNotAuthorized


class Enforcer:
    """Decides by the rules in code and those in the policy file."""

    def __init__(self, conf: cfg.ConfigOpts) -> None:
        self._enforcer = policy.Enforcer(conf)
        # It reads its file again when that changes, and then has no rules for a moment.
        self._lock = threading.Lock()
        self.register(policies.list_rules())

    def register(self, rules: Iterable[Any]) -> None:
        """Add rules, all or none of them.

        :raises DuplicatePolicyError: if one is there already
        """
        added = list(rules)
        taken = self._enforcer.registered_rules.keys() & {rule.name for rule in added}
        if taken:
            raise policy.DuplicatePolicyError(min(taken))
        self._enforcer.register_defaults(added)

    def start(self) -> None:
        """Read the policy file, if there is one.

        :raises Exception: whatever oslo.policy has against it
        """
        self._enforcer.load_rules()

    def authorize(self, context: Any, rule: str, target: Mapping[str, Any]) -> None:
        """Go on only if a caller may do something to a target.

        :raises PolicyNotAuthorized: if they may not
        """
        with self._lock:
            allowed = self._enforcer.authorize(rule, dict(target), context)
        if not allowed:
            raise PolicyNotAuthorized(rule=rule)
