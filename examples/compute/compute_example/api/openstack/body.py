"""The body of a request: JSON, and nothing that JSON doesn't have."""

from __future__ import annotations

import inspect
import json
import math
from collections.abc import Callable
from typing import Any, NoReturn

import webob
import webob.exc

_MEDIA_TYPE = "application/json"


def is_wanted(handler: Callable[..., Any]) -> bool:
    """Whether a handler is given the body."""
    return "body" in inspect.signature(handler).parameters


def read(req: webob.Request) -> Any:
    """The body as plain data.

    :raises HTTPUnsupportedMediaType: if it says that it is something else
    :raises HTTPBadRequest: if it isn't JSON
    """
    if req.content_type and req.content_type != _MEDIA_TYPE:
        raise webob.exc.HTTPUnsupportedMediaType(
            f"The body must be {_MEDIA_TYPE}, not {req.content_type[:100]!r}."
        )
    try:
        content = json.loads(req.body.decode("utf-8"), parse_constant=_refuse, parse_float=_number)
        # Half a character (a lone surrogate) can be written in JSON, but not be stored.
        json.dumps(content, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise webob.exc.HTTPBadRequest("The body is not JSON in UTF-8.") from error
    return content


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("the number is too large")
    # 2.0 is a whole number in JSON Schema, so it has to be one here.
    return int(number) if number.is_integer() else number
