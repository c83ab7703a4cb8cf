"""What an operation answers."""

from __future__ import annotations

from http import HTTPStatus

from docutils import nodes

from sphinxext_apiplug.inventory.model import Operation, Response
from sphinxext_apiplug.inventory.shapes import is_nothing
from sphinxext_apiplug.inventory.versions import VersionRange, merge
from sphinxext_apiplug.reference.markup import line
from sphinxext_apiplug.reference.nodes import StatusList, StatusRow
from sphinxext_apiplug.reference.render.errors import COMMON
from sphinxext_apiplug.reference.render.example import written_answers
from sphinxext_apiplug.reference.render.inline import INFERRED_ROW, part
from sphinxext_apiplug.reference.render.options import RenderOptions
from sphinxext_apiplug.reference.render.parameters import body_table, header_table
from sphinxext_apiplug.reference.render.versions import attribute, badges, words


def response_list(
    operation: Operation, within: VersionRange, options: RenderOptions
) -> list[nodes.Node]:
    """The status codes with their reasons, then the bodies that are known."""
    if not operation.responses:
        return []
    found: list[nodes.Node] = [
        part("Responses", options),
        StatusList.of(_status(response, within) for response in operation.responses),
    ]
    for response in operation.responses:
        found += header_table(response, within, options)
        label = f"Response body {response.status}"
        found += body_table(label, response.payloads, within, options, answer=True)
        found += written_answers(response, within, options)
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


def _status(response: Response, within: VersionRange) -> StatusRow:
    marks = badges([response.versions], within)
    return StatusRow(
        status=response.status,
        description=reason(response) + _without_body(response, within),
        badges=marks
        + ((INFERRED_ROW,) if response.inferred else ())
        + ((COMMON,) if response.common else ()),
        versions=attribute([response.versions], within),
    )


def _without_body(response: Response, within: VersionRange) -> str:
    """Say that an answer has no body, and in which versions; empty if it has, or may have one."""
    nothing = [item.versions for item in response.payloads if is_nothing(item.schema)]
    if not nothing:
        return ""
    served = response.versions.intersect(within) or within
    ranges = [words(item, served) for item in merge(nothing)]
    return "; ".join(["", *(f"no body {text}".rstrip() for text in ranges)])
