"""Query parameters whose names match a pattern, as one parameter object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinxext_apiplug.inventory.versions import hull
from sphinxext_apiplug.openapi.markdown import escape
from sphinxext_apiplug.openapi.schemas import rebuild
from sphinxext_apiplug.openapi.variants import VENDOR, choice
from sphinxext_apiplug.openapi.work import tidy

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sphinxext_apiplug.inventory.model import Parameter, Schema
    from sphinxext_apiplug.inventory.versions import VersionRange
    from sphinxext_apiplug.openapi.versions import View

# What the object is called; as it is exploded, no caller ever sends this.
_NAMES: Final = ("others", "other_parameters", "parameters_by_pattern")


def parameters_by_pattern(
    same: Sequence[Parameter], taken: Collection[str], view: View
) -> dict[str, Any]:
    """An object whose properties are sent as parameters of their own.

    :param same: parameters that are known by a pattern
    :param taken: names that the object can't have
    """
    found: dict[str, list[dict[str, Any]]] = {}
    ranges: list[VersionRange] = []
    for item in same:
        schema = rebuild(_of_one(item.schema), tidy)
        found.setdefault(item.name, []).append(schema if isinstance(schema, dict) else {})
        ranges.append(item.versions)
    patterns = {name: choice(found[name], None, "anyOf") for name in sorted(found)}
    listed = ", ".join(f"`{name}`" for name in patterns)
    written: dict[str, Any] = {
        "name": next(name for name in _NAMES if name not in taken),
        "in": "query",
        "description": escape(f"Any parameters whose names match {listed}, each by its own name."),
        "style": "form",
        "explode": True,
        "schema": {"type": "object", "patternProperties": patterns},
    }
    marks = view.marks(hull(ranges))
    return {**written, VENDOR: marks} if marks else written


def _of_one(schema: Schema) -> Schema:
    """The schema of one value, where a list of them is taken: OpenAPI nests no lists here."""
    if isinstance(schema, dict) and schema.get("type") == "array":
        items: Schema = schema.get("items", True)
        return items
    return schema
