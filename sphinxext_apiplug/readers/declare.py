"""Lists every required property among the properties, as readers and linters expect."""

from __future__ import annotations

from typing import Any, Final

# Where these stand, a property may be described in another schema.
_ELSEWHERE: Final = frozenset({"$ref", "allOf", "anyOf", "oneOf", "unevaluatedProperties"})


def declare_required(schema: dict[str, Any]) -> None:
    """Add what is required but not described, in place; the meaning stays the same.

    :param schema: one that stands for itself: a part of another, as in its ``allOf``, says
        of the same object what the other one describes
    """
    if "required" not in schema or schema.keys() & _ELSEWHERE:
        return
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties", {})
    missing = [name for name in schema["required"] if name not in properties]
    # What holds for other properties doesn't for those that a pattern describes.
    told = others is not False and (others in (True, {}) or "patternProperties" not in schema)
    if missing and told:
        # Once it is listed, what holds for other properties no longer holds for it.
        added = {name: {} if others is True else dict(others) for name in missing}
        schema["properties"] = {**properties, **added}
