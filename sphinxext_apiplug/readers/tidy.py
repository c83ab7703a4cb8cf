"""Makes the keywords of one normalised schema agree with one another."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.readers.faults import Log, join, quote
from sphinxext_apiplug.readers.keywords import has_type

_UNIONS: Final = ("allOf", "anyOf", "oneOf")
# A schema with only these says nothing that another alternative can't also say.
_TELLING: Final = frozenset({"type", "format", "enum", "const", "title", "description", "default"})
# What a schema says of all its siblings can't be moved in among others.
_WHOLE: Final = frozenset(
    {
        "additionalProperties",
        "items",
        "patternProperties",
        "prefixItems",
        "properties",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)


def tidy(schema: dict[str, Any], raw: dict[str, Any], at: str, log: Log) -> None:
    """Settle what several keywords of *schema* say together, in place.

    What is settled once is settled: doing it again changes nothing.

    :param raw: the same schema as the plugin wrote it
    """
    _flags(schema, raw)
    _required(schema, raw)
    before = None
    # What one step leaves out may be all that stood in another one's way.
    while schema != before:
        before = dict(schema)
        _arrays(schema)
        for keyword in _UNIONS:
            if keyword in schema:
                _union(schema, keyword, at, log)
        _bounds(schema)
        _nullable(schema, raw)
        _useless(schema, at, log)
        _enum(schema, at, log)
        _defaults(schema, at, log)


def _kinds(schema: dict[str, Any]) -> tuple[str, ...]:
    declared = schema.get("type", ())
    return (declared,) if isinstance(declared, str) else tuple(declared)


def _set_kinds(schema: dict[str, Any], kinds: tuple[str, ...]) -> None:
    schema["type"] = kinds[0] if len(kinds) == 1 else list(kinds)


def _flags(schema: dict[str, Any], raw: dict[str, Any]) -> None:
    """Draft 4 says with a flag that a bound itself is out of bounds."""
    for plain, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if plain in schema and raw.get(exclusive) is True:
            schema[exclusive] = schema.pop(plain)


def _bounds(schema: dict[str, Any]) -> None:
    """Of two bounds on one side the stricter one stays."""
    for plain, exclusive, sign in (
        ("minimum", "exclusiveMinimum", 1),
        ("maximum", "exclusiveMaximum", -1),
    ):
        if plain in schema and exclusive in schema:
            inner = schema[exclusive] * sign >= schema[plain] * sign
            del schema[plain if inner else exclusive]


def _required(schema: dict[str, Any], raw: dict[str, Any]) -> None:
    """Draft 3 says ``required: true`` in the property."""
    properties = raw.get("properties")
    if not isinstance(properties, dict):
        return
    names = [
        name
        for name, item in properties.items()
        if isinstance(item, dict) and item.get("required") is True
    ]
    if names:
        schema["required"] = list(dict.fromkeys([*schema.get("required", ()), *names]))


def _arrays(schema: dict[str, Any]) -> None:
    rest = schema.pop("additionalItems", None)
    if rest is not None and "prefixItems" in schema:
        schema.setdefault("items", rest)
    if "array" in _kinds(schema) or "prefixItems" in schema:
        schema.setdefault("items", {})


def _nullable(schema: dict[str, Any], raw: dict[str, Any]) -> None:
    kinds = _kinds(schema)
    if raw.get("nullable") is True and kinds and "null" not in kinds:
        _set_kinds(schema, (*kinds, "null"))


def _useless(schema: dict[str, Any], at: str, log: Log) -> None:
    """Drop what says something of another type than the only one allowed."""
    kinds = _kinds(schema)
    if len(kinds) != 1:
        return
    for kind, keywords in (
        ("array", ("items", "prefixItems")),
        ("object", ("properties", "patternProperties", "required", "additionalProperties")),
    ):
        for keyword in keywords:
            if keyword in schema and kind != kinds[0]:
                del schema[keyword]
                log.adapted(
                    join(at, keyword), f"{keyword} means nothing for type {kinds[0]}; left out"
                )


def _enum(schema: dict[str, Any], at: str, log: Log) -> None:
    kinds = _kinds(schema)
    values = schema.get("enum")
    if values is None or not kinds:
        return
    if None in values and "null" not in kinds:
        kinds = (*kinds, "null")
        _set_kinds(schema, kinds)
        log.adapted(join(at, "enum"), "null is a value of the enum; added to the type")
    wrong = [value for value in values if not has_type(value, kinds)]
    if not wrong:
        return
    named = ", ".join(quote(value) for value in wrong[:5])
    right = [value for value in values if has_type(value, kinds)]
    if any(value is not None for value in right):
        schema["enum"] = right
        log.adapted(join(at, "enum"), f"{named} can't be of type {_spoken(kinds)}; left out")
    else:
        del schema["type"]
        log.adapted(
            join(at, "type"), f"no value of the enum is of type {_spoken(kinds)}; type left out"
        )


def _defaults(schema: dict[str, Any], at: str, log: Log) -> None:
    """Drop a const, default or example that the rest of the schema refuses."""
    kinds = _kinds(schema)
    allowed = schema.get("enum")

    def fits(value: Any) -> bool:
        return (not kinds or has_type(value, kinds)) and (allowed is None or value in allowed)

    for keyword in ("const", "default"):
        if keyword in schema and not fits(schema[keyword]):
            value = quote(schema.pop(keyword))
            log.adapted(
                join(at, keyword), f"{keyword} {value} isn't allowed by the schema; left out"
            )
    if "examples" in schema:
        schema["examples"] = [value for value in schema["examples"] if fits(value)]
        if not schema["examples"]:
            del schema["examples"]


def _spoken(kinds: tuple[str, ...]) -> str:
    return " or ".join(kinds)


def _union(schema: dict[str, Any], keyword: str, at: str, log: Log) -> None:
    """Take out of a list of schemas what says nothing, or says it twice."""
    distinct: dict[bytes, dict[str, Any]] = {}
    for item in schema.pop(keyword):
        member = {} if item is True else {"not": {}} if item is False else item
        # As JSON, in which 1 isn't true.
        said = msgspec.json.encode(member, order="sorted")
        if said in distinct and keyword == "oneOf":
            log.adapted(join(at, keyword), "oneOf has the same schema twice; one is left out")
        distinct.setdefault(said, member)
    members = list(distinct.values())
    if keyword == "allOf":
        members = [member for member in members if member]
    elif {} in members:
        if keyword == "oneOf" and len(members) > 1:
            log.adapted(join(at, keyword), "oneOf has a schema that allows anything; left out")
        return
    if keyword == "oneOf" and _overlap(members):
        log.adapted(join(at, keyword), "schemas in oneOf overlap; written as anyOf")
        if "anyOf" in schema:
            members = [{"anyOf": members}]
        else:
            keyword = "anyOf"
    if len(members) == 1:
        _inline(schema, members[0])
    elif members:
        schema[keyword] = members


def _inline(schema: dict[str, Any], member: dict[str, Any]) -> None:
    """Say in the schema itself what the only member of a list says."""
    if not schema or not (schema.keys() & member.keys() or _WHOLE & member.keys()):
        schema.update(member)
    else:
        schema["allOf"] = [*schema.get("allOf", ()), member]


def _overlap(members: list[dict[str, Any]]) -> bool:
    """Whether two plain alternatives share a type and nothing tells them apart."""
    plain = [item for item in members if item.keys() <= _TELLING and "type" in item]
    return any(_share(one, two) for index, one in enumerate(plain) for two in plain[index + 1 :])


def _share(one: dict[str, Any], two: dict[str, Any]) -> bool:
    first, second = _values(one), _values(two)
    if first is not None and second is not None:
        return any(value in second for value in first)
    mine, theirs = set(_kinds(one)), set(_kinds(two))
    numeric = {"integer", "number"}
    return bool(mine & theirs or (mine & numeric and theirs & numeric))


def _values(schema: Schema) -> list[Any] | None:
    if isinstance(schema, bool):
        return None
    return [schema["const"]] if "const" in schema else schema.get("enum")
