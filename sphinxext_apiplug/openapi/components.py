"""The components of one document: schemas under readable names, each one once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext_apiplug.openapi import names, schemas
from sphinxext_apiplug.openapi.references import references
from sphinxext_apiplug.openapi.titles import set_apart
from sphinxext_apiplug.openapi.work import canonical

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from sphinxext_apiplug.inventory.model import Schema
    from sphinxext_apiplug.openapi.work import Work

_PREFIX = "#/components/schemas/"


class SchemaComponents:
    """Collects the schemas of a document.

    :ivar work: what is known already
    :ivar schemas: component name -> schema
    :ivar origins: component name -> ids of the operations that use it, in the
        order in which they came
    """

    def __init__(self, work: Work) -> None:
        self.work = work
        self.schemas: dict[str, Schema] = {}
        self.origins: dict[str, dict[str, None]] = {}
        self._by_content: dict[Hashable, str] = {}
        self._taken: set[str] = set()
        # Component name -> the ones that it refers to.
        self._links: dict[str, list[str]] = {}
        self._titles: dict[str, tuple[str, ...]] = {}

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
        name = placed.get("$ref", "").removeprefix(_PREFIX)
        schema = self.schemas.get(name)
        if examples and isinstance(schema, dict) and "examples" not in schema:
            self.schemas[name] = {**schema, "examples": examples}

    def used_by(self, document: Any) -> dict[str, Schema]:
        """The schemas that a part of a document refers to, directly or not.

        A choice that turned out to allow anything leaves others behind.
        """
        waiting = [
            reference.removeprefix(_PREFIX)
            for _, reference in references(document)
            if reference.startswith(_PREFIX)
        ]
        found: dict[str, Schema] = {}
        while waiting:
            name = waiting.pop()
            if name in self.schemas and name not in found:
                found[name] = self.schemas[name]
                waiting += self._links[name]
        return set_apart(found, self._titles)

    def _add(
        self,
        root: Schema,
        pointer: str,
        hints: Sequence[str],
        operation_id: str,
        extra: Mapping[str, Any],
    ) -> str:
        content = (self.work.identity(root, pointer), canonical(extra) if extra else b"")
        name = self._by_content.get(content)
        if name is None:
            name = names.unique(hints, self._taken)
            # Known before its body is: it may refer to itself.
            self._by_content[content] = name
            self._taken.add(name.casefold())
            self.schemas[name] = {}
            self.origins[name] = {}
            body = self._body(root, pointer, name, operation_id)
            self.schemas[name] = {**body, **extra} if isinstance(body, dict) else body
        self.origins[name][operation_id] = None
        return name

    def _body(self, root: Schema, pointer: str, name: str, operation_id: str) -> Schema:
        ready = self.work.ready(root, pointer)
        used: dict[str, str] = {}
        self._links[name] = []
        self._titles[name] = ready.titles
        for target in ready.targets:
            used[target] = self._add(root, target, _hints(root, target, name), operation_id, {})
            self._links[name].append(used[target])
        if not used:
            return ready.body

        def change(schema: dict[str, Any]) -> dict[str, Any]:
            target = schemas.local_pointer(schema.get("$ref"))
            if target in used:
                schema["$ref"] = f"{_PREFIX}{used[target]}"
            return schema

        return schemas.rebuild(ready.body, change)


def _hints(root: Schema, target: str, name: str) -> tuple[str, ...]:
    """Names for what a component called *name* refers to."""
    if not target:
        return (name,)
    above, last = target.split("/")[-2:]
    if above not in {"oneOf", "anyOf"}:
        own = names.camel(last)
        return (own, f"{name}{own}")
    # One of several: it is best known by its title, or by what only it must have.
    choice = schemas.subschema(root, target)
    known = choice if isinstance(choice, dict) else {}
    words = (known.get("title"), *known.get("required", ()), *known.get("properties", ()))
    own = next((names.camel(word) for word in words if isinstance(word, str) and word), "")
    return (f"{name}{own or last}", f"{name}{own}{last}")
