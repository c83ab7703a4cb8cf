"""The components of one document: schemas under readable names, each one once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinxext_apiplug.openapi import names, schemas
from sphinxext_apiplug.openapi.markdown import escape
from sphinxext_apiplug.openapi.references import references

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinxext_apiplug.inventory.model import Schema

_PREFIX = "#/components/schemas/"


def canonical(value: object) -> str:
    """Text that is the same for equal JSON values, and for no others."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def escape_texts(schema: dict[str, Any]) -> dict[str, Any]:
    """Make the texts of one schema safe, in place; for :func:`.schemas.rebuild`."""
    for keyword in ("title", "description"):
        if isinstance(schema.get(keyword), str):
            schema[keyword] = escape(schema[keyword])
    return schema


class SchemaComponents:
    """Collects the schemas of a document.

    :ivar schemas: component name -> schema
    :ivar origins: component name -> ids of the operations that use it, in the
        order in which they came
    """

    def __init__(self) -> None:
        self.schemas: dict[str, Schema] = {}
        self.origins: dict[str, list[str]] = {}
        self._by_content: dict[str, str] = {}
        self._taken: set[str] = set()

    def place(
        self,
        schema: Schema,
        hints: Sequence[str],
        operation_id: str,
        extra: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Keep a payload's schema, and give what stands for it where it is used.

        :param hints: names for the component, the best one first
        :param operation_id: the operation that it comes from
        :param extra: keywords to add to the schema
        :returns: a ``$ref``; a schema that allows all or nothing is written out
        """
        if isinstance(schema, bool):
            return {} if schema else {"not": {}}
        if not schema and not extra:
            return {}
        name = self._add(schema, "", hints, operation_id, extra or {})
        return {"$ref": f"{_PREFIX}{name}"}

    def illustrate(self, placed: Mapping[str, Any], examples: list[Any]) -> None:
        """Give a component examples, unless it has some.

        They aren't part of what makes components the same.

        :param placed: what :meth:`place` returned
        :param examples: values that are valid for the schema
        """
        schema = self.schemas.get(placed.get("$ref", "").removeprefix(_PREFIX))
        if examples and isinstance(schema, dict):
            schema.setdefault("examples", examples)

    def used_by(self, document: Any) -> dict[str, Schema]:
        """The schemas that a part of a document refers to, directly or not.

        A choice that turned out to allow anything leaves others behind.
        """
        found: dict[str, Schema] = {}
        waiting: list[Any] = [document]
        while waiting:
            for _, reference in references(waiting.pop()):
                name = reference.removeprefix(_PREFIX)
                if reference.startswith(_PREFIX) and name in self.schemas and name not in found:
                    found[name] = self.schemas[name]
                    waiting.append(found[name])
        return found

    def _add(
        self,
        root: Schema,
        pointer: str,
        hints: Sequence[str],
        operation_id: str,
        extra: Mapping[str, Any],
    ) -> str:
        content = _content(root, pointer, extra)
        name = self._by_content.get(content)
        if name is None:
            name = names.unique(hints, self._taken)
            # Known before its body is: it may refer to itself.
            self._by_content[content] = name
            self._taken.add(name.casefold())
            self.schemas[name] = {}
            self.origins[name] = []
            body = self._body(root, pointer, name, operation_id)
            self.schemas[name] = {**body, **extra} if isinstance(body, dict) else body
        if operation_id not in self.origins[name]:
            self.origins[name].append(operation_id)
        return name

    def _body(self, root: Schema, pointer: str, name: str, operation_id: str) -> Schema:
        def change(schema: dict[str, Any]) -> dict[str, Any]:
            escape_texts(schema)
            schemas.name_required(schema)
            target = schemas.local_pointer(schema.get("$ref"))
            if target is not None and schemas.subschema(root, target) is not None:
                own = names.camel(target.rpartition("/")[2])
                hints = (own, f"{name}{own}") if target else (name,)
                used = self._add(root, target, hints, operation_id, {})
                schema["$ref"] = f"{_PREFIX}{used}"
            return schema

        found = schemas.subschema(root, pointer)
        return True if found is None else schemas.rebuild(found, change)


def _content(root: Schema, pointer: str, extra: Mapping[str, Any]) -> str:
    """What makes two component schemas the same."""
    parts = schemas.closure(root, pointer)
    if len(parts) == 1:
        # It refers to nothing, so it doesn't matter where it stood.
        return canonical([parts[pointer], extra])
    return canonical([pointer, parts, extra])
