"""Lists every required property among the properties, as readers and linters expect."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from sphinxext_apiplug.inventory.model import Schema

# Where these stand, a property may be described in another schema.
_ELSEWHERE: Final = frozenset({"$ref", "allOf", "anyOf", "oneOf", "unevaluatedProperties"})
_PARTS: Final = ("allOf", "anyOf", "oneOf")
_ONE_PART: Final = ("not", "if", "then", "else")
_ONE: Final = ("additionalProperties", "contains", "contentSchema", "items", "propertyNames")


def declare_required(schema: Schema, *, part: bool = False, done: Collection[int] = ()) -> None:
    """Add what is required but not described, in place; the meaning stays the same.

    :param part: the schema adds to another one that describes the same object
    :param done: ids of schemas that this was done to before
    """
    if isinstance(schema, bool) or id(schema) in done:
        return
    if not part and "required" in schema and not schema.keys() & _ELSEWHERE:
        _declare(schema)
    for item, is_part in _below(schema):
        declare_required(item, part=is_part, done=done)


def _declare(schema: dict[str, Any]) -> None:
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties", {})
    missing = [name for name in schema["required"] if name not in properties]
    if missing and others is not False:
        # Once it is listed, what holds for other properties no longer holds for it.
        added = {name: {} if others is True else dict(others) for name in missing}
        schema["properties"] = {**properties, **added}


def _below(schema: dict[str, Any]) -> Iterator[tuple[Schema, bool]]:
    for keyword in ("properties", "patternProperties"):
        yield from ((item, False) for item in schema.get(keyword, {}).values())
    yield from ((item, False) for item in schema.get("prefixItems", ()))
    yield from ((schema[keyword], False) for keyword in _ONE if keyword in schema)
    for keyword in _PARTS:
        yield from ((item, True) for item in schema.get(keyword, ()))
    yield from ((schema[keyword], True) for keyword in _ONE_PART if keyword in schema)
    yield from ((item, True) for item in schema.get("dependentSchemas", {}).values())
