"""Places in a document."""

from __future__ import annotations

from typing import Any, TypeAlias

from sphinxext_apiplug.openapi.schemas import local_pointer, resolve

#: A place, key by key (index by index in an array).
Parts: TypeAlias = tuple[str | int, ...]


def to_pointer(parts: Parts) -> str:
    """The JSON pointer of a place."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def from_pointer(pointer: str) -> Parts:
    """The place that a JSON pointer names."""
    keys = pointer.split("/")[1:]
    return tuple(key.replace("~1", "/").replace("~0", "~") for key in keys)


def real_parts(document: Any, parts: Parts) -> Parts:
    """The place that is reached when references on the way are followed.

    Where the way ends early, the place is the last one that there is.
    """
    current: Any = document
    reached: Parts = ()
    for part in parts:
        current, reached = _follow(document, current, reached)
        try:
            current = current[_key(current, part)]
        except (LookupError, TypeError):
            return reached
        reached = (*reached, part)
    return reached


def _follow(document: Any, current: Any, reached: Parts) -> tuple[Any, Parts]:
    """Where the references lead that stand at a place."""
    seen: set[str] = set()
    while isinstance(current, dict):
        pointer = local_pointer(current.get("$ref"))
        if pointer is None or pointer in seen:
            break
        seen.add(pointer)
        try:
            current = resolve(document, pointer)
        except LookupError:
            break
        reached = from_pointer(pointer)
    return current, reached


def _key(holder: Any, part: str | int) -> str | int:
    return int(part) if isinstance(holder, list) and str(part).isdecimal() else part
