"""Field tables as docutils' own nodes, for every writer but HTML's.

A definition list reads well in a terminal and a manual page and never runs out
of a printed page, as a table of long names would. It is flat, with paths for
names, because LaTeX and man limit how deep lists nest.
"""

from __future__ import annotations

from docutils import nodes

from sphinxext_apiplug.reference.markup import to_inline, to_nodes
from sphinxext_apiplug.reference.nodes import Disclosure, FieldRow, FieldTable


def table_nodes(table: FieldTable) -> list[nodes.Node]:
    """A definition list with an item for each field."""
    items = [_item(row) for row in table.rows.rows]
    return [nodes.definition_list("", *items, classes=["apiplug-fields"])]


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
    definition = nodes.definition("", nodes.paragraph("", _remarks(row)), *described, *notes)
    return nodes.definition_list_item("", term, definition)


def _remarks(row: FieldRow) -> str:
    """Never empty: some writers run an empty definition into what comes next."""
    marks = [row.type or "any type", "required" * row.required]
    marks += [badge.text for badge in row.badges]
    return ", ".join(mark for mark in marks if mark)
