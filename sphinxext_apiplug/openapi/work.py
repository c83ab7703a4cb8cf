"""What documents of several versions share: schemas that are made ready once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.openapi import schemas
from sphinxext_apiplug.openapi.enums import split_enum
from sphinxext_apiplug.openapi.markdown import escape
from sphinxext_apiplug.openapi.titles import titles_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator


def canonical(value: object) -> bytes:
    """Bytes that are the same for equal JSON values, and for no others."""
    return msgspec.json.encode(value, order="deterministic")


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """A schema as a component holds it.

    :ivar body: with safe texts and without definitions; its local references
        are still those of the schema that it came from
    :ivar targets: the places that these references name, and that there are
    :ivar content: the same for equal bodies alone
    :ivar titles: those in the body
    """

    body: Schema
    targets: tuple[str, ...]
    content: bytes
    titles: tuple[str, ...]


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


def tidy(schema: dict[str, Any]) -> dict[str, Any]:
    """Write one schema so that browsers and generators can take it, in place."""
    schemas.count_items(schema)
    schemas.spell_out(schema)
    split_enum(schema)
    return escape_texts(schema)


def _hoist(body: dict[str, Any], schema: dict[str, Any], pointer: str) -> Iterator[str]:
    """Let each object that a schema is a choice of be a component of its own.

    :param body: gets the references, in place
    :param schema: what *body* was made from
    :returns: the pointers of the objects
    """
    for keyword in ("oneOf", "anyOf"):
        for index, choice in enumerate(schema.get(keyword, ())):
            if isinstance(choice, dict) and "properties" in choice:
                target = f"{pointer}/{keyword}/{index}"
                body[keyword][index] = {"$ref": f"#{quote(target)}"}
                yield target


def _ready(root: Schema, pointer: str) -> Ready:
    targets: dict[str, None] = {}

    def change(schema: dict[str, Any]) -> dict[str, Any]:
        tidy(schema)
        schemas.name_required(schema)
        target = schemas.local_pointer(schema.get("$ref"))
        if target is not None and schemas.subschema(root, target) is not None:
            targets[target] = None
        return schema

    found = schemas.subschema(root, pointer)
    body = True if found is None else schemas.rebuild(found, change)
    if isinstance(body, dict) and isinstance(found, dict):
        targets |= dict.fromkeys(_hoist(body, found, pointer))
    return Ready(
        body=body, targets=tuple(targets), content=canonical(body), titles=titles_of(body)
    )
