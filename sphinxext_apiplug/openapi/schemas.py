"""Walking JSON Schemas: where subschemas stand, and what ``$ref`` points at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinxext_apiplug.inventory.model import Schema

# Everything else (enum, const, default, examples...) holds data, in which a
# key called "$ref" or "properties" means nothing.
_ONE: Final = frozenset({
    "additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if",
    "items", "not", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
})  # fmt: skip
_LIST: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_MAP: Final = frozenset({"dependentSchemas", "patternProperties", "properties"})
# Where a boolean is rare; generators know it of additionalProperties.
_SPELLED: Final = frozenset({"contains", "items", "not", "propertyNames"})
_DEFINITIONS: Final = frozenset({"$defs", "definitions"})
# What a component can't say, because it is no document of its own.
_DOCUMENT: Final = frozenset({"$schema", "$id", "id"})


def rebuild(schema: Schema, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Schema:
    """A copy without definitions in which *change* was applied to every subschema.

    :param change: gets a shallow copy whose own subschemas are already copied
    """
    if isinstance(schema, bool):
        return schema
    copy: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword in _DEFINITIONS or (keyword in _DOCUMENT and isinstance(value, str)):
            continue
        copy[keyword] = _rebuild_value(keyword, value, change)
    return change(copy)


def _rebuild_value(
    keyword: str, value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> Any:
    if keyword in _ONE and isinstance(value, (dict, bool)):
        return rebuild(value, change)
    if keyword in _LIST and isinstance(value, list):
        return [rebuild(item, change) if _is_schema(item) else item for item in value]
    if keyword in _MAP and isinstance(value, dict):
        return {
            name: rebuild(item, change) if _is_schema(item) else item
            for name, item in value.items()
        }
    return value


def name_required(schema: dict[str, Any]) -> None:
    """Give every required property of an object a place among its properties.

    Linters ask for it; it allows and forbids nothing that wasn't so before.
    """
    required = schema.get("required")
    if not isinstance(required, list) or not ("properties" in schema or "type" in schema):
        return
    others = schema.get("additionalProperties", True)
    if others is False or "unevaluatedProperties" in schema:
        return
    if isinstance(others, dict) and "patternProperties" in schema:
        # Which of the two holds for a name depends on the patterns.
        return
    missing = [name for name in required if name not in schema.get("properties", {})]
    if missing:
        added = {name: others if isinstance(others, dict) else {} for name in missing}
        schema["properties"] = {**schema.get("properties", {}), **added}


def count_items(schema: dict[str, Any]) -> None:
    """Forbid further items of an array by their number, which linters understand."""
    first = schema.get("prefixItems", [])
    if schema.get("items") is not False or not isinstance(first, list):
        return
    schema["items"] = {}
    most = schema.get("maxItems")
    is_less = isinstance(most, int) and most <= len(first)
    schema["maxItems"] = most if is_less else len(first)


def spell_out(schema: dict[str, Any]) -> None:
    """Write ``true`` and ``false`` as objects where code generators know no others."""
    for keyword in _MAP & schema.keys():
        if isinstance(schema[keyword], dict):
            schema[keyword] = {name: _spelled(item) for name, item in schema[keyword].items()}
    for keyword in _LIST & schema.keys():
        if isinstance(schema[keyword], list):
            schema[keyword] = [_spelled(item) for item in schema[keyword]]
    for keyword in _SPELLED & schema.keys():
        schema[keyword] = _spelled(schema[keyword])


def _spelled(schema: Any) -> Any:
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    return schema


def _is_schema(value: object) -> bool:
    return isinstance(value, (dict, bool))


def local_pointer(reference: object) -> str | None:
    """The JSON pointer of a reference into the same schema; ``None`` otherwise."""
    if not isinstance(reference, str) or not reference.startswith("#"):
        return None
    pointer = unquote(reference[1:])
    return pointer if pointer == "" or pointer.startswith("/") else None


def resolve(document: Any, pointer: str) -> Any:
    """What stands at a JSON pointer.

    :raises LookupError: if nothing stands there
    """
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        holder = dict(enumerate(document)) if isinstance(document, list) else document
        index = int(key) if isinstance(document, list) and key.isdecimal() else key
        if not isinstance(holder, dict) or index not in holder:
            raise LookupError(pointer)
        document = holder[index]
    return document


def subschema(root: Schema, pointer: str | None) -> Schema | None:
    """The schema at a pointer into *root*; ``None`` if there is none."""
    if pointer is None:
        return None
    try:
        found = resolve(root, pointer)
    except LookupError:
        return None
    return found if _is_schema(found) else None
