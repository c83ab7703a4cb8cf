"""What a JSON Schema says about one value, with references and unions folded in.

A schema spreads what it says over ``$ref``, ``allOf``, ``anyOf`` and more. A
:class:`Shape` is the flat form that a table of fields needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sphinxext_apiplug.inventory.model import Schema

#: Marks a variant that would repeat an enclosing schema for ever.
RECURSIVE: Final = "\0recursive"
#: Alias of the extension that added a schema to its parent.
PROVIDED_BY: Final = "\0provided-by"
#: Keyword -> dotted name of a value that isn't known where the schema was read.
UNKNOWN_VALUES: Final = "x-apiplug-unknown"

_DEFINITIONS: Final = "#/$defs/"
# More variants than this aren't told apart: nobody could read them.
_MOST_VARIANTS: Final = 16

_STRUCTURE: Final = frozenset(
    {
        "$defs",
        "$ref",
        "additionalProperties",
        "allOf",
        "anyOf",
        "dependentRequired",
        "dependentSchemas",
        "else",
        "if",
        "items",
        "oneOf",
        "patternProperties",
        "prefixItems",
        "properties",
        "required",
        "then",
    }
)
_ONLY_REQUIRED: Final = frozenset({"description", "required", "title", "type"})


@dataclass(slots=True, kw_only=True)
class Shape:
    """One value's schema, flat. Built here, read-only everywhere else.

    :ivar variants: the keywords about the value itself, one mapping for each
        alternative; never empty
    :ivar properties: name -> schema, in the author's order
    :ivar patterns: pattern of names -> schema
    :ivar additional: schema of all other properties, where one is given
    :ivar notes: rules that no single field carries, as readable fragments
    :ivar trail: names of the definitions that were entered on the way here
    """

    variants: list[dict[str, Any]]
    properties: dict[str, Schema] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    patterns: dict[str, Schema] = field(default_factory=dict)
    additional: Schema | None = None
    items: Schema | None = None
    prefix: tuple[Schema, ...] = ()
    notes: list[str] = field(default_factory=list)
    trail: frozenset[str] = frozenset()

    @property
    def has_fields(self) -> bool:
        """Whether the value is, or may be, an object with known fields."""
        return bool(self.properties or self.patterns or self.additional)

    @property
    def is_object(self) -> bool:
        """Whether the value may be an object."""
        kinds = [types_of(item) for item in self.variants]
        return any("object" in item or (self.has_fields and not item) for item in kinds)


def types_of(keywords: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the types that a flat schema allows; empty if it is open."""
    declared = keywords.get("type")
    if isinstance(declared, str):
        return (declared,)
    if declared:
        return tuple(declared)
    values = keywords.get("enum", (keywords["const"],) if "const" in keywords else ())
    return tuple(dict.fromkeys(type_name(value) for value in values))


def is_nothing(schema: Schema) -> bool:
    """Whether a schema says that there is no value: a body of null is no body."""
    return isinstance(schema, dict) and types_of(schema) == ("null",)


def type_name(value: object) -> str:
    """The JSON Schema name of a JSON value's type."""
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "boolean"),
        (int, "integer"),
        (float, "number"),
        (str, "string"),
        (dict, "object"),
        ((list, tuple), "array"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "null")


def flatten(
    schema: Schema, definitions: Mapping[str, Schema], trail: frozenset[str] = frozenset()
) -> Shape | None:
    """Fold a schema into its shape.

    :param definitions: what ``#/$defs/...`` points into
    :param trail: definitions that the schema stands in, so that recursion ends
    :return: ``None`` for a schema that allows nothing
    """
    if isinstance(schema, bool):
        return Shape(variants=[{}], trail=trail) if schema else None
    shape = _own(schema, trail)
    parts = [_referenced(schema, definitions, trail)] if "$ref" in schema else []
    parts += [flatten(item, definitions, trail) for item in schema.get("allOf", ())]
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            parts.append(_alternatives(keyword, schema[keyword], definitions, trail))
    if "then" in schema or "else" in schema:
        branches = [schema.get("then", True), schema.get("else", True)]
        parts.append(_unite([flatten(item, definitions, trail) for item in branches]))
    for part in parts:
        if part is None:
            return None
        _intersect(shape, part)
    return shape


def _own(schema: dict[str, Any], trail: frozenset[str]) -> Shape:
    additional = schema.get("additionalProperties")
    shape = Shape(
        variants=[{key: value for key, value in schema.items() if key not in _STRUCTURE}],
        properties=dict(schema.get("properties", {})),
        required=set(schema.get("required", ())),
        patterns=dict(schema.get("patternProperties", {})),
        additional=additional if isinstance(additional, dict) and additional else None,
        items=schema.get("items"),
        prefix=tuple(schema.get("prefixItems", ())),
        trail=trail,
    )
    for name, needed in schema.get("dependentRequired", {}).items():
        if needed:
            shape.notes.append(f"{literal(name)} needs {listing(needed, 'and')}")
    if "type" not in schema and not types_of(schema):
        implied = "object" if shape.has_fields else "array" if "items" in schema else None
        if implied:
            shape.variants[0]["type"] = implied
    return shape


def _referenced(
    schema: dict[str, Any], definitions: Mapping[str, Schema], trail: frozenset[str]
) -> Shape | None:
    name = str(schema["$ref"]).removeprefix(_DEFINITIONS)
    target = definitions.get(name, True)
    if name not in trail:
        return flatten(target, definitions, trail | {name})
    kinds = types_of(target) if isinstance(target, dict) else ()
    if not kinds and isinstance(target, dict) and "properties" in target:
        kinds = ("object",)
    return Shape(variants=[{"type": list(kinds), RECURSIVE: True}], trail=trail)


def _alternatives(
    keyword: str,
    branches: Iterable[Schema],
    definitions: Mapping[str, Schema],
    trail: frozenset[str],
) -> Shape | None:
    listed = list(branches)
    if len(listed) > 1 and all(_only_required(item) for item in listed):
        names = [listing(item["required"], "with") for item in listed if isinstance(item, dict)]
        count = "at least one of" if keyword == "anyOf" else "exactly one of"
        return Shape(variants=[{}], notes=[f"{count} {', '.join(names)}"], trail=trail)
    return _unite([flatten(item, definitions, trail) for item in listed])


def _only_required(schema: Schema) -> bool:
    return (
        isinstance(schema, dict)
        and bool(schema.get("required"))
        and (schema.keys() <= _ONLY_REQUIRED)
    )


def _unite(branches: list[Shape | None]) -> Shape | None:
    """One shape for a value that has at least one of several shapes."""
    shapes = [item for item in branches if item is not None]
    if not shapes:
        return None
    first, *others = shapes
    union = Shape(
        variants=[variant for shape in shapes for variant in shape.variants][:_MOST_VARIANTS],
        required=set(first.required).intersection(*(item.required for item in others)),
        items=_any_of([item.items for item in shapes if item.items is not None]),
        additional=_any_of([item.additional for item in shapes if item.additional]),
        prefix=first.prefix,
        trail=frozenset().union(*(item.trail for item in shapes)),
    )
    for name in dict.fromkeys(key for item in shapes for key in item.properties):
        found = [item.properties[name] for item in shapes if name in item.properties]
        union.properties[name] = _any_of(found) or found[0]
    for name in dict.fromkeys(key for item in shapes for key in item.patterns):
        found = [item.patterns[name] for item in shapes if name in item.patterns]
        union.patterns[name] = _any_of(found) or found[0]
    if not others:
        union.notes = first.notes
    return union


def _any_of(schemas: list[Schema]) -> Schema | None:
    distinct: list[Schema] = []
    for schema in schemas:
        if schema not in distinct:
            distinct.append(schema)
    return {"anyOf": distinct} if len(distinct) > 1 else next(iter(distinct), None)


def _all_of(one: Schema | None, other: Schema | None) -> Schema | None:
    if one is None or other is None:
        return other if one is None else one
    return one if one == other else {"allOf": [one, other]}


def _intersect(shape: Shape, other: Shape) -> None:
    """Add to *shape* what *other* says of the same value."""
    pairs = [_both(one, two) for one in shape.variants for two in other.variants]
    possible = [item for item in pairs if item is not None][:_MOST_VARIANTS]
    shape.variants = possible or shape.variants
    for mine, theirs in ((shape.properties, other.properties), (shape.patterns, other.patterns)):
        for name, schema in theirs.items():
            mine[name] = _all_of(mine.get(name), schema) or schema
    shape.required |= other.required
    shape.additional = _all_of(shape.additional, other.additional)
    shape.items = _all_of(shape.items, other.items)
    shape.prefix = shape.prefix or other.prefix
    shape.notes += [note for note in other.notes if note not in shape.notes]
    shape.trail |= other.trail


def _both(one: dict[str, Any], two: dict[str, Any]) -> dict[str, Any] | None:
    """The keywords of a value for which both hold, ``None`` if none can be."""
    merged = {**two, **one}
    for key in one.keys() & two.keys():
        if key.startswith("min") or key == "exclusiveMinimum":
            merged[key] = max(one[key], two[key])
        elif key.startswith("max") or key == "exclusiveMaximum":
            merged[key] = min(one[key], two[key])
        elif key == "enum":
            merged[key] = [value for value in one[key] if value in two[key]] or one[key]
        elif key == "pattern" and one[key] != two[key]:
            merged[key] = f"(?={two[key]}){one[key]}"
        elif key == UNKNOWN_VALUES:
            merged[key] = {**two[key], **one[key]}
    mine, theirs = types_of(one), types_of(two)
    if mine and theirs:
        common = [name for name in mine if name in theirs or _wider(name, theirs)]
        common += [name for name in theirs if name not in mine and _wider(name, mine)]
        if not common:
            return None
        merged["type"] = common
    return merged


def _wider(name: str, others: tuple[str, ...]) -> bool:
    return name == "integer" and "number" in others


def literal(text: str) -> str:
    """A literal in a readable fragment: between backquotes, which it can't hold."""
    return "`" + text.replace("`", "'") + "`"


def listing(names: Iterable[str], word: str) -> str:
    """Literals with a word between the last two: ```a`, `b` and `c```."""
    quoted = [literal(name) for name in names]
    return f" {word} ".join(part for part in (", ".join(quoted[:-1]), quoted[-1]) if part)
