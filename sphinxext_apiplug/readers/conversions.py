"""Calls that turn a parameter's text into something, as schemas of what the text must be."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any, Final

from sphinxext_apiplug.readers.values import Scope
from sphinxext_apiplug.readers.version_tests import last_name

_CONVERSIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    "int": {"type": "integer"},
    "validate_integer": {"type": "integer"},
    "bool_from_string": {"type": "boolean"},
    "parse_isotime": {"type": "string", "format": "date-time"},
    "parse_strtime": {"type": "string", "format": "date-time"},
}
_BOUNDS: Final = {"min_value": "minimum", "max_value": "maximum"}


def converted(node: ast.Call, scope: Scope) -> dict[str, Any]:
    """The schema that a call demands of its first argument; empty if it demands nothing."""
    schema = dict(_CONVERSIONS.get(last_name(node.func), {})) if node.args else {}
    for keyword in node.keywords if schema else ():
        bound = _BOUNDS.get(keyword.arg or "")
        value = scope.value(keyword.value)
        if bound is not None and isinstance(value, int):
            schema[bound] = value
    return schema
