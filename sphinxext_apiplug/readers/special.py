"""The keywords, of any draft, that take more than a look to normalise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, TypeAlias

import msgspec

from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.inventory.shapes import UNKNOWN_VALUES
from sphinxext_apiplug.readers import keywords, tidy
from sphinxext_apiplug.readers.faults import Log, join, quote
from sphinxext_apiplug.readers.plain import Unknown
from sphinxext_apiplug.readers.references import Definitions


class Walker(Protocol):
    """What a keyword's function may ask of the walk that it is part of."""

    log: Log
    definitions: Definitions

    def schema(self, raw: Any, at: str, *, part: bool = False) -> Schema:
        """Normalise a schema below, which may be part of what this one says."""

    def value(self, value: Any, at: str) -> Any:
        """Normalise a value that is no schema."""

    def simple(self, schema: dict[str, Any], keyword: str, value: Any, at: str) -> None:
        """Read a keyword that holds no schemas."""

    def many(self, schema: dict[str, Any], keyword: str, value: Any, at: str) -> None:
        """Read a list of schemas."""

    def pattern(self, value: Any, at: str) -> str | None:
        """Read a regular expression."""

    def texts(self, value: Any, keyword: str, at: str) -> list[str]:
        """Read a list of names."""


def _ref(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    target = walker.definitions.find(value)
    if target is None:
        walker.log.invalid(at, f"$ref {quote(value)} leads nowhere in this schema; left out")
    else:
        schema["$ref"] = walker.definitions.reference(target)


def _pattern(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    pattern = walker.pattern(value, at)
    if pattern is not None:
        schema["pattern"] = pattern


def _required(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    # Draft 3 says it in the property itself; `tidy` moves that to the object.
    if not isinstance(value, bool):
        names = walker.texts(value, "required", at)
        if names:
            schema["required"] = names


def _type(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    listed = value if isinstance(value, list) else [value]
    kinds = [item for item in listed if item in keywords.TYPES] if listed else []
    unions = [item for item in listed if isinstance(item, dict)]
    for item in listed:
        if item in kinds or isinstance(item, dict) or item == "any":
            continue
        close = keywords.similar_type(item) if isinstance(item, str) else ""
        hint = f"; did you mean {close!r}?" if close else ""
        walker.log.invalid(at, f"{quote(item)} is no type of JSON Schema; left out{hint}")
    if "any" in listed:
        return
    if unions:
        branches: list[Schema] = [{"type": kind} for kind in kinds]
        branches += [walker.schema(item, at, part=True) for item in unions]
        union: dict[str, Any] = {"anyOf": branches}
        tidy.tidy(union, {}, at, walker.log)
        schema.setdefault("allOf", []).append(union)
    elif kinds:
        distinct = list(dict.fromkeys(kinds))
        schema["type"] = distinct[0] if len(distinct) == 1 else distinct


def _enum(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    if not isinstance(value, list) or not value:
        if isinstance(value, Unknown):
            reason = f"enum is {value}, whose values aren't known; left out"
            walker.log.unknown(value, at, reason)
            note_unknown(schema, "enum", value)
        else:
            reason = f"enum must be a list of values, not {empty(value)}; left out"
            walker.log.invalid(at, reason)
        return
    distinct: dict[bytes, Any] = {}
    for index, item in enumerate(value):
        kept = walker.value(item, join(at, index))
        distinct.setdefault(_key(kept), kept)
    schema["enum"] = list(distinct.values())


def note_unknown(schema: dict[str, Any], keyword: str, value: Unknown) -> None:
    """Keep the dotted name of a value that isn't known, where a validator doesn't mind it."""
    if not value.noted and "." in value.name:
        schema.setdefault(UNKNOWN_VALUES, {})[keyword] = value.name


def _key(value: Any) -> bytes:
    """Equal for equal JSON values: 1 is 1.0, but not true."""
    whole = isinstance(value, float) and value.is_integer()
    return msgspec.json.encode(int(value) if whole else value)


def _const(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    schema["const"] = walker.value(value, at)


def _default(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    schema["default"] = walker.value(value, at)


def _example(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    schema.setdefault("examples", []).append(walker.value(value, at))


def _examples(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    if isinstance(value, list):
        schema.setdefault("examples", []).extend(walker.value(value, at))
    else:
        walker.log.invalid(at, f"examples must be a list, not {quote(value)}; left out")


def _items(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    if isinstance(value, list):
        if value:
            walker.many(schema, "prefixItems", value, at)
    else:
        schema["items"] = walker.schema(value, at)


def _additional_items(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    # Draft 4 heeds it beside a list of items alone; `tidy` drops it elsewhere.
    schema["additionalItems"] = walker.schema(value, at)


def _dependencies(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    if not isinstance(value, dict):
        walker.log.invalid(at, f"dependencies must be an object, not {quote(value)}; left out")
        return
    for name, needed in value.items():
        below = join(at, name)
        if isinstance(needed, dict | bool):
            dependent = schema.setdefault("dependentSchemas", {})
            dependent[name] = walker.schema(needed, below, part=True)
        else:
            names = [needed] if isinstance(needed, str) else needed
            _needs(walker, schema, name, names, below)


def _dependent_required(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    if not isinstance(value, dict):
        walker.log.invalid(
            at, f"dependentRequired must be an object, not {quote(value)}; left out"
        )
        return
    for name, needed in value.items():
        _needs(walker, schema, name, needed, join(at, name))


def _needs(walker: Walker, schema: dict[str, Any], name: str, needed: Any, at: str) -> None:
    names = walker.texts(needed, "a dependency", at)
    if names:
        schema.setdefault("dependentRequired", {})[name] = names


def _divisible_by(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    walker.simple(schema, "multipleOf", value, at)


def _extends(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    parents = value if isinstance(value, list) else [value]
    members = [walker.schema(item, at, part=True) for item in parents]
    schema.setdefault("allOf", []).extend(members)


def _disallow(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    refused: dict[str, Any] = {}
    _type(walker, refused, value, at)
    tidy.tidy(refused, {}, at, walker.log)
    if refused:
        schema["not"] = refused


def _exclusive_minimum(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    if not isinstance(value, bool):
        walker.simple(schema, "exclusiveMinimum", value, at)


def _exclusive_maximum(walker: Walker, schema: dict[str, Any], value: Any, at: str) -> None:
    if not isinstance(value, bool):
        walker.simple(schema, "exclusiveMaximum", value, at)


def _nullable(walker: Walker, _schema: dict[str, Any], value: Any, at: str) -> None:
    if not isinstance(value, bool):
        walker.log.invalid(at, f"nullable must be true or false, not {quote(value)}; left out")


def empty(value: Any) -> str:
    """Quote what should have been a list with something in it."""
    return "an empty one" if value == [] else quote(value)


_Read: TypeAlias = Callable[[Walker, dict[str, Any], Any, str], None]

#: Keyword -> function that puts what it says into a schema.
SPECIAL: Final[Mapping[str, _Read]] = {
    "$ref": _ref,
    "additionalItems": _additional_items,
    "const": _const,
    "default": _default,
    "dependencies": _dependencies,
    "dependentRequired": _dependent_required,
    "disallow": _disallow,
    "divisibleBy": _divisible_by,
    "enum": _enum,
    "example": _example,
    "examples": _examples,
    "exclusiveMaximum": _exclusive_maximum,
    "exclusiveMinimum": _exclusive_minimum,
    "extends": _extends,
    "items": _items,
    "nullable": _nullable,
    "pattern": _pattern,
    "required": _required,
    "type": _type,
}
