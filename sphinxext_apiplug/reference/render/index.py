"""Lists of operations to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from docutils import nodes

from sphinxext_apiplug.inventory.model import Api, Operation
from sphinxext_apiplug.reference.markup import line
from sphinxext_apiplug.reference.nodes import Badge, Only
from sphinxext_apiplug.reference.render.inline import method_badge, reference, with_badges
from sphinxext_apiplug.reference.render.signature import path_code, title_text
from sphinxext_apiplug.reference.render.versions import (
    api_range,
    attribute,
    badges,
    operation_range,
)

# More operations than these would make a list a page of megabytes; the pages that it
# links to list their own.
_MOST_LISTED: Final = 500


def operation_index(api: Api, operations: Iterable[Operation]) -> list[nodes.Node]:
    """A line for each operation, with a link to it; nothing if there are none."""
    items = [nodes.list_item("", operation_line(api, operation)) for operation in operations]
    if not items:
        return []
    return [nodes.bullet_list("", *items, bullet="*", classes=["apiplug-index"])]


def index_or_count(api: Api, operations: Sequence[Operation], total: int) -> list[nodes.Node]:
    """The operations of one of several lists; how many they are, if all lists are too long.

    :param total: how many operations the page would list
    """
    if total <= _MOST_LISTED:
        return operation_index(api, operations)
    return [
        nodes.paragraph("", f"{count(len(operations), 'operation')}.", classes=["apiplug-note"])
    ]


def count(number: int, noun: str) -> str:
    """So many of what a noun names."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def operation_line(api: Api, operation: Operation) -> nodes.paragraph:
    """A link to an operation, with its call and what sets it apart."""
    text = nodes.inline("", title_text(operation))
    marks = badges([operation_range(api, operation)], api_range(api))
    if operation.removed is not None:
        version = line(operation.removed.version or "")
        marks += (Badge(f"removed in {version}" if version else "removed", "until"),)
    if operation.deprecated:
        marks += (Badge("deprecated", "until"),)
    versions = attribute([operation_range(api, operation)], api_range(api))
    return nodes.paragraph(
        "",
        "",
        *([Only("", versions=versions)] if versions else []),
        method_badge(operation.method),
        nodes.Text(" "),
        reference(api, "op", operation.id, text),
        nodes.Text(" "),
        path_code(api, operation, with_action=True),
        *with_badges(*marks),
    )
