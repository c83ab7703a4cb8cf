"""Errors as callers get them: always JSON, always the same shape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import webob
import webob.exc

_NAMES: Final = {
    400: "badRequest",
    401: "unauthorized",
    403: "forbidden",
    404: "itemNotFound",
    405: "badMethod",
    406: "notAcceptable",
    409: "conflictingRequest",
    413: "overLimit",
    415: "badMediaType",
    500: "computeFault",
    501: "notImplemented",
    503: "serviceUnavailable",
}

#: The body of every error.
FAULT_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "description": "What went wrong, under the name of its kind, as in `itemNotFound`.",
    "minProperties": 1,
    "maxProperties": 1,
    "propertyNames": {"enum": sorted(_NAMES.values())},
    "additionalProperties": {
        "type": "object",
        "properties": {
            "code": {
                "type": "integer",
                "minimum": 400,
                "maximum": 599,
                "description": "The answer's status code.",
            },
            "message": {"type": "string", "description": "What went wrong, for a person."},
        },
        "required": ["code", "message"],
        "additionalProperties": False,
    },
}


def body_of(code: int, message: str) -> bytes:
    """The body of an error."""
    name = _NAMES.get(code, "computeFault")
    return json.dumps({name: {"code": code, "message": message}}).encode()


def fault_response(
    code: int, message: str, headers: Mapping[str, str] | None = None
) -> webob.Response:
    """Make the answer for an error.

    :param headers: what else the caller is to know, such as ``Allow``
    """
    response = webob.Response(status=code, body=body_of(code, message))
    response.content_type = "application/json"
    response.headers.update(headers or {})
    return response


def response_for(error: webob.exc.WSGIHTTPException) -> webob.Response:
    """Make the answer for an error that a handler raised."""
    explanation = str(error.detail or error.explanation or error.title)
    return fault_response(error.code, " ".join(explanation.split()))
