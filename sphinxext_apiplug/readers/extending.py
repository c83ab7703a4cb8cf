"""Fields that extensions add to answers of operations which aren't theirs.

An extension's handler may run after the one that it extends, and change its
answer. What it adds stands in response schemas of its own: these have the shape
of the answer down to where the fields are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.model import Augmentation, Payload, Schema
from sphinxext_apiplug.inventory.versions import gaps
from sphinxext_apiplug.readers.base import Plugin
from sphinxext_apiplug.readers.handlers import Handler


class Extending(msgspec.Struct, frozen=True, kw_only=True):
    """One extension's handlers that run after an operation's own ones.

    :ivar handlers: one for each version range, the newest first
    """

    plugin: Plugin
    augmentation: Augmentation
    handlers: tuple[Handler, ...]


def with_fields(
    payloads: Sequence[Payload], added: Iterable[Payload], alias: str
) -> tuple[tuple[Payload, ...], bool]:
    """The bodies of an operation's answers with what one extension adds.

    :param added: what the extension's response schemas declare
    :param alias: the extension
    :returns: the bodies, and whether there was a place for everything
    """
    everything = True
    found = list(payloads)
    for addition in added:
        before, found = (
            found,
            [part for payload in found for part in _parts(payload, addition, alias)],
        )
        everything = everything and found != before
    return tuple(sorted(found, key=lambda item: item.versions.sort_key)), everything


def _parts(payload: Payload, addition: Payload, alias: str) -> Iterator[Payload]:
    """The same body, where only some versions have the fields in several parts."""
    common = payload.versions.intersect(addition.versions)
    pointers: list[str] = []
    schema = _merged(payload.schema, addition.schema, "", pointers)
    if common is None or not pointers:
        yield payload
        return
    for versions in gaps(payload.versions, [common]):
        yield msgspec.structs.replace(payload, versions=versions)
    yield msgspec.structs.replace(
        payload,
        schema=schema,
        versions=common,
        provided_by={**payload.provided_by, **dict.fromkeys(pointers, alias)},
    )


def _merged(schema: Schema, addition: Any, at: str, pointers: list[str]) -> Schema:
    """A schema with the properties that another one has besides.

    Only what lies on the way is copied.

    :param at: JSON pointer of both
    :param pointers: is given the pointer of each property that is added
    """
    if not isinstance(schema, dict) or not isinstance(addition, Mapping):
        return schema
    result = dict(schema)
    if "items" in schema and "items" in addition:
        result["items"] = _merged(schema["items"], addition["items"], f"{at}/items", pointers)
    more = addition.get("properties")
    held = schema.get("properties")
    if isinstance(more, Mapping) and isinstance(held, dict):
        properties = dict(held)
        required = set(addition.get("required", ())) & (more.keys() - held.keys())
        for name, value in more.items():
            pointer = f"{at}/properties/{name.replace('~', '~0').replace('/', '~1')}"
            if name in held:
                properties[name] = _merged(held[name], value, pointer, pointers)
            else:
                properties[name] = value
                pointers.append(pointer)
        result["properties"] = properties
        if required:
            result["required"] = sorted({*schema.get("required", ()), *required})
    return result
