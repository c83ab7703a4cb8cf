"""The whole API at a glance."""

from __future__ import annotations

from typing import Final

from docutils import nodes

from sphinxext_apiplug.inventory.model import Api, Extension, Inventory
from sphinxext_apiplug.reference.markup import line, to_nodes
from sphinxext_apiplug.reference.render.bar import version_bar
from sphinxext_apiplug.reference.render.extension import document_facts
from sphinxext_apiplug.reference.render.index import count, index_or_count
from sphinxext_apiplug.reference.render.inline import (
    as_given,
    code,
    facts,
    part,
    reference,
    text_of,
)
from sphinxext_apiplug.reference.render.options import RenderOptions
from sphinxext_apiplug.reference.render.versions import full_words

_NOTHING: Final = "It has no operations of its own."


def render_overview(inventory: Inventory, options: RenderOptions) -> list[nodes.Node]:
    """Facts about the API, and all extensions with links to their operations.

    The API's title is the caller's to make.
    """
    found = [*facts(_facts(inventory, options)), *to_nodes(inventory.api.description)]
    found += version_bar(inventory.api, inventory.operations, options)
    for extension in inventory.extensions:
        found += _extension(inventory, extension, options)
    return as_given(found)


def _facts(inventory: Inventory, options: RenderOptions) -> list[list[nodes.Node]]:
    api = inventory.api
    items: list[list[nodes.Node]] = [[text_of(f"{line(api.title)} {line(api.version)}")]]
    items += _calling(api)
    counted = (
        count(len(inventory.extensions), "extension"),
        count(len(inventory.operations), "operation"),
    )
    items.append([nodes.Text(", ".join(counted))])
    return items + document_facts(options.document_links)


def _calling(api: Api) -> list[list[nodes.Node]]:
    items: list[list[nodes.Node]] = []
    if api.base_path:
        items.append([nodes.Text("base path "), code(api.base_path)])
    if api.microversions is not None and (versions := full_words(api.microversions)):
        items.append([nodes.Text(f"microversions {versions}")])
    if api.service_type:
        items.append([nodes.Text("service type "), code(api.service_type)])
    if api.namespace:
        items.append([nodes.Text("extensions of "), code(api.namespace)])
    return items


def _extension(
    inventory: Inventory, extension: Extension, options: RenderOptions
) -> list[nodes.Node]:
    api = inventory.api
    name = nodes.inline("", line(extension.name) or line(extension.alias))
    heading = part("", options, reference(api, "ext", extension.alias, name), deeper=0)
    heading["classes"].append("apiplug-extension")
    described = to_nodes(extension.description)[:1]
    return [heading, *described, *_operations(inventory, extension)]


def _operations(inventory: Inventory, extension: Extension) -> list[nodes.Node]:
    """Links to an extension's operations, or what else is to be said of them."""
    operations = inventory.operations_of(extension.alias)
    if operations:
        return index_or_count(inventory.api, operations, len(inventory.operations))
    added = len(inventory.extended_by(extension.alias))
    text = f"Adds to {count(added, 'operation')} of other extensions." if added else _NOTHING
    return [nodes.paragraph("", text, classes=["apiplug-note"])]
