"""An extension over several pages: what is on its own, and on those of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from docutils import nodes
from sphinx import addnodes

from sphinxext_apiplug.inventory.model import Api, Extension, Inventory, Operation
from sphinxext_apiplug.reference.markup import line, to_nodes
from sphinxext_apiplug.reference.parts import Part, Placed
from sphinxext_apiplug.reference.render.additions import additions
from sphinxext_apiplug.reference.render.bar import version_bar
from sphinxext_apiplug.reference.render.extension import extension_facts
from sphinxext_apiplug.reference.render.index import index_or_count, operation_index
from sphinxext_apiplug.reference.render.inline import as_given, facts, part, reference
from sphinxext_apiplug.reference.render.legend import legend
from sphinxext_apiplug.reference.render.operation import render_operation
from sphinxext_apiplug.reference.render.options import RenderOptions


def render_parts(
    inventory: Inventory, extension: Extension, parts: Sequence[Placed], options: RenderOptions
) -> list[nodes.Node]:
    """The extension's own page: facts, description, and its operations by part.

    The extension's title is the caller's to make.
    """
    operations = inventory.operations_of(extension.alias)
    return as_given(
        [
            *facts(extension_facts(inventory, extension, options)),
            *to_nodes(extension.description),
            *version_bar(inventory.api, operations, options),
            *_listed(inventory.api, parts, len(operations), options),
            *additions(inventory, extension, options),
        ]
    )


def render_part(
    inventory: Inventory, extension: Extension, shown: Part, options: RenderOptions
) -> list[nodes.Node]:
    """The page of a part: its operations, and whose they are.

    The part's title is the caller's to make.
    """
    api = inventory.api
    name = nodes.inline("", line(extension.name) or line(extension.alias))
    whole = reference(api, "ext", extension.alias, name)
    inner = msgspec.structs.replace(options, show_provider=False)
    return [
        *as_given(
            [
                *facts([[nodes.Text("part of "), whole]]),
                *version_bar(api, shown.operations, options),
                *operation_index(api, shown.operations),
                *legend(*shown.operations),
            ]
        ),
        *_sections(inventory, shown.operations, inner),
    ]


def _sections(
    inventory: Inventory, operations: Iterable[Operation], options: RenderOptions
) -> list[nodes.section]:
    return [render_operation(inventory, operation, options) for operation in operations]


def _listed(
    api: Api, parts: Iterable[Placed], total: int, options: RenderOptions
) -> list[nodes.Node]:
    found: list[nodes.Node] = []
    for shown, docname in parts:
        heading = part("", options, _page_link(docname, shown.title), deeper=0)
        heading["classes"].append("apiplug-extension")
        found += [heading, *index_or_count(api, shown.operations, total)]
    return found


def _page_link(docname: str, text: str) -> nodes.Element:
    target = f"/{docname}"
    content = nodes.inline("", line(text))
    named = {"refdomain": "std", "reftype": "doc", "reftarget": target}
    return addnodes.pending_xref("", content, refexplicit=True, refwarn=True, **named)
