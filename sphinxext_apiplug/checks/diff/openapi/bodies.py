"""Request and response bodies of a document as payloads."""

from __future__ import annotations

from typing import Any, Final

from sphinxext_apiplug.checks.diff.openapi.schemas import SchemaReader
from sphinxext_apiplug.checks.diff.openapi.tree import Node
from sphinxext_apiplug.checks.diff.openapi.versions import VENDOR, elementary, marked
from sphinxext_apiplug.checks.diff.view import MEDIA_TYPES, OPTIONAL
from sphinxext_apiplug.inventory.model import Payload, Schema
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange

_JSON: Final = "application/json"


def body_payloads(
    holder: Node | None, schemas: SchemaReader, *, is_request: bool
) -> tuple[Payload, ...]:
    """The payloads of a body; of several media types that of the first JSON one.

    :param holder: a request body or a response; ``None`` if there is none
    :raises DocumentError: if a schema is faulty
    """
    content = holder.child("content") if holder is not None else None
    if holder is None or content is None:
        return ()
    names = [name for name, _ in content.members()]
    if not names:
        return ()
    extra: dict[str, Any] = {}
    if is_request and not holder.flag("required"):
        extra[OPTIONAL] = True
    if names != [_JSON]:
        extra[MEDIA_TYPES] = sorted(names)
    media = content.at(next(filter(_is_json, names), names[0]))
    media.expect(dict)
    if not media.has("schema"):
        return (Payload(schema=extra),)
    return tuple(_payloads(media.at("schema"), schemas, extra))


def _is_json(name: str) -> bool:
    kind = name.partition(";")[0].strip().lower()
    return kind == _JSON or kind.endswith("+json")


def _payloads(node: Node, schemas: SchemaReader, extra: dict[str, Any]) -> list[Payload]:
    """One payload, or where branches hold in some versions alone, one a range of them."""
    branches = _branches(node)
    if not branches:
        return [Payload(schema=_marked(schemas.read(node, extra), extra), versions=_range(node))]
    read = [(versions, schemas.read(branch, extra)) for versions, branch in branches]
    found = []
    for versions in elementary([item for item, _ in read]):
        held = [schema for item, schema in read if item.contains(versions.low)]
        if held:
            found.append(Payload(schema=_one_of(held, extra), versions=versions))
    return found


def _range(node: Node) -> VersionRange:
    """The versions of a body that there is one schema of."""
    found = node.followed()
    return marked(found) if isinstance(found.value, dict) else ALL_VERSIONS


def _branches(node: Node) -> list[tuple[VersionRange, Node]]:
    """The branches of a choice between versions or actions, with their versions."""
    if not isinstance(node.value, dict):
        return []
    marks = node.value.get(VENDOR)
    if not isinstance(marks, dict) or "discriminator" not in marks:
        return []
    keyword = next((name for name in ("oneOf", "anyOf") if node.has(name)), None)
    if keyword is None:
        return []
    return [(_range(item), item) for item in node.at(keyword).items()]


def _marked(schema: Schema, extra: dict[str, Any]) -> Schema:
    """A schema with what is said of its body; one that is true or false can't hold it."""
    return dict(extra) if schema is True and extra else schema


def _one_of(held: list[Schema], extra: dict[str, Any]) -> Schema:
    if len(held) == 1:
        return _marked(held[0], extra)
    definitions: dict[str, Schema] = {}
    for schema in held:
        if isinstance(schema, dict):
            definitions |= schema.get("$defs", {})
    return {"oneOf": held, **extra, **({"$defs": definitions} if definitions else {})}
