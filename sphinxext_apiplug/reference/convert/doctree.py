"""Field tables as docutils' own nodes, for every writer but HTML's.

A definition list reads well in a terminal and a manual page and never runs out
of a printed page, as a table of long names would. It is flat, with paths for
names, because LaTeX and man limit how deep lists nest.
"""

from __future__ import annotations

from docutils import nodes

from sphinxext_apiplug.reference.markup import Span, spans, to_inline, to_nodes
from sphinxext_apiplug.reference.nodes import (
    Disclosure,
    FieldRow,
    FieldRows,
    Fold,
    StatusRow,
    StatusRows,
)


def table_nodes(table: FieldRows) -> list[nodes.Node]:
    """A definition list with an item for each field."""
    items = [_item(row) for row in table.rows]
    return [nodes.definition_list("", *items, classes=["apiplug-fields"])]


def status_nodes(statuses: StatusRows) -> list[nodes.Node]:
    """A definition list with an item for each status code."""
    items = [_status(row) for row in statuses.rows]
    return [nodes.definition_list("", *items, classes=["apiplug-responses"])]


def disclosure_nodes(disclosure: Disclosure) -> list[nodes.Node]:
    """The content, not folded, under its label; nothing if it is a repetition."""
    if disclosure.get("repeats"):
        return []
    return [nodes.paragraph("", disclosure["label"] + ":"), *disclosure.children]


def bracket_badges(document: nodes.document) -> None:
    """Set badges off from the text before them, where they have no frame."""
    for mark in document.findall(nodes.Element):
        if "apiplug-badge" in mark["classes"]:
            mark[:] = [nodes.Text(f"[{mark.astext()}]")]
            # These writers would spell the title out each time; the legend says it.
            mark.attributes.pop("explanation", None)


def _item(row: FieldRow) -> nodes.definition_list_item:
    term = nodes.term("", "", nodes.literal("", row.parent + row.name))
    described = to_nodes(row.description)
    notes = [nodes.paragraph("", "", *to_inline(note)) for note in row.notes]
    folded = [node for fold in row.folded for node in _fold(fold)]
    first = nodes.paragraph("", _remarks(row))
    definition = nodes.definition("", first, *described, *notes, *folded)
    return nodes.definition_list_item("", term, definition)


def _fold(fold: Fold) -> list[nodes.Node]:
    if len(fold.content) == 1:
        content = to_inline((Span(f"{fold.label}: "), *fold.content[0]))
        return [nodes.paragraph("", "", *content)]
    label = nodes.paragraph("", f"{fold.label}:")
    return [label, *(nodes.paragraph("", "", *to_inline(note)) for note in fold.content)]


def _status(row: StatusRow) -> nodes.definition_list_item:
    text = nodes.paragraph("", "", *to_inline(spans(row.description)))
    for badge in row.badges:
        text += [nodes.Text(" "), nodes.inline("", badge.text, classes=["apiplug-badge"])]
    term = nodes.term("", "", nodes.literal("", str(row.status)))
    return nodes.definition_list_item("", term, nodes.definition("", text))


def _remarks(row: FieldRow) -> str:
    """Never empty: some writers run an empty definition into what comes next."""
    marks = [row.type or "any type", row.mark]
    marks += [badge.text for badge in row.badges]
    return ", ".join(mark for mark in marks if mark)
