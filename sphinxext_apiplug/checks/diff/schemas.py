"""Comparing two schemas: what is below a value, down to the last field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import msgspec

from sphinxext_apiplug.checks.diff.found import Found, Place
from sphinxext_apiplug.checks.diff.types import shape_types, types_text
from sphinxext_apiplug.checks.diff.values import (
    compare_conditions,
    compare_values,
    says_nothing,
)
from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.inventory.shapes import Shape, flatten, types_of

# Definitions that refer to one another can unfold into more pairs than atoms.
_MOST_PAIRS: Final = 20_000
_DEEPEST: Final = 40
_REFERENCE: Final = b'"$ref"'
_DEFINITIONS: Final = "#/$defs/"
_CLOSING: Final = ("additionalProperties", "unevaluatedProperties")


class _Side(NamedTuple):
    """A schema of one value, and what its references mean."""

    schema: Schema
    definitions: Mapping[str, Schema]
    # Equal for two sides if their references mean the same.
    scope: bytes
    trail: frozenset[str] = frozenset()

    def flat(self) -> Shape | None:
        """Its shape; ``None`` if it allows nothing."""
        return flatten(self.schema, self.definitions, self.trail)

    def below(self, schema: Schema | None, shape: Shape) -> _Side:
        """What stands below; where nothing is said, anything may stand."""
        return self._replace(schema=True if schema is None else schema, trail=shape.trail)

    def text(self) -> bytes:
        """The schema's own words."""
        return msgspec.json.encode(self.schema)


def _side(schema: Schema) -> _Side:
    found = schema.get("$defs", {}) if isinstance(schema, dict) else {}
    definitions = found if isinstance(found, dict) else {}
    return _Side(schema, definitions, msgspec.json.encode(definitions) if definitions else b"")


class SchemaComparer:
    """Compares schemas, the same pair only once.

    What it knows is for one comparison of two inventories.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, ...], tuple[Found, ...]] = {}

    def compare(self, old: Schema, new: Schema, place: Place) -> tuple[Found, ...]:
        """What changed from one schema to another, each with its own definitions."""
        pair = msgspec.json.encode(old), msgspec.json.encode(new)
        if pair[0] == pair[1]:
            return ()
        key = (*pair, msgspec.json.encode(place))
        if key not in self._known:
            walk = _Walk()
            walk.pair(_side(old), _side(new), place, 0)
            self._known[key] = tuple(walk.found.values())
        return self._known[key]


class _Walk:
    """Goes down two schemas side by side; keeps count, so that it ends."""

    def __init__(self) -> None:
        self.found: dict[bytes, Found] = {}
        self._left = _MOST_PAIRS
        # Pairs that say the same, though maybe in other words.
        self._same: set[tuple[object, ...]] = set()

    def pair(self, old: _Side, new: _Side, place: Place, depth: int) -> None:
        """Compare two schemas of one value."""
        texts = old.text(), new.text()
        # What refers to nothing means the same anywhere.
        is_same = texts[0] == texts[1] and (old.scope == new.scope or _REFERENCE not in texts[0])
        key = (*texts, old.trail, new.trail)
        if is_same or depth > _DEEPEST or self._left < 0 or key in self._same:
            return
        self._left -= 1
        known = len(self.found)
        self._compare(old, new, place, depth)
        if len(self.found) == known and self._left >= 0:
            self._same.add(key)

    def _compare(self, old: _Side, new: _Side, place: Place, depth: int) -> None:
        before, after = old.flat(), new.flat()
        if before is None or after is None:
            self._nothing(before, after, place)
            return
        if place.part == "query" and not depth:
            (old, before), (new, after) = self._repeated((old, before), (new, after), place)
        self._note(compare_values(before, after, place))
        self._note(compare_conditions(old.schema, new.schema, place))
        kinds = shape_types(before), shape_types(after)
        if kinds[0] != kinds[1] and (says_nothing(before) or says_nothing(after)):
            return  # what is below wasn't known, or isn't any more
        common = kinds[0] & kinds[1]
        if "object" in common:
            self._fields((old, before), (new, after), place, depth)
        if "array" in common:
            self._items((old, before), (new, after), place, depth)

    def _repeated(
        self, old: tuple[_Side, Shape], new: tuple[_Side, Shape], place: Place
    ) -> tuple[tuple[_Side, Shape], tuple[_Side, Shape]]:
        """Query parameters as single values, if one of both is a list of such.

        A list is written by giving the parameter several times, so a list of one is
        nothing else than its item.
        """
        lists = [shape_types(shape) == {"array"} for _, shape in (old, new)]
        if lists[0] == lists[1]:
            return old, new
        self._note(iter([place.found(f"repetition-{'allowed' if lists[1] else 'forbidden'}")]))
        return (_item(*old), new) if lists[0] else (old, _item(*new))

    def _note(self, found: Iterator[Found]) -> None:
        self.found |= {msgspec.json.encode(item): item for item in found}

    def _nothing(self, before: Shape | None, after: Shape | None, place: Place) -> None:
        """At least one of both allows no value at all."""
        said = ["nothing" if side is None else _text(side) for side in (before, after)]
        if before is not after:
            kind = "type-widened" if before is None else "type-narrowed"
            self._note(iter([place.found(kind, *said)]))

    def _fields(
        self, old: tuple[_Side, Shape], new: tuple[_Side, Shape], place: Place, depth: int
    ) -> None:
        before, after = _members(*old), _members(*new)
        for key, member in before.items():
            if key not in after:
                kind = "required-field-removed" if member.required else "field-removed"
                gone = place.below(*key).found(kind, before=_text(member.shape))
                self._note(iter([gone]))
        for key, member in after.items():
            below = place.below(*key)
            if key not in before:
                kind = "required-field-added" if member.required else "field-added"
                self._note(iter([below.found(kind, after=_text(member.shape))]))
                continue
            if before[key].required != member.required:
                kind = "became-required" if member.required else "became-optional"
                self._note(iter([below.found(kind)]))
            self.pair(before[key].side, member.side, below, depth + 1)
        self._additional(old, new, place, depth)

    def _additional(
        self, old: tuple[_Side, Shape], new: tuple[_Side, Shape], place: Place, depth: int
    ) -> None:
        """Fields that the schema doesn't name."""
        shut = [_is_closed(side.schema, side.definitions, side.trail) for side, _ in (old, new)]
        if shut[0] != shut[1]:
            kind = "additional-fields-forbidden" if shut[1] else "additional-fields-allowed"
            self._note(iter([place.found(kind)]))
        elif not shut[0]:
            sides = [side.below(shape.additional, shape) for side, shape in (old, new)]
            self.pair(sides[0], sides[1], place.below("*", "*"), depth + 1)

    def _items(
        self, old: tuple[_Side, Shape], new: tuple[_Side, Shape], place: Place, depth: int
    ) -> None:
        sides = [side.below(shape.items, shape) for side, shape in (old, new)]
        self.pair(sides[0], sides[1], place.items(), depth + 1)
        for index in range(max(len(old[1].prefix), len(new[1].prefix))):
            first = [
                side.below(
                    shape.prefix[index] if index < len(shape.prefix) else shape.items, shape
                )
                for side, shape in (old, new)
            ]
            self.pair(first[0], first[1], place.items(index), depth + 1)


def _item(side: _Side, shape: Shape) -> tuple[_Side, Shape]:
    below = side.below(shape.items, shape)
    return below, below.flat() or Shape(variants=[{}])


class _Member(NamedTuple):
    """A field that a value can have."""

    side: _Side
    shape: Shape
    required: bool


def _members(side: _Side, shape: Shape) -> dict[tuple[str, str], _Member]:
    """The fields that can be there: (name, part of the pointer) -> member."""
    found: dict[tuple[str, str], _Member] = {}
    for name, schema in shape.properties.items():
        _add(found, (name, name), side.below(schema, shape), name in shape.required)
    for pattern, schema in shape.patterns.items():
        _add(found, (f"/{pattern}/", f"~{pattern}"), side.below(schema, shape), required=False)
    for name in sorted(shape.required - shape.properties.keys()):
        _add(found, (name, name), side.below(shape.additional, shape), required=True)
    return found


def _add(
    found: dict[tuple[str, str], _Member], key: tuple[str, str], side: _Side, required: bool
) -> None:
    shape = side.flat()
    # A field that can have no value can't be there.
    if shape is not None:
        found[key] = _Member(side, shape, required)


def _text(shape: Shape) -> str:
    return types_text(shape_types(shape))


def _is_closed(schema: Schema, definitions: Mapping[str, Schema], trail: frozenset[str]) -> bool:
    """Whether an object has no fields but those that the schema names."""
    if isinstance(schema, bool):
        return not schema
    if any(schema.get(keyword) is False for keyword in _CLOSING):
        return True
    if any(_is_closed(item, definitions, trail) for item in schema.get("allOf", ())):
        return True
    for keyword in ("anyOf", "oneOf"):
        branches = [item for item in schema.get(keyword, ()) if _may_be_object(item)]
        if branches and all(_is_closed(item, definitions, trail) for item in branches):
            return True
    name = str(schema.get("$ref", "")).removeprefix(_DEFINITIONS)
    if "$ref" not in schema or name in trail:
        return False
    return _is_closed(definitions.get(name, True), definitions, trail | {name})


def _may_be_object(schema: Schema) -> bool:
    kinds = types_of(schema) if isinstance(schema, dict) else ()
    return not kinds or "object" in kinds


def schema_text(schema: Schema) -> str:
    """The types that a schema allows, as they are said."""
    shape = _side(schema).flat()
    return "nothing" if shape is None else _text(shape)
