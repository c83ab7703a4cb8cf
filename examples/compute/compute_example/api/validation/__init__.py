"""Decorators that hold requests and answers against JSON Schemas.

Each may stand over a handler many times, for different microversions; a
request is held against those that include its own.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from compute_example.api.openstack.api_version_request import APIVersionRequest
from compute_example.api.validation import validators

Handler = TypeVar("Handler", bound=Callable[..., Any])


def schema(
    request_body_schema: Mapping[str, Any],
    min_version: str | None = None,
    max_version: str | None = None,
) -> Callable[[Handler], Handler]:
    """Refuse a request whose body doesn't match.

    :param request_body_schema: JSON Schema of the body
    :param min_version: the first microversion that this holds for
    :param max_version: the last one
    """

    def add_validator(func: Handler) -> Handler:
        @functools.wraps(func)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            if _holds(args[1], min_version, max_version):
                validators.check_body(request_body_schema, kwargs["body"])
            return func(*args, **kwargs)

        return wrapper  # type: ignore[return-value]

    return add_validator


def query_schema(
    query_params_schema: Mapping[str, Any],
    min_version: str | None = None,
    max_version: str | None = None,
) -> Callable[[Handler], Handler]:
    """Refuse a request whose query string doesn't match.

    :param query_params_schema: JSON Schema of an object that has a list of values for
        each parameter
    :param min_version: the first microversion that this holds for
    :param max_version: the last one
    """

    def add_validator(func: Handler) -> Handler:
        @functools.wraps(func)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            if _holds(args[1], min_version, max_version):
                validators.check_query(query_params_schema, args[1])
            return func(*args, **kwargs)

        return wrapper  # type: ignore[return-value]

    return add_validator


def response_body_schema(
    response_body_schema: Mapping[str, Any],
    min_version: str | None = None,
    max_version: str | None = None,
) -> Callable[[Handler], Handler]:
    """Declare what a handler answers with; the settings say whether that is made sure.

    :param response_body_schema: JSON Schema of the body
    :param min_version: the first microversion that this holds for
    :param max_version: the last one
    """

    def add_validator(func: Handler) -> Handler:
        @functools.wraps(func)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            answer = func(*args, **kwargs)
            if _holds(args[1], min_version, max_version):
                # A handler that extends another one changes its answer.
                whole = kwargs.get("resp_obj", answer)
                validators.check_answer(response_body_schema, whole, func.__name__)
            return answer

        return wrapper  # type: ignore[return-value]

    return add_validator


def _holds(req: Any, min_version: str | None, max_version: str | None) -> bool:
    asked: APIVersionRequest = req.api_version_request
    return asked.matches(APIVersionRequest(min_version), APIVersionRequest(max_version))
