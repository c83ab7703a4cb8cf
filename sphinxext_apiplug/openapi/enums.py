"""Lists of allowed values, written so that code generators can name each value."""

from __future__ import annotations

import re
from typing import Any, Final

#: Names of an enum's values, as generators of several languages read them.
VENDOR: Final = "x-enum-varnames"

# What allows an empty object or array alone; a list of objects makes no class.
_EMPTY: Final[dict[type, dict[str, Any]]] = {
    dict: {"type": "object", "maxProperties": 0},
    list: {"type": "array", "items": {}, "maxItems": 0},
}
_SIGNS: Final = re.compile(r"[^A-Za-z0-9]+")


def split_enum(schema: dict[str, Any]) -> None:
    """Give a schema's allowed values one type a list, and names where they need some.

    It allows and forbids nothing that it didn't before. Generators make a class of
    a list: its values have one type, and names that differ in more than case.
    """
    values = schema.get("enum")
    if not isinstance(values, list):
        return
    by_type = _by_type(values, schema.get("type"))
    has_twins = len(set(map(_name, by_type.get("string", ())))) < len(by_type.get("string", ()))
    is_plain = by_type.keys() <= {"string", "null"} or by_type.keys() == {"integer"}
    if not by_type or "other" in by_type or (is_plain and not has_twins):
        return
    parts = [_part(kind, found) for kind, found in by_type.items()]
    if len(parts) > 1 and "anyOf" in schema:
        return
    del schema["enum"]
    schema.pop("type", None)
    schema.update(parts[0] if len(parts) == 1 else {"anyOf": parts})


def _by_type(values: list[Any], types: object) -> dict[str, list[Any]]:
    """The values that the types allow: type -> values, in order."""
    allowed = [types] if isinstance(types, str) else types
    found: dict[str, list[Any]] = {}
    for value in values:
        kind = _type(value)
        if not isinstance(allowed, list) or kind == "other" or _is_one_of(kind, allowed):
            same = found.setdefault(kind, [])
            if value not in same:
                same.append(value)
    return found


def _type(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
    return "empty" if value in ({}, []) else "other"


def _is_one_of(kind: str, allowed: list[Any]) -> bool:
    return kind in allowed or (kind == "integer" and "number" in allowed)


def _part(kind: str, values: list[Any]) -> dict[str, Any]:
    if kind == "empty":
        return _EMPTY[type(values[0])]
    if kind == "null" or (kind == "boolean" and len(values) == 2):
        return {"type": kind}
    if kind == "boolean":
        return {"type": kind, "const": values[0]}
    part: dict[str, Any] = {"type": kind, "enum": values}
    if kind == "string" and len(set(map(_name, values))) < len(values):
        part[VENDOR] = _names(values)
    return part


def _name(value: str) -> str:
    return _SIGNS.sub("_", value).strip("_").upper()


def _names(values: list[str]) -> list[str]:
    """A name for each value; of those that are spelled alike the later ones get a number."""
    given: dict[str, None] = {}
    for value in values:
        own = _name(value)
        own = own if own[:1].isalpha() else f"VALUE_{own}".rstrip("_")
        name, number = own, 2
        while name in given:
            name, number = f"{own}_{number}", number + 1
        given[name] = None
    return list(given)
