"""The keywords of JSON Schema 2020-12 that hold no schemas: what each may be."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any, Final

from sphinxext_apiplug.inventory.shapes import type_name

TYPES: Final = ("array", "boolean", "integer", "null", "number", "object", "string")


def is_number(value: object) -> bool:
    """Whether a plain value is a JSON number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def has_type(value: object, kinds: tuple[str, ...]) -> bool:
    """Whether a plain value has one of some JSON Schema types."""
    name = type_name(value)
    if name == "integer":
        return "integer" in kinds or "number" in kinds
    if isinstance(value, float) and value.is_integer() and "integer" in kinds:
        return True
    return name in kinds


def _text(value: Any) -> Any:
    return value if isinstance(value, str) else None


def _number(value: Any) -> Any:
    return value if is_number(value) else None


def _positive(value: Any) -> Any:
    return value if is_number(value) and value > 0 else None


def _count(value: Any) -> Any:
    return int(value) if is_number(value) and value >= 0 and value == int(value) else None


def _flag(value: Any) -> Any:
    return value if isinstance(value, bool) else None


def _all(check: Callable[[Any], Any], *names: str) -> dict[str, Callable[[Any], Any]]:
    return dict.fromkeys(names, check)


#: Keyword -> function that gives the value to keep, or ``None`` if it is wrong.
SIMPLE: Final[Mapping[str, Callable[[Any], Any]]] = {
    **_all(
        _text, "title", "description", "$comment", "format", "contentEncoding", "contentMediaType"
    ),
    **_all(_number, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    **_all(_positive, "multipleOf"),
    **_all(
        _count,
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "minProperties",
        "maxProperties",
        "minContains",
        "maxContains",
    ),
    **_all(_flag, "uniqueItems", "readOnly", "writeOnly", "deprecated"),
}

_EXPECTED: Final[Mapping[Callable[[Any], Any], str]] = {
    _text: "text",
    _number: "a number",
    _positive: "a number above 0",
    _count: "a whole number of 0 or more",
    _flag: "true or false",
}

#: Keywords that hold one schema.
ONE_SCHEMA: Final = frozenset(
    {
        "additionalProperties",
        "contains",
        "contentSchema",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
#: Keywords that hold a list of schemas.
MANY_SCHEMAS: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
#: Keywords that hold schemas by name.
NAMED_SCHEMAS: Final = frozenset({"dependentSchemas", "patternProperties", "properties"})
#: Those whose schemas say more of the very object that they stand in.
PARTS: Final = frozenset(
    {"allOf", "anyOf", "dependentSchemas", "else", "if", "not", "oneOf", "then"}
)

#: What is no use outside the schema's own file, and needs no word.
SILENT: Final = frozenset(
    {
        "$anchor",
        "$defs",
        "$dynamicAnchor",
        "$id",
        "$recursiveAnchor",
        "$schema",
        "$vocabulary",
        "definitions",
        "id",
    }
)

_KNOWN: Final = sorted(
    {
        *SIMPLE,
        *ONE_SCHEMA,
        *MANY_SCHEMAS,
        *NAMED_SCHEMAS,
        "const",
        "default",
        "dependentRequired",
        "enum",
        "examples",
        "pattern",
        "required",
        "type",
    }
)


def is_keyword(name: object) -> bool:
    """Whether a key of a mapping is a keyword that schemas have."""
    return isinstance(name, str) and (name in SILENT or name == "$ref" or name in _KNOWN)


def is_misplaced(name: object, value: object) -> bool:
    """Whether a property is a keyword with its value, put one level too deep."""
    return is_keyword(name) and isinstance(value, str | int | list) and not isinstance(value, bool)


def expected(keyword: str) -> str:
    """What a simple keyword takes, in words."""
    return _EXPECTED[SIMPLE[keyword]]


def similar_keyword(name: str) -> str:
    """The known keyword that a wrong one was probably meant to be, or nothing."""
    lower = {known.lower(): known for known in _KNOWN}
    close = difflib.get_close_matches(name.lower(), lower, n=1, cutoff=0.8)
    return lower[close[0]] if close else ""


def similar_type(name: str) -> str:
    """The type that a wrong name was probably meant to be, or nothing."""
    spoken = {
        "bool": "boolean",
        "dict": "object",
        "float": "number",
        "int": "integer",
        "list": "array",
        "none": "null",
        "str": "string",
    }
    close = difflib.get_close_matches(name.lower(), [*TYPES, *spoken], n=1)
    return spoken.get(close[0], close[0]) if close else ""
