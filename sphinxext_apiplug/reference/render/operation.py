"""One operation as a section."""

from __future__ import annotations

from docutils import nodes

from sphinxext_apiplug.inventory.model import Inventory, Operation
from sphinxext_apiplug.reference.markup import to_nodes
from sphinxext_apiplug.reference.nodes import Only
from sphinxext_apiplug.reference.render.commands import command_part
from sphinxext_apiplug.reference.render.errors import errors_note
from sphinxext_apiplug.reference.render.example import example_part
from sphinxext_apiplug.reference.render.facts import notices, operation_facts
from sphinxext_apiplug.reference.render.legend import legend
from sphinxext_apiplug.reference.render.options import RenderOptions
from sphinxext_apiplug.reference.render.parameters import body_table, parameter_tables
from sphinxext_apiplug.reference.render.responses import response_list
from sphinxext_apiplug.reference.render.signature import signature, title, title_text
from sphinxext_apiplug.reference.render.source import served_by
from sphinxext_apiplug.reference.render.versions import api_range, attribute, operation_range


def render_operation(
    inventory: Inventory, operation: Operation, options: RenderOptions
) -> nodes.section:
    """Everything that is known of an operation.

    :return: a section with the operation's id as its anchor; its attribute
        ``apiplug_object`` is ``("op", id, title)``
    """
    api = inventory.api
    within = operation_range(api, operation)
    section = nodes.section("", ids=[operation.id], classes=["apiplug-operation"])
    section["support_smartquotes"] = False
    section["apiplug_object"] = ("op", operation.id, title_text(operation))
    versions = attribute([within], api_range(api))
    section += [
        title(operation),
        *([Only("", versions=versions)] if versions else []),
        signature(api, operation),
        *operation_facts(inventory, operation, options),
        *notices(operation),
        *to_nodes(operation.description),
        *parameter_tables(operation, within, options),
        *body_table("Request body", operation.request, within, options),
        *response_list(operation, within, options),
        *errors_note(api, operation),
        *example_part(api, operation, within, options),
        *command_part(operation, within, options),
        served_by(api, operation.handler),
        *(legend(operation) if options.show_provider else ()),
    ]
    return section
