"""Who asks: a check of tokens for development, and none at all."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from compute_example.api.middleware import request_id
from compute_example.api.openstack.faults import fault_response
from compute_example.conf import CONF
from compute_example.context import ENVIRON_KEY, RequestContext

_HEADER = "HTTP_X_AUTH_TOKEN"


class TokenAuth:
    """Answers 401 to a caller whose token isn't known.

    :param tokens: ``token:project:user:role,role`` each
    :raises ValueError: if one isn't written so
    """

    def __init__(self, application: Any, tokens: Iterable[str]) -> None:
        self._application = application
        pairs = [text.partition(":") for text in tokens]
        self._callers = {token: _caller(text) for token, _, text in pairs}

    @classmethod
    def factory(cls, _global: Any, **_local: str) -> Callable[[Any], TokenAuth]:
        """Make the filter, for PasteDeploy."""
        return lambda application: cls(application, CONF.auth.tokens)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Pass a request on, if its caller is known."""
        given = environ.get(_HEADER, "").encode("latin-1", "replace")
        caller = None
        for token, facts in self._callers.items():
            if hmac.compare_digest(token.encode(), given):
                caller = facts
        answer = self._application
        if caller is None:
            headers = {"WWW-Authenticate": "Token"}
            answer = fault_response(401, "The request needs a valid X-Auth-Token.", headers)
        else:
            _note(environ, caller)
        answered: Iterable[bytes] = answer(environ, start_response)
        return answered


class NoAuth:
    """Lets everybody do everything."""

    def __init__(self, application: Any) -> None:
        self._application = application

    @classmethod
    def factory(cls, _global: Any, **_local: str) -> Callable[[Any], NoAuth]:
        """Make the filter, for PasteDeploy."""
        return cls

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Pass a request on."""
        _note(environ, _caller("demo:admin:admin,member,reader"))
        answered: Iterable[bytes] = self._application(environ, start_response)
        return answered


def _caller(text: str) -> dict[str, Any]:
    parts = text.split(":")
    if len(parts) != 3 or not all(parts):
        raise ValueError(f"[auth] tokens: {text!r} is not as in 'project:user:role,role'")
    project, user, roles = parts
    return {"project_id": project, "user_id": user, "roles": roles.split(",")}


def _note(environ: dict[str, Any], caller: Mapping[str, Any]) -> None:
    environ[ENVIRON_KEY] = RequestContext(
        **caller, request_id=environ.get(request_id.ENVIRON_KEY), overwrite=False
    )
