"""What a whole API answers when it refuses: told once, and linked to."""

from __future__ import annotations

from typing import Final

from docutils import nodes

from sphinxext_apiplug.inventory.model import Api, Inventory, Operation, Payload, Response
from sphinxext_apiplug.reference.markup import to_nodes
from sphinxext_apiplug.reference.nodes import Badge
from sphinxext_apiplug.reference.render.inline import as_given, reference
from sphinxext_apiplug.reference.render.options import RenderOptions
from sphinxext_apiplug.reference.render.parameters import body_table
from sphinxext_apiplug.reference.render.versions import api_range

#: Marks what the service answers before any extension is asked.
COMMON: Final = Badge(
    "service", "from", "the service answers so before any extension is asked, whatever the call"
)

#: The name of the section in the domain; an API has one.
NAME: Final = "errors"

_TITLE: Final = "Errors"
_FIRST: Final = 400


def render_errors(inventory: Inventory, options: RenderOptions) -> list[nodes.section]:
    """The body that errors have, as a section; nothing if none is known.

    :return: its attribute ``apiplug_object`` is ``("errors", "errors", title)``
    """
    schema = inventory.api.fault_schema
    if schema is None:
        return []
    section = nodes.section("", nodes.title("", _TITLE), ids=[NAME])
    section["apiplug_object"] = ("errors", NAME, _TITLE)
    text = "Unless an operation says otherwise, every status code from 400 on has this body."
    payloads = (Payload(schema=schema),)
    described = schema.get("description", "") if isinstance(schema, dict) else ""
    section += [
        nodes.paragraph("", text),
        *to_nodes(described),
        *body_table("Error body", payloads, api_range(inventory.api), options, answer=True),
    ]
    as_given([section])
    return [section]


def errors_note(api: Api, operation: Operation) -> list[nodes.Node]:
    """A link to the section, for an operation that may answer with such a body."""
    if api.fault_schema is None or not any(map(_is_plain, operation.responses)):
        return []
    link = reference(api, "errors", NAME, nodes.inline("", "the same body"))
    text = nodes.paragraph("", "", nodes.Text("All errors have "), link, nodes.Text("."))
    if any(_is_special(item) for item in operation.responses):
        text[0] = nodes.Text("All other errors have ")
    text["classes"].append("apiplug-note")
    return [text]


def _is_plain(response: Response) -> bool:
    return response.status >= _FIRST and not response.payloads


def _is_special(response: Response) -> bool:
    return response.status >= _FIRST and bool(response.payloads)
