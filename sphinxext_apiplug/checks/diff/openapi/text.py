"""JSON and YAML text as data."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec
import yaml

from sphinxext_apiplug.checks.diff.openapi.errors import DocumentError

try:
    from yaml import CSafeLoader as _Base
except ImportError:
    from yaml import SafeLoader as _Base  # type: ignore[assignment]


class _Loader(_Base):
    """Reads what JSON can say: no dates, and nothing but true and false is a boolean."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ("merge", r"<<", ["<"]),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first
    )

_DEEPEST: Final = 200


def parse(data: bytes, source: str) -> Any:
    """Read JSON, or else YAML.

    :param source: named in the error
    :raises DocumentError: if it is neither, or nested too deeply
    """
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if data.lstrip()[:1] in {b"{", b"["} and source.lower().endswith(".json"):
            raise DocumentError(source, "", f"is no JSON: {error}") from error
    except RecursionError as error:
        raise DocumentError(source, "", "is nested too deeply") from error
    try:
        return _plain(yaml.load(data, Loader=_Loader), source, "", 0)  # noqa: S506 - it is a safe one
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise DocumentError(source, "", f"is neither JSON nor YAML: {reason}") from error
    except (RecursionError, ValueError) as error:
        raise DocumentError(source, "", f"can't be read as YAML: {error}") from error


def _plain(value: Any, source: str, pointer: str, depth: int) -> Any:
    """YAML's data as JSON's: keys are texts, and nothing holds itself."""
    if depth > _DEEPEST:
        raise DocumentError(source, pointer, "is nested too deeply, or holds itself")
    if isinstance(value, list):
        return [
            _plain(item, source, f"{pointer}/{index}", depth + 1)
            for index, item in enumerate(value)
        ]
    if isinstance(value, dict):
        return {
            str(key): _plain(item, source, f"{pointer}/{key}", depth + 1)
            for key, item in value.items()
        }
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise DocumentError(source, pointer, f"holds a {type(value).__name__}, which JSON can't say")
