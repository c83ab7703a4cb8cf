"""What the decorators do with their schemas."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

import webob
from jsonschema import Draft202012Validator, FormatChecker, validators
from jsonschema.exceptions import ValidationError as SchemaError
from jsonschema.exceptions import best_match

from compute_example.conf import CONF
from compute_example.exceptions import ValidationError

LOG = logging.getLogger(__name__)

_LONGEST = 300
_FORMATS = FormatChecker(())
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@_FORMATS.checks("uuid")
def _is_uuid(value: object) -> bool:
    return not isinstance(value, str) or _UUID.fullmatch(value) is not None


@_FORMATS.checks("date-time")
def _is_date_time(value: object) -> bool:
    return not isinstance(value, str) or value.endswith("Z")


def _pattern(_validator: Any, pattern: str, value: object, _schema: Any) -> Iterator[SchemaError]:
    """Match as JSON Schema wants it: `$` is the very end, not also before a last newline."""
    if isinstance(value, str) and not re.search(re.sub(r"\$\Z", r"\\Z", pattern), value):
        yield SchemaError(f"{value!r} does not match {pattern!r}")


_extend: Any = validators.extend
_Validator: Any = _extend(Draft202012Validator, {"pattern": _pattern})


def check_body(schema: Mapping[str, Any], body: Any) -> None:
    """Hold a body against its schema.

    :raises ValidationError: if it doesn't match; says where
    """
    error = _first_error(schema, body)
    if error is not None:
        raise ValidationError(detail=f"Invalid body{_where(error)}: {_told(error)}")


def check_query(schema: Mapping[str, Any], req: webob.Request) -> None:
    """Hold a query string against its schema; numbers are texts there.

    :raises ValidationError: if it doesn't match; says where
    """
    try:
        values = {name: req.GET.getall(name) for name in req.GET}
    except UnicodeDecodeError as error:
        raise ValidationError(detail="The query string is not UTF-8.") from error
    found = _first_error(schema, values)
    if found is not None:
        raise ValidationError(detail=f"Invalid query parameters{_where(found)}: {_told(found)}")


def check_answer(schema: Mapping[str, Any], answer: Any, handler: str) -> None:
    """Hold an answer against its schema, as far as the settings want it.

    :raises RuntimeError: if it doesn't match, and the settings say that this is an error
    """
    mode = CONF.api.response_validation
    error = None if mode == "none" else _first_error(schema, getattr(answer, "obj", answer))
    if error is None:
        return
    if mode == "error":
        raise RuntimeError(f"the answer of {handler} is not as declared: {error.message}")
    LOG.warning("The answer of %s is not as declared: %s", handler, error.message)


def _first_error(schema: Mapping[str, Any], value: Any) -> SchemaError | None:
    validator = _Validator(schema, format_checker=_FORMATS)
    found: SchemaError | None = best_match(validator.iter_errors(value))
    return found


def _where(error: SchemaError) -> str:
    path = "/".join(str(item) for item in error.absolute_path)
    return f" at {path}" if path else ""


def _told(error: SchemaError) -> str:
    """What is wrong, however much of the request that quotes."""
    text = error.message
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 3]}…{text[-_LONGEST // 2 :]}"
