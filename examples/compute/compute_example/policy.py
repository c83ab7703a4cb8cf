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
    """Decides by the rules in code and those in the policy file.

    :param extra: rules that extensions bring
    """

    def __init__(self, conf: cfg.ConfigOpts, extra: Iterable[Any] = ()) -> None:
        self._enforcer = policy.Enforcer(conf)
        self._enforcer.register_defaults(policies.list_rules())
        self._enforcer.register_defaults(list(extra))
        # It reads its file again when that changes, and then has no rules for a moment.
        self._lock = threading.Lock()
        self._enforcer.load_rules()

    def authorize(self, context: Any, rule: str, target: Mapping[str, Any]) -> None:
        """Go on only if a caller may do something to a target.

        :raises PolicyNotAuthorized: if they may not
        """
        with self._lock:
            allowed = self._enforcer.authorize(rule, dict(target), context)
        if not allowed:
            raise PolicyNotAuthorized(rule=rule)
