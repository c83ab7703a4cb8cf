"""What an operation answers."""

from __future__ import annotations

from http import HTTPStatus

from docutils import nodes

from sphinxext_apiplug.inventory.model import Operation, Response
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.reference.markup import line, spans, to_inline
from sphinxext_apiplug.reference.render.inline import INFERRED, part, with_badges
from sphinxext_apiplug.reference.render.options import RenderOptions
from sphinxext_apiplug.reference.render.parameters import body_table
from sphinxext_apiplug.reference.render.versions import badges


def response_list(
    operation: Operation, within: VersionRange, options: RenderOptions
) -> list[nodes.Node]:
    """The status codes with their reasons, then the bodies that are known."""
    if not operation.responses:
        return []
    found: list[nodes.Node] = [
        part("Responses", options),
        nodes.definition_list(
            "",
            *(_status(response, within) for response in operation.responses),
            classes=["apiplug-responses"],
        ),
    ]
    for response in operation.responses:
        found += body_table(f"Response body {response.status}", response.payloads, within, options)
    return found


def reason(response: Response) -> str:
    """Why the code comes; begins with the code's own reason phrase."""
    text = line(response.description, 1000)
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        return text or "no reason given"
    if text.lower().startswith(phrase.lower()):
        return text
    return f"{phrase}: {text}" if text else phrase


def _status(response: Response, within: VersionRange) -> nodes.definition_list_item:
    marks = badges([response.versions], within)
    marks += (INFERRED,) if response.inferred else ()
    text = nodes.paragraph("", "", *to_inline(spans(reason(response))), *with_badges(*marks))
    group = f"apiplug-{response.status // 100}xx"
    status = nodes.literal("", str(response.status), classes=["apiplug-status", group])
    term = nodes.term("", "", status)
    return nodes.definition_list_item("", term, nodes.definition("", text))
