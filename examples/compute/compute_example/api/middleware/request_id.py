"""Gives each request a name of its own, for the caller and for the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from oslo_context import context

#: Where a request's environment holds its id.
ENVIRON_KEY = "compute_example.request_id"
HEADER = "X-Openstack-Request-Id"


class RequestId:
    """Makes an id, and says it in the answer."""

    def __init__(self, application: Any) -> None:
        self._application = application

    @classmethod
    def factory(cls, _global: Any, **_local: str) -> Callable[[Any], RequestId]:
        """Make the filter, for PasteDeploy."""
        return cls

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Pass a request on."""
        request_id = environ[ENVIRON_KEY] = context.generate_request_id()

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, (HEADER, request_id)], *rest)

        answered: Iterable[bytes] = self._application(environ, start)
        return answered
