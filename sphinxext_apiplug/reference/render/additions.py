"""What an extension adds to the operations of others."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from sphinxext_apiplug.inventory.model import Api, Extension, Inventory, Operation
from sphinxext_apiplug.reference.markup import line
from sphinxext_apiplug.reference.render.index import operation_line
from sphinxext_apiplug.reference.render.inline import code, part
from sphinxext_apiplug.reference.render.options import RenderOptions
from sphinxext_apiplug.reference.render.source import served_by


def additions(
    inventory: Inventory, extension: Extension, options: RenderOptions
) -> list[nodes.Node]:
    """The operations that it adds to, with what it adds; nothing if there are none."""
    items = [
        nodes.list_item("", *_item(inventory.api, operation, extension.alias))
        for operation in inventory.extended_by(extension.alias)
    ]
    if not items:
        return []
    heading = part("Adds to operations of other extensions", options, deeper=0)
    listed = nodes.bullet_list("", *items, bullet="*", classes=["apiplug-index"])
    return [heading, listed]


def _item(api: Api, operation: Operation, alias: str) -> Iterator[nodes.Node]:
    yield operation_line(api, operation)
    fields = list(dict.fromkeys(_provided(operation, alias)))
    if fields:
        text = nodes.paragraph("", "request fields " if len(fields) > 1 else "request field ")
        text["classes"].append("apiplug-note")
        for index, name in enumerate(fields):
            text += [nodes.Text(", " if index else ""), code(name)]
        yield text
    for item in operation.augmented_by:
        if item.extension == alias:
            yield served_by(api, item.handler, "Added by ")


def _provided(operation: Operation, alias: str) -> Iterator[str]:
    for payload in operation.request:
        for pointer, provider in payload.provided_by.items():
            if provider == alias:
                yield line(field_path(pointer))


def field_path(pointer: str) -> str:
    """A JSON pointer into a schema as the path of the field that it describes."""
    names: list[str] = []
    parts = iter(pointer.split("/")[1:])
    for item in parts:
        if item in {"properties", "patternProperties"}:
            name = next(parts, "")
            names.append(name.replace("~1", "/").replace("~0", "~"))
        elif item == "items" and names:
            names[-1] += "[]"
    return ".".join(names)
