"""One extension: what it is, and its operations."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from docutils import nodes

from sphinxext_apiplug.inventory.model import Extension, Inventory
from sphinxext_apiplug.reference.markup import line, to_nodes
from sphinxext_apiplug.reference.render.additions import additions
from sphinxext_apiplug.reference.render.bar import version_bar
from sphinxext_apiplug.reference.render.index import operation_index
from sphinxext_apiplug.reference.render.inline import as_given, code, facts, text_of
from sphinxext_apiplug.reference.render.legend import legend
from sphinxext_apiplug.reference.render.operation import render_operation
from sphinxext_apiplug.reference.render.options import DocumentLink, RenderOptions


def render_extension(
    inventory: Inventory, extension: Extension, options: RenderOptions
) -> list[nodes.Node]:
    """Facts, description, list of operations, and a section for each of them.

    The extension's title is the caller's to make.
    """
    operations = inventory.operations_of(extension.alias)
    inner = msgspec.structs.replace(options, show_provider=False)
    return [
        *as_given(
            [
                *facts(extension_facts(inventory, extension, options)),
                *to_nodes(extension.description),
                *version_bar(inventory.api, operations, options),
                *operation_index(inventory.api, operations),
                *additions(inventory, extension, options),
                *legend(*operations),
            ]
        ),
        *(render_operation(inventory, operation, inner) for operation in operations),
    ]


def document_facts(links: Sequence[DocumentLink]) -> list[list[nodes.Node]]:
    """Links to published documents as facts."""
    return [[nodes.reference("", line(link.label), refuri=link.uri)] for link in links]


def extension_facts(
    inventory: Inventory, extension: Extension, options: RenderOptions
) -> list[list[nodes.Node]]:
    """What the line below an extension's title says."""
    package = f"from {extension.distribution} {extension.distribution_version}"
    items: list[list[nodes.Node]] = [
        [nodes.Text("extension "), code(extension.alias)],
        [text_of(package)],
        [nodes.Text("entry point "), code(extension.origin or inventory.api.namespace)],
    ]
    if extension.version:
        items.append([text_of(f"version {extension.version}")])
    if extension.updated:
        items.append([text_of(f"updated {extension.updated}")])
    return items + document_facts(options.document_links)
