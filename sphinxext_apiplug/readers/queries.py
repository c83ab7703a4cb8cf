"""The schema of a query string, as parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sphinxext_apiplug.inventory.model import Schema

# What a list may say of its only value.
_ABOUT: Final = ("title", "description")


def parameters_of(schema: Schema) -> Iterator[tuple[str, Schema, bool]]:
    """(name, schema of its value, required) of each parameter that is listed.

    Services of this family validate a query string as lists of values, since each
    parameter may be repeated: what may be given once is a list of at most one.

    :param schema: normalised
    """
    if isinstance(schema, bool):
        return
    definitions = {"$defs": schema["$defs"]} if "$defs" in schema else {}
    for name, listed in schema.get("properties", {}).items():
        value = _given_once(listed)
        if definitions and isinstance(value, dict):
            value = value | definitions
        yield name, value, name in schema.get("required", ())


def _given_once(schema: Schema) -> Schema:
    """What the only value of a list of at most one must be; other schemas as they are."""
    if isinstance(schema, bool) or schema.get("maxItems") != 1 or schema.get("type") != "array":
        return schema
    items: Schema = schema.get("items", {})
    if isinstance(items, bool):
        return items
    about: dict[str, Any] = {key: schema[key] for key in _ABOUT if key in schema}
    return about | items
