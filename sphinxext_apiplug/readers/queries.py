"""The schema of a query string: the parameters that it lists, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.inventory.versions import VersionRange, merge
from sphinxext_apiplug.readers.handlers import Handler

# What a list may say of its only value.
_ABOUT: Final = ("title", "description")


class Listed(NamedTuple):
    """A parameter that a schema lists, or all whose names match a pattern."""

    name: str
    schema: Schema
    required: bool = False
    by_pattern: bool = False


def parameters_of(schema: Schema) -> Iterator[Listed]:
    """Each parameter that is listed, by its name or by a pattern of names.

    Services of this family validate a query string as lists of values, since each
    parameter may be repeated: what may be given once is a list of at most one.

    :param schema: normalised
    """
    if isinstance(schema, bool):
        return
    definitions = {"$defs": schema["$defs"]} if "$defs" in schema else {}
    for keyword in ("properties", "patternProperties"):
        for name, listed in schema.get(keyword, {}).items():
            value = _given_once(listed)
            if definitions and isinstance(value, dict):
                value = value | definitions
            by_pattern = keyword == "patternProperties"
            required = not by_pattern and name in schema.get("required", ())
            yield Listed(name, value, required, by_pattern)


def _given_once(schema: Schema) -> Schema:
    """What the only value of a list of at most one must be; other schemas as they are."""
    if isinstance(schema, bool) or schema.get("maxItems") != 1 or schema.get("type") != "array":
        return schema
    items: Schema = schema.get("items", {})
    if isinstance(items, bool):
        return items
    about: dict[str, Any] = {key: schema[key] for key in _ABOUT if key in schema}
    return about | items


def refusing(handler: Handler) -> tuple[VersionRange, ...]:
    """The versions in which a query string may be refused."""
    return _held(handler, "properties") + strict(handler)


def strict(handler: Handler) -> tuple[VersionRange, ...]:
    """The versions in which parameters are refused that no schema lists."""
    return _held(handler, "additionalProperties")


def reasons_to_refuse(handler: Handler) -> Iterator[str]:
    """Why a query string is refused, and where it matters in which versions."""
    if _held(handler, "properties"):
        yield "a query parameter does not match its schema"
    listed = strict(handler)
    if listed:
        always = all(item.covers(handler.versions) for item in listed)
        since = "" if always else f" ({', '.join(map(str, merge(listed)))})"
        yield f"a query parameter is none of those listed{since}"


def _held(handler: Handler, keyword: str) -> tuple[VersionRange, ...]:
    """Where a keyword of the schemas refuses anything."""
    found = []
    for item in handler.queries:
        value = item.raw.get(keyword) if isinstance(item.raw, Mapping) else None
        held = item.versions.intersect(handler.versions)
        if held is not None and (value is False or (value and keyword == "properties")):
            found.append(held)
    return tuple(found)
