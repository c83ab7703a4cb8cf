"""The types of JSON that a shape allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sphinxext_apiplug.inventory.shapes import Shape, types_of

ALL: Final = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
NUMBERS: Final = frozenset({"integer", "number"})
_ORDER: Final = ("object", "array", "string", "number", "integer", "boolean", "null")


def variant_types(variant: Mapping[str, Any]) -> frozenset[str]:
    """The types of one alternative; a number may be an integer."""
    kinds = frozenset(types_of(variant)) or ALL
    return kinds | NUMBERS if "number" in kinds else kinds


def shape_types(shape: Shape) -> frozenset[str]:
    """The types of any alternative."""
    return frozenset().union(*(variant_types(variant) for variant in shape.variants))


def types_text(kinds: frozenset[str]) -> str:
    """The types as they are said: ``string or null``."""
    if kinds == ALL:
        return "anything"
    hidden = {"integer"} if "number" in kinds else set()
    listed = [kind for kind in _ORDER if kind in kinds - hidden]
    return " or ".join(listed) or "nothing"
