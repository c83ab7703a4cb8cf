"""The last resort: whatever goes wrong, the caller gets an error, the log gets the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from compute_example.api.middleware import request_id
from compute_example.api.openstack.faults import fault_response

LOG = logging.getLogger(__name__)


class FaultWrapper:
    """Answers 500 where nobody else knows what to answer."""

    def __init__(self, application: Any) -> None:
        self._application = application

    @classmethod
    def factory(cls, _global: Any, **_local: str) -> Callable[[Any], FaultWrapper]:
        """Make the filter, for PasteDeploy."""
        return cls

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Pass a request on."""
        try:
            # Applications below answer with all they have, never bit by bit.
            answered: Iterable[bytes] = self._application(environ, start_response)
        except Exception:
            name = environ.get(request_id.ENVIRON_KEY, "-")
            method, path = environ.get("REQUEST_METHOD"), environ.get("PATH_INFO")
            LOG.exception("[%s] %s %r failed", name, method, path)
            message = "An unexpected error has happened. The log has more under the request's id."
            answered = fault_response(500, message)(environ, start_response)
        return answered
