"""Descriptions put into schemas, at the fields that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sphinxext_apiplug.inventory.model import Payload, Schema
from sphinxext_apiplug.inventory.timeline import Field, fold

_ITEMS: Final = "[]"
_VARIANTS: Final = ("allOf", "anyOf", "oneOf")
_DEEPEST: Final = 40


def pointers(payloads: Iterable[Payload], name: str) -> list[str]:
    """Where the fields are that a table may mean by a name: those nearest to the top.

    :param name: maybe dotted, as in ``networks.uuid``
    """
    wanted = tuple(name.split("."))
    found = [
        (names, field.pointer)
        for field, names in _walk(fold(payloads), ())
        if names[-len(wanted) :] == wanted or names[-1:] == wanted[-1:]
    ]
    whole = [item for item in found if item[0][-len(wanted) :] == wanted] or found
    least = min((len(names) for names, _ in whole), default=0)
    return [pointer for names, pointer in whole if len(names) == least]


def _walk(
    fields: Iterable[Field], above: tuple[str, ...]
) -> Iterable[tuple[Field, tuple[str, ...]]]:
    for field in fields:
        names = (*above, field.name)
        yield field, names
        yield from _walk(field.children, names)


def described(schema: Schema, texts: Mapping[str, str]) -> Schema:
    """A schema with descriptions where it has none; what is shared becomes the field's own.

    :param texts: the pointer of a field of the timeline -> its description
    """
    if not isinstance(schema, dict) or not texts:
        return schema
    definitions = schema.get("$defs", {})
    parts = {tuple(pointer.split("/")[1:]): text for pointer, text in texts.items()}
    return _described(schema, parts, definitions, 0)


_Texts = Mapping[tuple[str, ...], str]


def _described(
    schema: Schema, texts: _Texts, definitions: Mapping[str, Any], depth: int
) -> dict[str, Any] | bool:
    if not isinstance(schema, dict) or not texts or depth > _DEEPEST:
        return schema
    found = _unfolded(schema, definitions)
    own = texts.get(())
    if own is not None and not found.get("description"):
        found["description"] = own
    below = {parts: text for parts, text in texts.items() if parts}
    for name in found.get("properties", {}):
        inside = _below(below, name.replace("~", "~0").replace("/", "~1"))
        if inside:
            sub = _described(found["properties"][name], inside, definitions, depth + 1)
            found["properties"] = {**found["properties"], name: sub}
    inside = _below(below, _ITEMS)
    if inside and "items" in found:
        found["items"] = _described(found["items"], inside, definitions, depth + 1)
    for keyword in _VARIANTS:
        if below and keyword in found:
            found[keyword] = [
                _described(variant, below, definitions, depth + 1) for variant in found[keyword]
            ]
    return found


def _below(texts: _Texts, name: str) -> dict[tuple[str, ...], str]:
    return {parts[1:]: text for parts, text in texts.items() if parts[0] == name}


def _unfolded(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """A copy, with what it refers to in place of the reference."""
    found = dict(schema)
    for _ in range(_DEEPEST):
        name = str(found.get("$ref", "")).removeprefix("#/$defs/")
        target = definitions.get(name)
        if not isinstance(target, dict):
            break
        del found["$ref"]
        found = {**target, **found}
    return found
