"""The payloads of one operation as one tree of fields that know their versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import msgspec

from sphinxext_apiplug.inventory.model import Parameter, Payload, Schema
from sphinxext_apiplug.inventory.shapes import PROVIDED_BY, Shape, flatten
from sphinxext_apiplug.inventory.spans import disjoint
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange, merge
from sphinxext_apiplug.inventory.wording import bounds, type_text

# Definitions that refer to one another can unfold into more rows than atoms.
_MOST_FIELDS: Final = 5_000
_DEEPEST: Final = 40


class FieldState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What holds of a field over one range of versions.

    :ivar type: readable, as in ``string, uuid, or null``; empty if unknown
    :ivar default: :data:`msgspec.UNSET` if there is none
    :ivar enum: the allowed values; empty if any are
    :ivar bounds: readable fragments, literals between backquotes
    """

    versions: VersionRange = ALL_VERSIONS
    type: str = ""
    required: bool = False
    description: str = ""
    default: Any | msgspec.UnsetType = msgspec.UNSET
    enum: tuple[Any, ...] = ()
    bounds: tuple[str, ...] = ()


class Field(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One named property, over all versions.

    :ivar name: the property's name, a pattern of names, or ``*`` for any other
    :ivar pointer: path of names from the top, unique in the tree; ``[]`` stands
        for the items of an array
    :ivar versions: where it exists, oldest first
    :ivar states: what holds of it and when, oldest first
    :ivar provided_by: alias of the extension that adds it to another's operation
    """

    name: str
    pointer: str
    versions: tuple[VersionRange, ...]
    states: tuple[FieldState, ...]
    children: tuple[Field, ...] = ()
    provided_by: str | None = None


class _Piece(NamedTuple):
    """A schema of one value, where it holds, and what its references mean."""

    versions: VersionRange
    schema: Schema
    definitions: Mapping[str, Schema]
    # Equal for two payloads if their references mean the same.
    scope: bytes
    trail: frozenset[str]
    required: bool


class _Level(NamedTuple):
    """A flattened piece."""

    piece: _Piece
    shape: Shape


def fold(payloads: Iterable[Payload], within: VersionRange = ALL_VERSIONS) -> tuple[Field, ...]:
    """Fold versioned payloads into one tree of fields.

    :param payloads: in any order; where ranges overlap, all of them hold
    :param within: the operation's own versions; all ranges are clipped to it
    :return: the fields of the top-level object, required ones first; if a
        payload may be something else than an object, all of it is one field
        without a name
    """
    listed = tuple(payloads)
    return _folded(_Asked(msgspec.json.encode((listed, within)), listed, within))


def of_parameters(parameters: Iterable[Parameter]) -> Iterator[Payload]:
    """Parameters as objects of one field each, so that they fold as fields do."""
    for item in parameters:
        keyword = "patternProperties" if item.by_pattern else "properties"
        schema: dict[str, Any] = {"type": "object", keyword: {item.name: item.schema}}
        if item.required:
            schema["required"] = [item.name]
        yield Payload(schema=schema, versions=item.versions, inferred=item.inferred)


class _Asked:
    """What is to be folded; equal if its text is."""

    __slots__ = ("payloads", "text", "within")

    def __init__(self, text: bytes, payloads: tuple[Payload, ...], within: VersionRange) -> None:
        self.text = text
        self.payloads = payloads
        self.within = within

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


# Operations share schemas, and each is folded for its own page and for the history.
@lru_cache(maxsize=512)
def _folded(asked: _Asked) -> tuple[Field, ...]:
    pieces = [
        _Piece(
            versions=versions,
            schema=schema,
            definitions=definitions,
            scope=msgspec.json.encode(definitions) if definitions else b"",
            trail=frozenset(),
            required=True,
        )
        for versions, schema in disjoint(_schemas(asked.payloads, asked.within))
        for definitions in [_definitions(schema)]
    ]
    folder = _Folder()
    levels = list(_flat(_joined(pieces)))
    if any(_is_value(level.shape) for level in levels):
        return (folder.field("", pieces, "", 0),)
    return folder.fields(levels, "", 0)


def _schemas(
    payloads: Iterable[Payload], within: VersionRange
) -> Iterator[tuple[VersionRange, Schema]]:
    for payload in payloads:
        versions = payload.versions.intersect(within)
        if versions is not None:
            schema = payload.schema
            for pointer, alias in payload.provided_by.items():
                schema = _marked(schema, pointer.split("/")[1:], alias)
            yield versions, schema


def _marked(schema: Any, path: list[str], alias: str) -> Any:
    """A copy with *alias* noted in the schema at *path*, if there is one."""
    if not path:
        marked = schema if isinstance(schema, dict) else {} if schema is True else None
        return schema if marked is None else {**marked, PROVIDED_BY: alias}
    key = path[0].replace("~1", "/").replace("~0", "~")
    if isinstance(schema, dict) and key in schema:
        return {**schema, key: _marked(schema[key], path[1:], alias)}
    if isinstance(schema, list) and key.isdecimal() and int(key) < len(schema):
        index = int(key)
        return [*schema[:index], _marked(schema[index], path[1:], alias), *schema[index + 1 :]]
    return schema


def _definitions(schema: Schema) -> Mapping[str, Schema]:
    found = schema.get("$defs", {}) if isinstance(schema, dict) else {}
    return found if isinstance(found, dict) else {}


def _is_value(shape: Shape) -> bool:
    """Whether a top-level value may be something else than an object."""
    text = type_text(shape)
    return bool(text) and text != "object"


def _joined(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Pieces that say the same in adjacent versions as one."""
    joined: list[_Piece] = []
    last = b""
    for piece in pieces:
        key = msgspec.json.encode((piece.schema, piece.required)) + piece.scope
        union = joined[-1].versions.union(piece.versions) if key == last else None
        if union is None:
            joined.append(piece)
        else:
            joined[-1] = joined[-1]._replace(versions=union)
        last = key
    return joined


def _flat(pieces: Iterable[_Piece]) -> Iterator[_Level]:
    for piece in pieces:
        shape = flatten(piece.schema, piece.definitions, piece.trail)
        if shape is not None:
            yield _Level(piece, shape)


def _items(level: _Level) -> _Level | None:
    if level.shape.items is None:
        return None
    piece = level.piece._replace(schema=level.shape.items, trail=level.shape.trail)
    return next(_flat([piece]), None)


class _Folder:
    """Builds the tree; keeps count, so that it ends."""

    def __init__(self) -> None:
        self._left = _MOST_FIELDS

    def fields(self, levels: Sequence[_Level], pointer: str, depth: int) -> tuple[Field, ...]:
        """The fields of an object, from its shapes in all versions."""
        if depth > _DEEPEST:
            return ()
        levels = [level for level in levels if level.shape.is_object]
        grouped: dict[tuple[str, str], list[_Piece]] = {}
        for level in levels:
            for key, schema in _members(level.shape):
                piece = level.piece._replace(
                    schema=schema,
                    trail=level.shape.trail,
                    required=not key[0] and key[1] in level.shape.required,
                )
                grouped.setdefault(key, []).append(piece)
        fields = []
        for key in _order(levels, grouped):
            if self._left <= 0:
                break
            self._left -= 1
            part = key[0] + key[1].replace("~", "~0").replace("/", "~1")
            field = self.field(key[1], grouped[key], f"{pointer}/{part}", depth)
            if field.states:
                fields.append(field)
        return tuple(sorted(fields, key=lambda item: not item.states[-1].required))

    def field(self, name: str, pieces: Sequence[_Piece], pointer: str, depth: int) -> Field:
        """One field, from its schemas in all versions."""
        levels = list(_flat(_joined(pieces)))
        states = _merged_states([_state(level, depth) for level in levels])
        providers = [
            variant[PROVIDED_BY]
            for level in levels
            for variant in level.shape.variants
            if PROVIDED_BY in variant
        ]
        children: tuple[Field, ...] = ()
        path = pointer
        while levels:
            children += self.fields(levels, path, depth + 1)
            levels = [item for level in levels if (item := _items(level)) is not None]
            path += "/[]"
            depth += 1
            if depth > _DEEPEST:
                break
        return Field(
            name=name,
            pointer=pointer,
            states=states,
            children=children,
            versions=merge(state.versions for state in states),
            provided_by=providers[-1] if providers else None,
        )


def _members(shape: Shape) -> Iterator[tuple[tuple[str, str], Schema]]:
    """What stands below an object: ((kind, name), schema)."""
    for name, schema in shape.properties.items():
        yield ("~" if name in {"*", "[]"} else "", name), schema
    for pattern, schema in shape.patterns.items():
        yield ("~p", pattern), schema
    if shape.additional is not None:
        yield ("", "*"), shape.additional


def _order(
    levels: Sequence[_Level], grouped: Mapping[tuple[str, str], object]
) -> list[tuple[str, str]]:
    """The newest version's order; what is gone stands where it stood."""
    order: list[tuple[str, str]] = []
    known: set[tuple[str, str]] = set()
    for level in reversed(levels):
        position = 0
        for key, _ in _members(level.shape):
            if key in known:
                position = order.index(key) + 1
            else:
                order.insert(position, key)
                known.add(key)
                position += 1
        if len(known) == len(grouped):
            break
    return order


def _state(level: _Level, depth: int) -> FieldState:
    shape = level.shape
    item = _items(level)
    telling = [item for item in shape.variants if item.get("type") != "null"]
    texts = {str(variant.get("description", "")) for variant in telling}
    return FieldState(
        versions=level.piece.versions,
        type=type_text(shape, _item_text(level, depth)),
        required=level.piece.required,
        description=texts.pop() if len(texts) == 1 else "",
        default=next(
            (item["default"] for item in shape.variants if "default" in item), msgspec.UNSET
        ),
        enum=_enum(telling),
        bounds=bounds(shape, None if item is None else item.shape),
    )


def _item_text(level: _Level, depth: int) -> str:
    item = _items(level)
    if item is None or depth > _DEEPEST:
        return ""
    return type_text(item.shape, _item_text(item, depth + 1))


def _enum(variants: Sequence[Mapping[str, Any]]) -> tuple[Any, ...]:
    """The allowed values, where every variant lists its own."""
    values: list[Any] = []
    for variant in variants:
        listed = [variant["const"]] if "const" in variant else variant.get("enum")
        if listed is None:
            return ()
        values += listed
    distinct = {msgspec.json.encode(value): value for value in values}
    return tuple(distinct.values())


def _merged_states(states: Sequence[FieldState]) -> tuple[FieldState, ...]:
    merged: list[FieldState] = []
    last = b""
    for state in states:
        # As JSON, since 1 == True == 1.0 in Python.
        key = msgspec.json.encode(msgspec.structs.replace(state, versions=ALL_VERSIONS))
        union = merged[-1].versions.union(state.versions) if key == last else None
        if union is None:
            merged.append(state)
        else:
            merged[-1] = msgspec.structs.replace(state, versions=union)
        last = key
    return tuple(merged)
