"""What a shape says, in English: the type's name and the bounds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sphinxext_apiplug.inventory.shapes import RECURSIVE, UNKNOWN_VALUES, Shape, literal, types_of

# A longer pattern says nothing to a reader; the schema has it whole.
_LONGEST_PATTERN: Final = 80
# What JSON texts can begin with, and those that Python reads beside them.
_JSON_STARTS: Final = frozenset('0123456789-"[{tfnNI')
_UNREADABLE: Final = re.compile(r"[^\x20-\x7e\xa1-\u024f]")

#: Lower and upper keyword of a count, and what is counted.
_COUNTS: Final = (
    ("minLength", "maxLength", "character"),
    ("minItems", "maxItems", "item"),
    ("minProperties", "maxProperties", "field"),
)
_LIMITS: Final = (
    ("minimum", "at least"),
    ("exclusiveMinimum", "more than"),
    ("maximum", "at most"),
    ("exclusiveMaximum", "less than"),
)
#: What a keyword says of a value that has a name, but isn't known.
_UNKNOWN: Final = {
    **{keyword: f"{words} {{}}" for keyword, words in _LIMITS},
    **{low: f"at least {{}} {what}s" for low, _, what in _COUNTS},
    **{high: f"at most {{}} {what}s" for _, high, what in _COUNTS},
    "enum": "one of {}",
    "multipleOf": "a multiple of {}",
    "pattern": "pattern {}",
}
_FLAGS: Final = (
    ("uniqueItems", "no duplicates"),
    ("readOnly", "read-only"),
    ("writeOnly", "write-only"),
    ("deprecated", "deprecated"),
)


def type_text(shape: Shape, item_text: str = "") -> str:
    """Name the type: ``string, uuid, or null``, ``array of object``.

    :param item_text: the type of the items, for arrays
    :return: an empty text if nothing is known
    """
    parts: dict[str, None] = {}
    for variant in shape.variants:
        parts.update(dict.fromkeys(_type_parts(variant, item_text)))
    listed = [part for part in parts if part != "null"]
    if "null" in parts:
        listed.append("null")
    if len(listed) < 2:
        return "".join(listed)
    comma = any("," in part for part in listed)
    head = ", ".join(listed[:-1])
    return f"{head}, or {listed[-1]}" if comma else f"{head} or {listed[-1]}"


def _type_parts(variant: Mapping[str, Any], item_text: str) -> list[str]:
    kinds = types_of(variant)
    precise = variant.get("format") or variant.get("contentEncoding")
    if not kinds:
        return [precise] if precise else []
    parts = []
    for kind in kinds:
        text = kind
        if kind == "array" and item_text:
            text = f"array of ({item_text})" if " or " in item_text else f"array of {item_text}"
        elif precise and kind in {"string", "integer", "number"}:
            text = f"{kind}, {precise}"
        if variant.get(RECURSIVE) and kind != "null":
            text += " (recursive)"
        parts.append(text)
    return parts


def bounds(shape: Shape, item: Shape | None = None) -> tuple[str, ...]:
    """What narrows the value down, as readable fragments.

    Names and values in a fragment stand between backquotes.

    :param item: the shape of the items, for arrays
    """
    telling = [item for item in shape.variants if types_of(item) != ("null",)]
    listed = all("enum" in variant or "const" in variant for variant in telling)
    lists = [_variant_bounds(variant, with_values=not listed) for variant in telling]
    found: dict[str, None] = {}
    for variant, fragments in zip(telling, lists, strict=True):
        kinds = " or ".join(types_of(variant))
        alike = not kinds or all(other == fragments for other in lists)
        condition = "" if alike else f" if {kinds}"
        found.update(dict.fromkeys(fragment + condition for fragment in fragments))
    if item is not None:
        found.update(dict.fromkeys(f"each {text}" for text in _item_bounds(item)))
    return (*found, *shape.notes)


def _item_bounds(item: Shape) -> list[str]:
    if len(item.variants) > 1 or item.is_object:
        return []
    return _variant_bounds(item.variants[0], with_values=True)


def _values(values: Iterable[Any]) -> str:
    listed = list(values)
    plain = all(isinstance(value, str) and reads_plain(value) for value in listed)
    return ", ".join(literal(value_text(value, plain=plain)) for value in listed)


def value_text(value: object, *, plain: bool = True) -> str:
    """A JSON value as it is written in a document.

    :param plain: write texts without their quotes
    """
    if plain and isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def reads_plain(text: str) -> bool:
    """Whether a text can stand without quotes, and not be taken for another value."""
    if not text or text.strip() != text:
        return False
    if text[0] not in _JSON_STARTS:
        return True
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return True
    return False


def _variant_bounds(variant: Mapping[str, Any], *, with_values: bool) -> list[str]:
    fragments = []
    if with_values and "enum" in variant:
        fragments.append(f"one of {_values(variant['enum'])}")
    if with_values and "const" in variant:
        fragments.append(f"is {_values([variant['const']])}")
    for low, high, what in _COUNTS:
        if low in variant or high in variant:
            fragments.append(_count(variant.get(low, 0), variant.get(high), what))
    fragments += _interval(variant)
    if "multipleOf" in variant:
        fragments.append(f"a multiple of {_number(variant['multipleOf'])}")
    if "pattern" in variant:
        fragments.append(_pattern(variant["pattern"]))
    fragments += _unknown(variant)
    return fragments + [text for key, text in _FLAGS if variant.get(key) is True]


def _count(low: int, high: int | None, what: str) -> str:
    if high is None:
        if not low:
            return "may be empty"
        return f"at least {_number(low)} {_plural(what, low)}"
    if low == high:
        return f"exactly {_number(low)} {_plural(what, low)}"
    span = f"{_number(low)} to {_number(high)}" if low else f"up to {_number(high)}"
    return f"{span} {_plural(what, high)}"


def _interval(variant: Mapping[str, Any]) -> list[str]:
    low, high = variant.get("minimum"), variant.get("maximum")
    if low is not None and high is not None:
        return [f"{_number(low)} to {_number(high)}" if low != high else f"is {_number(low)}"]
    return [f"{word} {_number(variant[key])}" for key, word in _LIMITS if key in variant]


def _unknown(variant: Mapping[str, Any]) -> list[str]:
    """Bounds whose values were mocked where the schema was read."""
    names = variant.get(UNKNOWN_VALUES)
    if not isinstance(names, dict):
        return []
    texts = ((_UNKNOWN.get(key, f"{key} {{}}"), str(name)) for key, name in names.items())
    return [f"{text.format(literal(name))} (unknown here)" for text, name in texts]


def _plural(what: str, count: int) -> str:
    return what if count == 1 else what + "s"


def _number(value: float) -> str:
    return f"{value:,}"


def _pattern(pattern: str) -> str:
    # \x60 means a backquote to every regex engine.
    text = _UNREADABLE.sub(_escape, pattern).replace("`", r"\x60")
    if len(text) > _LONGEST_PATTERN:
        return f"a pattern of {_number(len(pattern))} characters"
    return f"pattern {literal(text)}"


def _escape(match: re.Match[str]) -> str:
    names = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
    return names.get(match[0]) or f"\\u{ord(match[0]):04x}"
