"""How large an operation is as HTML, told by its schemas alone.

Pages are laid out before anything is rendered, so this is an estimate: a row for
each field that some version has, and another for each way in which it differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from sphinxext_apiplug.inventory.model import Operation, Payload

# Bytes, as the pages of large services have them.
_OPERATION: Final = 1_800
_ROW: Final = 300
_STATUS: Final = 220
_EXAMPLE: Final = 900
# What is made of a schema is seldom longer than its text by more than this factor.
_LEAST_SHARE: Final = 8
_DEEPEST: Final = 12
_BRANCHES: Final = ("allOf", "anyOf", "oneOf")


def html_size(operation: Operation) -> int:
    """About how many bytes an operation's section takes."""
    bodies = [operation.request, *(item.payloads for item in operation.responses)]
    return _frame(operation) + sum(_body(payloads) for payloads in bodies if payloads)


def most_html_size(operation: Operation) -> int:
    """A number that is seldom smaller, and quickly found."""
    text = msgspec.json.encode((operation.request, operation.responses))
    return _frame(operation) + _LEAST_SHARE * len(text)


def _frame(operation: Operation) -> int:
    """What takes place beside the bodies."""
    texts = len(operation.description) + sum(
        len(item.description) for item in operation.parameters
    )
    shown = len(msgspec.json.encode((operation.examples, operation.commands)))
    return (
        _OPERATION
        + texts
        + 2 * shown
        + _EXAMPLE * len(operation.examples)
        + _ROW * len(operation.parameters)
        + _STATUS * len(operation.responses)
    )


def _body(payloads: Iterable[Payload]) -> int:
    # What holds in several versions in the same way is shown once.
    rows: dict[tuple[str, bytes], int] = {}
    for payload in payloads:
        schema = payload.schema
        if isinstance(schema, dict):
            definitions = schema.get("$defs")
            known = definitions if isinstance(definitions, dict) else {}
            for row in _rows(schema, known, "", 0):
                rows[row] = _ROW + 2 * len(row[0]) + len(row[1])
    return sum(rows.values())


def _rows(
    schema: Any, definitions: Mapping[str, Any], path: str, depth: int
) -> Iterator[tuple[str, bytes]]:
    """(path, what is said of it) of each field below a schema."""
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return
    if "$ref" in schema:
        target = definitions.get(str(schema["$ref"]).rpartition("/")[2])
        yield from _rows(target, definitions, path, depth + 1)
    for keyword in ("properties", "patternProperties"):
        found = schema.get(keyword)
        for name, inner in found.items() if isinstance(found, dict) else ():
            below = f"{path}.{name}"
            yield below, _said(inner)
            yield from _rows(inner, definitions, below, depth + 1)
    for keyword in ("items", "additionalProperties"):
        yield from _rows(schema.get(keyword), definitions, path, depth + 1)
    for keyword in _BRANCHES:
        branches = schema.get(keyword)
        for inner in branches if isinstance(branches, list) else ():
            yield from _rows(inner, definitions, path, depth + 1)


def _said(schema: Any) -> bytes:
    """What a schema says of the value itself."""
    if not isinstance(schema, dict):
        return b""
    inner = {"properties", "patternProperties", "items", "$defs", *_BRANCHES}
    own = {key: value for key, value in schema.items() if key not in inner}
    return msgspec.json.encode(own)
