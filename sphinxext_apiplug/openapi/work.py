"""What documents of several versions share: schemas that are made ready once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.openapi import schemas
from sphinxext_apiplug.openapi.markdown import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable


def canonical(value: object) -> bytes:
    """Bytes that are the same for equal JSON values, and for no others."""
    return msgspec.json.encode(value, order="deterministic")


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """A schema as a component holds it.

    :ivar body: with safe texts and without definitions; its local references
        are still those of the schema that it came from
    :ivar targets: the places that these references name, and that there are
    :ivar content: the same for equal bodies alone
    """

    body: Schema
    targets: tuple[str, ...]
    content: bytes


class Work:
    """Results that hold in every document of one inventory.

    Schemas are known by their identity, so the inventory must outlive this; what
    is handed out belongs to several documents, and nobody may change it.
    """

    def __init__(self) -> None:
        self._results: dict[Hashable, Any] = {}
        # An id is good for as long as its object lives.
        self._kept: dict[int, object] = {}

    def once(self, subject: object, what: Hashable, make: Callable[[], Any]) -> Any:
        """The result of *make*, which is called once for each subject and question.

        :param subject: known by its identity
        """
        key = (id(subject), what)
        if key not in self._results:
            self._kept[id(subject)] = subject
            self._results[key] = make()
        return self._results[key]

    def content(self, schema: Schema) -> bytes:
        """:func:`canonical` of a whole schema."""
        found: bytes = self.once(schema, "content", lambda: canonical(schema))
        return found

    def ready(self, root: Schema, pointer: str) -> Ready:
        """What stands at a pointer into *root*, ready for a component."""
        found: Ready = self.once(root, ("ready", pointer), lambda: _ready(root, pointer))
        return found

    def identity(self, root: Schema, pointer: str) -> tuple[bytes, ...]:
        """What makes two component schemas the same, with all that they refer to."""
        found: tuple[bytes, ...] = self.once(
            root, ("identity", pointer), lambda: self._identity(root, pointer)
        )
        return found

    def _identity(self, root: Schema, pointer: str) -> tuple[bytes, ...]:
        parts: dict[str, Ready] = {}
        waiting = [pointer]
        while waiting:
            current = waiting.pop()
            if current not in parts:
                parts[current] = self.ready(root, current)
                waiting += parts[current].targets
        if not parts[pointer].targets:
            # It refers to nothing, so it doesn't matter where it stood.
            return (parts[pointer].content,)
        named = ((place.encode(), part.content) for place, part in sorted(parts.items()))
        return (pointer.encode(), *(item for pair in named for item in pair))


def escape_texts(schema: dict[str, Any]) -> dict[str, Any]:
    """Make the texts of one schema safe, in place; for :func:`.schemas.rebuild`."""
    for keyword in ("title", "description"):
        if isinstance(schema.get(keyword), str):
            schema[keyword] = escape(schema[keyword])
    return schema


def _ready(root: Schema, pointer: str) -> Ready:
    targets: dict[str, None] = {}

    def change(schema: dict[str, Any]) -> dict[str, Any]:
        escape_texts(schema)
        schemas.name_required(schema)
        schemas.count_items(schema)
        target = schemas.local_pointer(schema.get("$ref"))
        if target is not None and schemas.subschema(root, target) is not None:
            targets[target] = None
        return schema

    found = schemas.subschema(root, pointer)
    body = True if found is None else schemas.rebuild(found, change)
    return Ready(body=body, targets=tuple(targets), content=canonical(body))
