"""The two nodes of our own, and the data in them.

No writer ever meets them: :mod:`.convert` turns them into raw HTML, or into
docutils' own nodes, before a document is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec
from docutils import nodes
from sphinx import addnodes

from sphinxext_apiplug.reference.markup import Spans

BadgeKind = Literal["since", "until", "from", "inferred"]


class Badge(msgspec.Struct, frozen=True):
    """A short remark beside a name; *title* explains it where there is room."""

    text: str
    kind: BadgeKind
    title: str = ""


class FieldRow(msgspec.Struct, frozen=True, kw_only=True):
    """One field, ready to be shown: every text in it is clean.

    :ivar parent: path of the field that this one is in, as in ``servers[].``;
        empty at the top
    :ivar depth: how many fields it is in
    :ivar notes: bounds, default and what was otherwise in older versions
    """

    name: str
    parent: str = ""
    depth: int = 0
    type: str = ""
    required: bool = False
    badges: tuple[Badge, ...] = ()
    description: str = ""
    notes: tuple[Spans, ...] = ()

    def __str__(self) -> str:
        marks = [self.type, "required" * self.required, *(badge.text for badge in self.badges)]
        notes = ["".join(span.text for span in note) for note in self.notes]
        texts = [self.description, *notes]
        remarks = ", ".join(mark for mark in marks if mark)
        return f"{self.parent}{self.name} ({remarks}) " + "; ".join(text for text in texts if text)


class FieldRows(msgspec.Struct, frozen=True):
    """The rows of one table, and what they are, as in "Request body"."""

    label: str
    rows: tuple[FieldRow, ...]

    def __str__(self) -> str:
        return " | ".join([self.label, *(str(row).strip() for row in self.rows)])


class FieldTable(nodes.General, nodes.Element, addnodes.translatable):
    """A table of fields, however long, as one node: ``table["rows"]``."""

    @classmethod
    def of(cls, label: str, rows: Iterable[FieldRow]) -> FieldTable:
        """Make one of a label and rows."""
        return cls("", rows=FieldRows(label, tuple(rows)))

    @property
    def rows(self) -> FieldRows:
        """What is in the table."""
        rows: FieldRows = self["rows"]
        return rows

    def astext(self) -> str:
        """The table's words."""
        return str(self.rows)

    def preserve_original_messages(self) -> None:
        """Keep the descriptions for the message catalogues."""
        texts = (row.description for row in self.rows.rows)
        self.setdefault("messages", tuple(dict.fromkeys(text for text in texts if text)))

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Put a translated description in place of the original."""
        rows = (
            msgspec.structs.replace(row, description=translated_message)
            if row.description == original_message
            else row
            for row in self.rows.rows
        )
        self["rows"] = FieldRows(self.rows.label, tuple(rows))

    def extract_original_messages(self) -> tuple[str, ...]:
        """The descriptions; none of a table that stands in no source file."""
        messages: tuple[str, ...] = self.get("messages", ())
        return messages if self.source else ()


class Disclosure(nodes.General, nodes.Element):
    """Content that HTML folds away under ``node["label"]``.

    Where nothing folds, content that only ``repeats`` what stands nearby is
    left out.
    """
