"""Schemas of a document as an inventory has them: JSON Schema 2020-12, standing alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sphinxext_apiplug.checks.diff.openapi.tree import Node, escaped
from sphinxext_apiplug.inventory.model import Schema

_ONE: Final = frozenset({
    "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then",
    "unevaluatedItems", "unevaluatedProperties",
})  # fmt: skip
_LIST: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_MAP: Final = frozenset({"dependentSchemas", "patternProperties", "properties"})
_NUMBERS: Final = frozenset({
    "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength",
    "minProperties", "minimum", "multipleOf",
})  # fmt: skip
_TEXTS: Final = frozenset({"description", "format", "pattern"})
# Says nothing about values, or is taken over into something else.
_DROPPED: Final = frozenset({
    "$defs", "$id", "$schema", "definitions", "discriminator", "example", "examples",
    "externalDocs", "nullable", "title", "xml",
})  # fmt: skip
_TYPES: Final = frozenset({
    "array", "boolean", "integer", "null", "number", "object", "string",
})  # fmt: skip


class SchemaReader:
    """Reads the schemas of one document; each referenced one once."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._bodies: dict[str, Schema] = {}
        self._links: dict[str, dict[str, None]] = {}

    def read(self, node: Node, extra: Mapping[str, Any] | None = None) -> Schema:
        """A schema with all that it refers to.

        :param extra: keywords to add at its root
        :raises DocumentError: if it is no schema
        """
        used: dict[str, None] = {}
        schema = self._schema(node, used)
        waiting, reached = [*used], dict(used)
        while waiting:
            for name in self._links[waiting.pop()]:
                if name not in reached:
                    reached[name] = None
                    waiting.append(name)
        if isinstance(schema, bool):
            return schema
        definitions = {name: self._bodies[name] for name in sorted(reached)}
        return {**schema, **(extra or {}), **({"$defs": definitions} if definitions else {})}

    def _schema(self, node: Node, used: dict[str, None]) -> Schema:
        if isinstance(node.value, bool):
            return node.value
        given = node.expect(dict)
        schema: dict[str, Any] = {}
        for keyword in given:
            if keyword == "$ref":
                schema["$ref"] = f"#/$defs/{self._reference(node, used)}"
            elif keyword not in _DROPPED and not keyword.startswith("x-"):
                schema[keyword] = self._keyword(keyword, node.at(keyword), used)
        _modernise(schema)
        if given.get("nullable") is True:
            _allow_null(schema)
        return schema

    def _reference(self, node: Node, used: dict[str, None]) -> str:
        target = node.target(node.at("$ref").expect(str))
        if target.place not in self._names:
            name = self._name(target)
            self._names[target.place] = name
            links: dict[str, None] = {}
            # Known before its body is: it may refer to itself.
            self._links[name] = links
            self._bodies[name] = self._schema(target, links)
        name = self._names[target.place]
        used[name] = None
        return name

    def _name(self, target: Node) -> str:
        """A name that is the same in another release, if it can be."""
        last = target.pointer.rpartition("/")[2] or escaped(Path(target.source).stem)
        longer = f"{escaped(target.source)}{escaped(target.pointer)}"
        return longer if last in self._links else last

    def _keyword(self, keyword: str, node: Node, used: dict[str, None]) -> Any:
        if keyword in _ONE:
            return self._schema(node, used)
        if keyword in _LIST:
            return [self._schema(item, used) for item in node.items()]
        if keyword in _MAP:
            return {key: self._schema(node.at(key), used) for key in node.expect(dict)}
        _check(keyword, node)
        return node.value


def _check(keyword: str, node: Node) -> None:
    """Find out whether a keyword's value is what comparing it takes.

    :raises DocumentError: if it isn't
    """
    value = node.value
    if keyword in _TEXTS:
        node.expect(str)
    elif keyword in _NUMBERS and (isinstance(value, bool) or not isinstance(value, (int, float))):
        node.fail("should be a number")
    elif keyword == "enum":
        node.expect(list)
    elif keyword == "required":
        _names(node)
    elif keyword == "dependentRequired":
        for key in node.expect(dict):
            _names(node.at(key))
    elif keyword == "type":
        listed = value if isinstance(value, list) else [value]
        if not listed or any(item not in _TYPES for item in map(str, listed)):
            node.fail("names a type that JSON Schema doesn't have")


def _names(node: Node) -> None:
    for item in node.items():
        item.expect(str)


def _modernise(schema: dict[str, Any]) -> None:
    """OpenAPI 3.0 marks an end as exclusive, JSON Schema 2020-12 gives it a keyword."""
    for plain in ("minimum", "maximum"):
        keyword = f"exclusive{plain.capitalize()}"
        if isinstance(schema.get(keyword), bool) and schema.pop(keyword) and plain in schema:
            schema[keyword] = schema.pop(plain)


def _allow_null(schema: dict[str, Any]) -> None:
    """OpenAPI 3.0 says ``nullable`` where JSON Schema has a type more."""
    kinds = schema.get("type")
    if isinstance(kinds, str):
        schema["type"] = [kinds, "null"]
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    if kinds is None and ("$ref" in schema or {"allOf", "anyOf", "oneOf"} & schema.keys()):
        inner = dict(schema)
        schema.clear()
        schema["anyOf"] = [inner, {"type": "null"}]
