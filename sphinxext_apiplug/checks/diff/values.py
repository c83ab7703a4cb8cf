"""Comparing what two shapes say of the value itself: types, limits, lists, texts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import msgspec

from sphinxext_apiplug.checks.diff.found import Found, Place, texts
from sphinxext_apiplug.checks.diff.types import (
    ALL,
    NUMBERS,
    shape_types,
    types_text,
    variant_types,
)
from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.inventory.shapes import Shape

#: The keywords about the value, of one alternative of a shape.
_Variant: TypeAlias = Mapping[str, Any]

_NULL: Final = frozenset({"null"})
_STRING: Final = frozenset({"string"})
_ARRAY: Final = frozenset({"array"})
_OBJECT: Final = frozenset({"object"})

#: Name in kinds, keyword, whether it is a lower end, the types that it is about.
_COUNTS: Final = (
    ("minimum-length", "minLength", True, _STRING),
    ("maximum-length", "maxLength", False, _STRING),
    ("minimum-items", "minItems", True, _ARRAY),
    ("maximum-items", "maxItems", False, _ARRAY),
    ("minimum-fields", "minProperties", True, _OBJECT),
    ("maximum-fields", "maxProperties", False, _OBJECT),
)
#: Name in kinds, keyword, the types that it is about; one value, or none.
_SINGLE: Final = (
    ("pattern", "pattern", _STRING),
    ("format", "format", ALL),
    ("multiple-of", "multipleOf", NUMBERS),
)
#: Keyword, the kinds for when it comes to be true and ceases to be.
_FLAGS: Final = (
    ("uniqueItems", "duplicates-forbidden", "duplicates-allowed"),
    ("deprecated", "field-deprecated", "field-undeprecated"),
    ("readOnly", "read-only-added", "read-only-removed"),
    ("writeOnly", "write-only-added", "write-only-removed"),
)
_OTHERS: Final = (
    "not",
    "propertyNames",
    "contains",
    "minContains",
    "maxContains",
    "contentEncoding",
    "contentMediaType",
    "unevaluatedItems",
)
_CONDITIONS: Final = ("dependentSchemas", "if")

# What tells nothing about the values that are allowed.
_ANNOTATIONS: Final = frozenset({
    "$comment", "default", "deprecated", "description", "examples", "readOnly", "title",
    "writeOnly",
})  # fmt: skip


def says_nothing(shape: Shape) -> bool:
    """Whether any value is allowed; then what is below isn't known."""
    bare = all(_is_annotated(item) for item in shape.variants)
    return bare and not (shape.has_fields or shape.required or shape.items or shape.notes)


def _is_annotated(variant: _Variant) -> bool:
    return all(key in _ANNOTATIONS or key.startswith(("x-", "\0")) for key in variant)


def compare_values(old: Shape, new: Shape, place: Place) -> Iterator[Found]:
    """What changed about the value itself; not what changed in its fields or items."""
    before, after = shape_types(old), shape_types(new)
    yield from _types(before, after, place)
    common = before & after
    if common - _NULL or before == after:
        telling = _telling(old), _telling(new)
        yield from _enums(*telling, place)
        yield from _interval(*telling, common, place)
        yield from _counts(*telling, common, place)
        yield from _singles(*telling, common, place)
    yield from _flags(old, new, place)
    yield from _others(old, new, place)
    yield from _default(old, new, place)
    yield from texts(place, _description(old), _description(new))
    yield from _rules(old, new, place)


def _types(before: frozenset[str], after: frozenset[str], place: Place) -> Iterator[Found]:
    if before == after:
        return
    said = types_text(before), types_text(after)
    if ALL not in (before, after) and before ^ after == _NULL and before & after:
        kind = "null-allowed" if "null" in after else "null-forbidden"
        yield place.found(kind, *said)
    elif before < after:
        yield place.found("type-widened", *said)
    elif before > after:
        yield place.found("type-narrowed", *said)
    else:
        yield place.found("type-changed", *said)


def _telling(shape: Shape) -> list[_Variant]:
    """The alternatives, without the one that is null alone."""
    telling = [item for item in shape.variants if variant_types(item) != _NULL]
    return [*telling] or [*shape.variants]


def _enums(old: Sequence[_Variant], new: Sequence[_Variant], place: Place) -> Iterator[Found]:
    before, after = _listed(old), _listed(new)
    if before is None and after is not None:
        yield place.found("enum-added", after=[*after.values()])
    elif after is None and before is not None:
        yield place.found("enum-removed", before=[*before.values()])
    elif before is not None and after is not None:
        for key, value in before.items():
            if key not in after:
                yield place.found("enum-value-removed", before=value)
        for key, value in after.items():
            if key not in before:
                yield place.found("enum-value-added", after=value)


def _listed(variants: Sequence[_Variant]) -> dict[bytes, Any] | None:
    """The allowed values by their text; ``None`` where not all are listed."""
    found: dict[bytes, Any] = {}
    for variant in variants:
        values = [variant["const"]] if "const" in variant else variant.get("enum")
        if values is None:
            # True and false are all that a boolean can be.
            if variant_types(variant) - _NULL != {"boolean"}:
                return None
            values = [True, False]
        # Whether null is allowed is told as a type.
        found |= {msgspec.json.encode(value): value for value in values if value is not None}
    only_booleans = all(variant_types(item) - _NULL == {"boolean"} for item in variants)
    return None if only_booleans and len(found) > 1 else found


def _about(variants: Sequence[_Variant], kinds: frozenset[str]) -> list[_Variant]:
    return [item for item in variants if variant_types(item) & kinds]


def _interval(
    old: Sequence[_Variant],
    new: Sequence[_Variant],
    common: frozenset[str],
    place: Place,
) -> Iterator[Found]:
    kinds = common & NUMBERS
    if not kinds:
        return
    for name, lower in (("minimum", True), ("maximum", False)):
        before, after = (
            _loosest([_end(one, lower=lower) for one in _about(side, kinds)], lower=lower)
            for side in (old, new)
        )
        yield from _moved(name, before, after, place, lower=lower)


# An end of an interval: the number, and whether it is in the interval itself.
_End = tuple[float, int]


def _end(variant: _Variant, *, lower: bool) -> _End | None:
    """The stricter one of both keywords; of integers the last one that is allowed."""
    plain, exclusive = (
        ("minimum", "exclusiveMinimum") if lower else ("maximum", "exclusiveMaximum")
    )
    step = 1 if lower else -1
    ends: list[_End] = []
    if _is_number(variant.get(plain)):
        ends.append((variant[plain], 0))
    if _is_number(variant.get(exclusive)):
        value = variant[exclusive]
        whole = "number" not in variant_types(variant) and float(value).is_integer()
        ends.append((value + step, 0) if whole else (value, step))
    return (max if lower else min)(ends, default=None)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _loosest(ends: Sequence[_End | None], *, lower: bool) -> _End | None:
    """The end that any alternative allows; ``None`` if one has no end."""
    found = [item for item in ends if item is not None]
    if not found or len(found) < len(ends):
        return None
    return min(found) if lower else max(found)


def _moved(
    name: str, before: _End | None, after: _End | None, place: Place, *, lower: bool
) -> Iterator[Found]:
    if before == after:
        return
    up = _order(after, lower=lower) > _order(before, lower=lower)
    yield place.found(f"{name}-{'raised' if up else 'lowered'}", _said(before), _said(after))


def _order(end: _End | None, *, lower: bool) -> _End:
    """An end as one that can be compared: none is as far out as can be."""
    far = -math.inf if lower else math.inf
    return (far, 0) if end is None else end


def _said(end: _End | None) -> Any:
    if end is None:
        return None
    value, beside = end
    return value if not beside else f"{'more' if beside > 0 else 'less'} than {value:,}"


def _counts(
    old: Sequence[_Variant],
    new: Sequence[_Variant],
    common: frozenset[str],
    place: Place,
) -> Iterator[Found]:
    for name, keyword, lower, kinds in _COUNTS:
        if common & kinds:
            before, after = (
                _loosest([_count(one, keyword) for one in _about(side, kinds)], lower=lower)
                for side in (old, new)
            )
            yield from _moved(name, before, after, place, lower=lower)


def _count(variant: _Variant, keyword: str) -> _End | None:
    value = variant.get(keyword)
    # At least none is no limit.
    if not _is_number(value) or (keyword.startswith("min") and not value):
        return None
    return (variant[keyword], 0)


def _singles(
    old: Sequence[_Variant],
    new: Sequence[_Variant],
    common: frozenset[str],
    place: Place,
) -> Iterator[Found]:
    for name, keyword, kinds in _SINGLE:
        if common & kinds - _NULL:
            before, after = (_only(_about(item, kinds - _NULL), keyword) for item in (old, new))
            yield from _came_or_went(name, before, after, place)


def _only(variants: Sequence[_Variant], keyword: str) -> Any:
    """What all alternatives say under a keyword; ``None`` if one says nothing."""
    values = {
        msgspec.json.encode(item[keyword]): item[keyword] for item in variants if keyword in item
    }
    if not variants or any(keyword not in item for item in variants):
        return None
    listed = [values[key] for key in sorted(values)]
    return listed[0] if len(listed) == 1 else listed


def _came_or_went(name: str, before: Any, after: Any, place: Place) -> Iterator[Found]:
    if msgspec.json.encode(before) == msgspec.json.encode(after):
        return
    if before is None:
        yield place.found(f"{name}-added", after=after)
    elif after is None:
        yield place.found(f"{name}-removed", before=before)
    else:
        yield place.found(f"{name}-changed", before, after)


def _flags(old: Shape, new: Shape, place: Place) -> Iterator[Found]:
    for keyword, came, went in _FLAGS:
        before, after = (
            any(item.get(keyword) is True for item in shape.variants) for shape in (old, new)
        )
        if before != after:
            yield place.found(came if after else went)


def _others(old: Shape, new: Shape, place: Place) -> Iterator[Found]:
    for keyword in _OTHERS:
        before, after = (_only(shape.variants, keyword) for shape in (old, new))
        said = [None if value is None else {keyword: value} for value in (before, after)]
        yield from _came_or_went("constraint", said[0], said[1], place)


def compare_conditions(old: Schema, new: Schema, place: Place) -> Iterator[Found]:
    """What changed of the conditions that a schema itself states; no shape has those."""
    for keyword in _CONDITIONS:
        said = [
            {keyword: schema[keyword]} if isinstance(schema, dict) and keyword in schema else None
            for schema in (old, new)
        ]
        yield from _came_or_went("constraint", said[0], said[1], place)


def _default(old: Shape, new: Shape, place: Place) -> Iterator[Found]:
    before, after = (
        next((item["default"] for item in shape.variants if "default" in item), msgspec.UNSET)
        for shape in (old, new)
    )
    if before is msgspec.UNSET and after is msgspec.UNSET:
        return
    if before is msgspec.UNSET:
        yield place.found("default-added", after=after)
    elif after is msgspec.UNSET:
        yield place.found("default-removed", before=before)
    elif msgspec.json.encode(before) != msgspec.json.encode(after):
        yield place.found("default-changed", before, after)


def _description(shape: Shape) -> str:
    said = {str(item.get("description", "")) for item in _telling(shape)}
    return said.pop() if len(said) == 1 else ""


def _rules(old: Shape, new: Shape, place: Place) -> Iterator[Found]:
    for note in old.notes:
        if note not in new.notes:
            yield place.found("rule-removed", before=note)
    for note in new.notes:
        if note not in old.notes:
            yield place.found("rule-added", after=note)
