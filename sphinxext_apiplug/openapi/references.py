"""References of a document that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any, Final

import msgspec

from sphinxext_apiplug.openapi.locate import Parts, to_pointer
from sphinxext_apiplug.openapi.schemas import local_pointer, resolve

# Data, in which a key called "$ref" means nothing.
_DATA: Final = frozenset({"const", "default", "enum", "example", "examples"})


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong at one place.

    :ivar parts: where in the document, key by key
    """

    message: str
    parts: Parts


def dangling(document: dict[str, Any]) -> list[Finding]:
    """References to nothing, to other documents, and to themselves."""
    found = []
    for parts, reference in references(document):
        reason = _reason(document, to_pointer(parts), reference)
        if reason is not None:
            found.append(Finding(message=f"'{reference}' {reason}", parts=parts))
    return found


def references(value: Any, parts: Parts = ()) -> Iterator[tuple[Parts, str]]:
    """Where references stand in a part of a document, and what they say."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from references(item, (*parts, index))
    elif isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield parts, value["$ref"]
        for key, item in value.items():
            # A property may have any name.
            named = parts[-1:] == ("properties",)
            if named or not (key in _DATA or str(key).startswith("x-")):
                yield from references(item, (*parts, key))


def _reason(document: dict[str, Any], own: str, reference: str) -> str | None:
    pointer = local_pointer(reference)
    if pointer is None:
        return "isn't in this document"
    followed: set[str] = set()
    while pointer is not None and pointer not in followed:
        followed.add(pointer)
        try:
            target = resolve(document, pointer)
        except LookupError:
            # Further on, it is reported where that reference stands.
            return "refers to nothing" if len(followed) == 1 else None
        pointer = local_pointer(target.get("$ref")) if isinstance(target, dict) else None
    return "refers to itself" if own in followed else None


def without_references(value: Any, places: AbstractSet[Parts], parts: Parts = ()) -> Any:
    """A copy without the references that stand at *places*."""
    if isinstance(value, list):
        return [
            without_references(item, places, (*parts, index)) for index, item in enumerate(value)
        ]
    if not isinstance(value, dict):
        return value
    return {
        key: without_references(item, places, (*parts, key))
        for key, item in value.items()
        if not (key == "$ref" and parts in places)
    }
