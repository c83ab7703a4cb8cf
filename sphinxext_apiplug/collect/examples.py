"""Instances of schemas: valid, and such that a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import UNSET

from sphinxext_apiplug.collect import samples
from sphinxext_apiplug.collect.given import NOTHING, Values
from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.inventory.shapes import Shape, flatten, types_of
from sphinxext_apiplug.inventory.validity import is_valid

_DEEPEST: Final = 12
_MOST_TRIES: Final = 60


def sample(schema: Schema, name: str = "", given: Values = NOTHING) -> Any:
    """Make an instance of a normalised schema.

    The same schema always gives the same instance: the author's own example or
    default where there is one, otherwise what the names and formats suggest;
    objects hold what they must, and no more.

    :param name: of the field that the schema describes
    :param given: values that go before all others, where they are valid
    :return: :data:`msgspec.UNSET` if no valid instance was found
    """
    definitions = schema.get("$defs", {}) if isinstance(schema, dict) else {}
    maker = _Maker(definitions, given)
    for instance in maker.values(schema, name, 0):
        if maker.valid(schema, instance):
            given.note(name, instance)
            return instance
    return UNSET


class _Maker:
    """Makes instances of the parts of one schema."""

    def __init__(self, definitions: Mapping[str, Schema], given: Values) -> None:
        self._definitions = definitions
        self._given = given
        self._tries = _MOST_TRIES * 20

    def valid(self, schema: Schema, instance: Any) -> bool:
        """Whether *instance* is valid for a part of the schema."""
        self._tries -= 1
        if self._tries < 0:
            return False
        whole: Schema = schema
        if isinstance(schema, dict) and self._definitions:
            whole = {**schema, "$defs": self._definitions}
        return is_valid(whole, instance)

    def best(self, schema: Schema, name: str, depth: int) -> Any:
        """The first valid instance; UNSET if there is none."""
        for tried, instance in enumerate(self.values(schema, name, depth)):
            if self.valid(schema, instance):
                self._given.note(name, instance)
                return instance
            if tried >= _MOST_TRIES:
                break
        return UNSET

    def values(self, schema: Schema, name: str, depth: int) -> Iterator[Any]:
        """Candidates, the most readable first."""
        shape = flatten(schema, self._definitions)
        if shape is None or depth > _DEEPEST:
            return
        yield from self._given.of(name)
        for keywords in shape.variants:
            yield from _given(keywords)
        for keywords in sorted(shape.variants, key=lambda item: types_of(item) == ("null",)):
            yield from self._made(shape, keywords, name, depth)

    def _made(
        self, shape: Shape, keywords: Mapping[str, Any], name: str, depth: int
    ) -> Iterator[Any]:
        kinds = types_of(keywords) or ("string", "object", "integer", "array")
        if shape.has_fields or shape.required:
            kinds = tuple(sorted(kinds, key=lambda kind: kind != "object"))
        for kind in sorted(kinds, key=lambda kind: kind == "null"):
            match kind:
                case "object":
                    yield from self._objects(shape, keywords, depth)
                case "array":
                    yield from self._arrays(shape, keywords, name, depth)
                case "string":
                    yield from samples.texts(keywords, name)
                case "integer" | "number":
                    yield from samples.numbers(keywords, name, whole=kind == "integer")
                case "boolean":
                    yield from (True, False)
                case _:
                    yield None

    def _objects(
        self, shape: Shape, keywords: Mapping[str, Any], depth: int
    ) -> Iterator[dict[str, Any]]:
        """An object with what it must have, then with more and more beside."""
        needed = self._members(shape, [*shape.properties, *sorted(shape.required)], depth)
        must = {name: value for name, value in needed.items() if name in shape.required}
        least = keywords.get("minProperties", 0)
        asked = {name: value for name, value in needed.items() if name in self._given.wanted}
        if asked:
            yield {name: value for name, value in needed.items() if name in must | asked}
        if not shape.properties and (shape.patterns or shape.additional):
            yield from self._open_objects(shape, must, least, depth)
        if len(must) >= least:
            yield must
        optional = [name for name in needed if name not in must]
        for name in optional:
            yield {**must, name: needed[name]}
        grown = dict(must)
        for name in optional:
            grown[name] = needed[name]
            yield dict(grown)
        yield from self._open_objects(shape, must, least, depth)

    def _members(self, shape: Shape, names: Iterable[str], depth: int) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for name in dict.fromkeys(names):
            schema = shape.properties.get(name, shape.additional or True)
            wanted = name in shape.required or len(members) < _MOST_TRIES
            value = self.best(schema, name, depth + 1) if wanted else UNSET
            if value is not UNSET:
                members[name] = value
        return members

    def _open_objects(
        self, shape: Shape, must: dict[str, Any], least: int, depth: int
    ) -> Iterator[dict[str, Any]]:
        """Objects whose names are free, or follow a pattern."""
        for pattern, schema in shape.patterns.items():
            name = self.best({"type": "string", "pattern": pattern}, "key", depth)
            value = self.best(schema, "value", depth + 1)
            if name is not UNSET and value is not UNSET:
                yield {**must, name: value}
        if shape.additional is not None or not shape.has_fields:
            value = self.best(shape.additional or {"type": "string"}, "value", depth + 1)
            if value is not UNSET:
                count = max(1, min(least - len(must), 20))
                names = ("rack", *(f"rack-{number}" for number in range(2, count + 1)))
                yield {**must, **dict.fromkeys(names[:count], value)}

    def _arrays(
        self, shape: Shape, keywords: Mapping[str, Any], name: str, depth: int
    ) -> Iterator[list[Any]]:
        first = [self.best(item, name, depth + 1) for item in shape.prefix]
        if UNSET in first:
            return
        if shape.items is False:
            yield first
            return
        least = keywords.get("minItems", 0)
        one = self.best(shape.items if shape.items is not None else True, name, depth + 1)
        if one is UNSET:
            yield first
            return
        yield first or [one]
        if keywords.get("uniqueItems"):
            distinct = self._distinct(shape.items or True, name, least, depth)
            yield [*first, *distinct]
        yield [*first, *[one] * min(max(1, least - len(first)), 20)]
        yield []

    def _distinct(self, schema: Schema, name: str, count: int, depth: int) -> list[Any]:
        found: list[Any] = []
        for value in self.values(schema, name, depth + 1):
            if len(found) >= min(count, 20):
                break
            if value not in found and self.valid(schema, value):
                found.append(value)
        return found


def _given(keywords: Mapping[str, Any]) -> Iterator[Any]:
    """What the author of the schema wrote down as a value."""
    yield from keywords.get("examples", ())
    if "const" in keywords:
        yield keywords["const"]
    if keywords.get("default") is not None:
        yield keywords["default"]
    yield from keywords.get("enum", ())
