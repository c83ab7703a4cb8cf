"""Tables of parameters, request bodies and response bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from docutils import nodes

from sphinxext_apiplug.inventory.model import (
    Location,
    Operation,
    Parameter,
    Payload,
    Response,
)
from sphinxext_apiplug.inventory.shapes import is_nothing
from sphinxext_apiplug.inventory.timeline import fold, of_parameters
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.reference.markup import clean
from sphinxext_apiplug.reference.nodes import FieldRow, FieldTable
from sphinxext_apiplug.reference.render.fields import TableKind, field_row, field_rows
from sphinxext_apiplug.reference.render.inline import INFERRED, INFERRED_ROW, part, with_badges
from sphinxext_apiplug.reference.render.options import RenderOptions

_LOCATIONS: Final[tuple[tuple[Location, str], ...]] = (
    ("path", "Path"),
    ("query", "Query"),
    ("header", "Headers"),
)


def parameter_tables(
    operation: Operation, within: VersionRange, options: RenderOptions
) -> list[nodes.Node]:
    """A table for each place that parameters stand in."""
    found: list[nodes.Node] = []
    for location, label in _LOCATIONS:
        parameters = [item for item in operation.parameters if item.location == location]
        if not parameters:
            continue
        # One mark says it of all of them.
        deduced = [INFERRED] if all(item.inferred for item in parameters) else []
        rows = _parameter_rows(parameters, within, mark=not deduced)
        found.append(part(label, options, *with_badges(*deduced)))
        found.append(FieldTable.of(f"{label} parameters", rows))
    return found


def header_table(
    response: Response, within: VersionRange, options: RenderOptions
) -> list[nodes.Node]:
    """The headers of an answer; nothing if none is known."""
    if not response.headers:
        return []
    label = f"Response headers {response.status}"
    deduced = [INFERRED] if all(item.inferred for item in response.headers) else []
    like_parameters = [
        Parameter(
            name=item.name,
            location="header",
            schema=item.schema,
            description=item.description,
            versions=item.versions,
            inferred=item.inferred,
        )
        for item in response.headers
    ]
    rows = _parameter_rows(like_parameters, within, mark=not deduced)
    return [part(label, options, *with_badges(*deduced)), FieldTable.of(label, rows)]


def body_table(
    label: str,
    payloads: Sequence[Payload],
    within: VersionRange,
    options: RenderOptions,
    *,
    answer: bool = False,
) -> list[nodes.Node]:
    """The fields of a JSON body over all versions; nothing if it has no payload.

    :param answer: whether it is the body of a response
    """
    payloads = [item for item in payloads if not (answer and is_nothing(item.schema))]
    if not payloads:
        return []
    media = nodes.inline("", "application/json", classes=["apiplug-media"])
    inferred = [INFERRED] if all(payload.inferred for payload in payloads) else []
    heading = part(label, options, nodes.Text(" "), media, *with_badges(*inferred))
    rows = tuple(field_rows(fold(payloads, within), within, answer=answer))
    if not rows:
        return [heading, nodes.paragraph("", "A JSON object.", classes=["apiplug-note"])]
    return [heading, FieldTable.of(label, rows)]


def _parameter_rows(
    parameters: Sequence[Parameter], within: VersionRange, *, mark: bool
) -> Iterator[FieldRow]:
    """A row a name: parameters of one name differ in their versions.

    :param mark: whether to mark those that are deduced
    """
    for name in dict.fromkeys(parameter.name for parameter in parameters):
        same = [parameter for parameter in parameters if parameter.name == name]
        described = next((item.description for item in reversed(same) if item.description), "")
        for field in fold(of_parameters(same), within):
            row = field_row(field, TableKind(within), within)
            deduced = mark and all(item.inferred for item in same)
            marks = row.badges + ((INFERRED_ROW,) if deduced else ())
            text = clean(described) or row.description
            yield msgspec.structs.replace(row, badges=marks, description=text)
