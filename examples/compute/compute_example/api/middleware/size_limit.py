"""Refuses bodies that nobody should have to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from compute_example.api.openstack.faults import fault_response
from compute_example.conf import CONF


class SizeLimit:
    """Answers 413 to a body that is too large.

    :param limit: bytes that it may have
    """

    def __init__(self, application: Any, limit: int) -> None:
        self._application = application
        self._limit = limit

    @classmethod
    def factory(cls, _global: Any, **_local: str) -> Callable[[Any], SizeLimit]:
        """Make the filter, for PasteDeploy."""
        return lambda application: cls(application, CONF.api.max_request_body_size)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Pass a request on."""
        # The server has counted what came without a length before it is asked here.
        length = environ.get("CONTENT_LENGTH") or "0"
        answer = self._application
        if not length.isdecimal():
            answer = fault_response(400, "Content-Length is no number.")
        elif int(length) > self._limit:
            answer = fault_response(413, f"The body has more than {self._limit} bytes.")
        answered: Iterable[bytes] = answer(environ, start_response)
        return answered
