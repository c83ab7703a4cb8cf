"""Who asks, and what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oslo_context import context

from compute_example.policy import Enforcer

#: Where a request's environment holds its context.
ENVIRON_KEY = "compute_example.context"


class RequestContext(context.RequestContext):
    """The caller of one request.

    :ivar enforcer: knows the rules; set by the API before a handler runs
    """

    enforcer: Enforcer | None = None

    def can(self, rule: str, target: Mapping[str, Any] | None = None) -> None:
        """Go on only if the caller may do something.

        :param target: what it is done to, by default something of the caller's project
        :raises PolicyNotAuthorized: if they may not
        """
        if self.enforcer is None:
            raise RuntimeError("the request didn't come through the API")
        own = {"project_id": self.project_id, "user_id": self.user_id}
        self.enforcer.authorize(self, rule, own if target is None else target)

    def may(self, rule: str, target: Mapping[str, Any] | None = None) -> bool:
        """Whether the caller may do something."""
        from compute_example.exceptions import PolicyNotAuthorized

        try:
            self.can(rule, target)
        except PolicyNotAuthorized:
            return False
        return True
