"""Whether an instance is valid for a schema, found out in bounded time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import ip_network
from typing import Any, Final

import msgspec

# The formats that the validator checks without further packages.
_FORMATS: Final = ("date", "email", "ipv4", "ipv6", "uuid")
# A group repeated without end: text that nearly matches may take 2^length steps.
_REPEATED_GROUP: Final = re.compile(r"\)(?:[*+]|\{\d*,\}|\{\d+,\d\d+\})")
_REPETITION: Final = re.compile(r"[*+]|\{\d*,\}")


class _TooLongError(Exception):
    """Matching could take longer than anybody waits."""


def is_valid(schema: Any, instance: Any) -> bool:
    """Whether *instance* is valid; ``False`` too if it can't be told soon enough.

    :param schema: a normalised JSON Schema 2020-12 document
    """
    try:
        return bool(_validator(msgspec.json.encode(schema)).is_valid(instance))
    # A pattern that Python's engine refuses; a schema that goes round in circles.
    except (re.error, RecursionError, _TooLongError):
        return False


def fault(schema: Any, instance: Any) -> tuple[tuple[str | int, ...], str] | None:
    """What makes *instance* invalid, where it is wrong at the most telling place.

    :param schema: a normalised JSON Schema 2020-12 document
    :return: the keys and indices that lead there, and a sentence; ``None`` if it is valid,
        or if it can't be told
    """
    from jsonschema.exceptions import best_match

    try:
        error = best_match(_validator(msgspec.json.encode(schema)).iter_errors(instance))
    except (re.error, RecursionError, _TooLongError):
        return None
    return None if error is None else (tuple(error.absolute_path), error.message)


@lru_cache(maxsize=1024)
def _validator(schema: bytes) -> Any:
    return _validator_class()(msgspec.json.decode(schema), format_checker=_format_checker())


@lru_cache(maxsize=1)
def _validator_class() -> Any:
    # Late: the import takes longer than all the examples of a small API.
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    # The stubs leave this one untyped.
    return extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


@lru_cache(maxsize=1)
def _format_checker() -> Any:
    from jsonschema import FormatChecker

    checker = FormatChecker(_FORMATS)
    checker.checks("cidr", ValueError)(_is_cidr)
    return checker


def _is_cidr(instance: object) -> bool:
    """Many services have this format for networks; ``ValueError`` says that it is none."""
    return not isinstance(instance, str) or (
        "/" in instance and bool(ip_network(instance, strict=False))
    )


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[Any]:
    from jsonschema import ValidationError

    if isinstance(instance, str):
        if len(instance) > _longest(pattern):
            raise _TooLongError
        if not re.search(pattern, instance):
            yield ValidationError(f"{instance!r} does not match {pattern!r}")


@lru_cache(maxsize=1024)
def _longest(pattern: str) -> int:
    """How long a text may be for a pattern to be tried on it."""
    if _REPEATED_GROUP.search(pattern):
        return 20
    return 100 if len(_REPETITION.findall(pattern)) > 2 else 10_000
