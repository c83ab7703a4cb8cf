"""The nodes of our own, and the data in them.

No writer ever meets them, but HTML's :class:`Html`: :mod:`.convert` turns them into raw
HTML, or into docutils' own nodes, before a document is written.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable
from typing import Any, Final, Literal

import msgspec
from docutils import nodes
from sphinx import addnodes

from sphinxext_apiplug.reference.markup import Spans

_PROTOCOL: Final = 5
# The quickest one takes most of what can be taken.
_LEVEL: Final = 1

BadgeKind = Literal["since", "until", "changed", "from", "inferred"]

#: Class of nodes that make entries of the general index.
INDEX_ENTRY: Final = "apiplug-index-entry"

#: What is said of a field that must be sent, or that an answer may lack.
Mark = Literal["", "required", "not always"]


class Badge(msgspec.Struct, frozen=True, array_like=True):
    """A short remark beside a name; *title* explains it where there is room."""

    text: str
    kind: BadgeKind
    title: str = ""


class Fold(msgspec.Struct, frozen=True, array_like=True):
    """Content that HTML folds away under a label; nothing of it is left out elsewhere."""

    label: str
    content: tuple[Spans, ...]

    def __str__(self) -> str:
        return f"{self.label}: " + "; ".join(map(plain_text, self.content))


class FieldRow(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One field, ready to be shown: every text in it is clean.

    :ivar parent: path of the field that this one is in, as in ``servers[].``;
        empty at the top
    :ivar depth: how many fields it is in
    :ivar notes: bounds, default and what was otherwise in older versions
    :ivar folded: remarks too long to stand open
    :ivar versions: those that have it, as :func:`.render.versions.attribute` writes
        them; empty if all do
    :ivar states: the row as it is in each of the versions between which it
        changes; for a reader who has chosen one of them
    """

    name: str
    parent: str = ""
    depth: int = 0
    type: str = ""
    mark: Mark = ""
    badges: tuple[Badge, ...] = ()
    description: str = ""
    notes: tuple[Spans, ...] = ()
    folded: tuple[Fold, ...] = ()
    versions: str = ""
    states: tuple[FieldRow, ...] = ()

    def __str__(self) -> str:
        marks = [self.type, self.mark, *(badge.text for badge in self.badges)]
        texts = [self.description, *map(plain_text, self.notes), *map(str, self.folded)]
        remarks = ", ".join(mark for mark in marks if mark)
        return f"{self.parent}{self.name} ({remarks}) " + "; ".join(text for text in texts if text)


class FieldRows(msgspec.Struct, frozen=True, array_like=True):
    """The rows of one table, and what they are, as in "Request body".

    :ivar column: what each row is about
    """

    label: str
    rows: tuple[FieldRow, ...]
    column: str = "Field"

    def __str__(self) -> str:
        return " | ".join([self.label, *(str(row).strip() for row in self.rows)])


class StatusRow(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One status code, ready to be shown.

    :ivar description: why it comes; it may hold ````literals````
    :ivar versions: as in :class:`FieldRow`
    """

    status: int
    description: str
    badges: tuple[Badge, ...] = ()
    versions: str = ""

    def __str__(self) -> str:
        return " ".join([str(self.status), self.description, *(item.text for item in self.badges)])


class StatusRows(msgspec.Struct, frozen=True, array_like=True):
    """The status codes of one operation."""

    rows: tuple[StatusRow, ...]

    def __str__(self) -> str:
        return " | ".join(map(str, self.rows))


class Packed(msgspec.Struct, frozen=True):
    """Rows as bytes: a doctree is kept, pickled and looked through many times.

    As objects, the rows of a large site took most of its memory.
    """

    kind: type[FieldRows | StatusRows]
    data: bytes

    @classmethod
    def of(cls, rows: FieldRows | StatusRows) -> Packed:
        """Pack rows."""
        return cls(type(rows), msgspec.msgpack.encode(rows))

    def rows(self) -> Any:
        """What was packed."""
        return msgspec.msgpack.decode(self.data, type=self.kind)

    def __str__(self) -> str:
        return str(self.rows())


class _Table(nodes.General, nodes.Element, addnodes.translatable):
    """Rows that each have a description, however many, as one node."""

    def astext(self) -> str:
        """The table's words."""
        return str(self["rows"])

    def preserve_original_messages(self) -> None:
        """Nothing to do: the rows have them until one is translated."""

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Put a translated description in place of the original."""
        table = self["rows"].rows()
        self.setdefault("messages", _messages(table.rows))
        rows = tuple(
            msgspec.structs.replace(row, description=translated_message)
            if row.description == original_message
            else row
            for row in table.rows
        )
        self["rows"] = Packed.of(msgspec.structs.replace(table, rows=rows))

    def extract_original_messages(self) -> tuple[str, ...]:
        """The descriptions; none of a table that stands in no source file."""
        return self.original_messages() if self.source else ()

    def original_messages(self) -> tuple[str, ...]:
        """The descriptions as they were before any of them was translated."""
        messages: tuple[str, ...] = self.get("messages") or _messages(self["rows"].rows().rows)
        return messages


def _messages(rows: Iterable[FieldRow | StatusRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.description for row in rows if row.description))


class FieldTable(_Table):
    """A table of fields, as one node."""

    @classmethod
    def of(cls, label: str, rows: Iterable[FieldRow], column: str = "Field") -> FieldTable:
        """Make one of a label and rows."""
        return cls("", rows=Packed.of(FieldRows(label, tuple(rows), column)))

    @property
    def rows(self) -> FieldRows:
        """What is in the table."""
        rows: FieldRows = self["rows"].rows()
        return rows


class StatusList(_Table):
    """The status codes of an operation, as one node."""

    @classmethod
    def of(cls, rows: Iterable[StatusRow]) -> StatusList:
        """Make one of rows."""
        return cls("", rows=Packed.of(StatusRows(tuple(rows))))

    @property
    def rows(self) -> StatusRows:
        """What is in the list."""
        rows: StatusRows = self["rows"].rows()
        return rows


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """A stretch of clean text, and the address it leads to; nowhere if *url* is empty."""

    text: str
    url: str = ""


class CommitRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One commit, ready to be shown.

    :ivar mentions: bugs and reviews that the rest of its message names
    :ivar commit: its short hash; ``None`` where that isn't known
    """

    subject: tuple[Stretch, ...]
    mentions: tuple[Stretch, ...] = ()
    commit: Stretch | None = None

    def __str__(self) -> str:
        return "".join(item.text for item in self.subject)


class CommitList(nodes.General, nodes.Element):
    """Commits, however many, as one node; a history may have some ten thousand."""

    @classmethod
    def of(cls, rows: Iterable[CommitRow]) -> CommitList:
        """Make one of rows."""
        # As bytes: documents are pickled and loaded several times.
        return cls("", rows=msgspec.msgpack.encode(tuple(rows)))

    @property
    def rows(self) -> tuple[CommitRow, ...]:
        """What is in the list."""
        return msgspec.msgpack.decode(self["rows"], type=tuple[CommitRow, ...])

    def astext(self) -> str:
        """The subjects."""
        return "\n".join(map(str, self.rows))


class Html(nodes.General, nodes.Element):
    """The text ``node["html"]``, of which the search finds the words that are in it as nodes."""


class Disclosure(nodes.General, nodes.Element):
    """Content that HTML folds away under ``node["label"]``.

    Where nothing folds, content that only ``repeats`` what stands nearby is
    left out. It may hold in some ``node["versions"]`` alone.
    """


class Scope(nodes.General, nodes.Element):
    """Content that holds in ``node["versions"]``; its headers name ``node["asked"]``."""


class Only(nodes.Inline, nodes.Element):
    """Says of the section or list item that it stands in which ``node["versions"]`` have it."""


class Late(nodes.General, nodes.Element, addnodes.translatable):
    """Stands for other nodes until a page is written; they are packed in it."""

    @classmethod
    def of(cls, content: Iterable[nodes.Node]) -> Late:
        """Put nodes away."""
        return cls("", content=_pickled(content))

    @property
    def content(self) -> list[nodes.Node]:
        """The nodes, made anew each time."""
        packed = zlib.decompress(self["content"])
        content: list[nodes.Node] = pickle.loads(packed)  # noqa: S301 - our own
        return content

    def astext(self) -> str:
        """The words of what it stands for."""
        return "\n\n".join(item.astext() for item in self.content)

    def preserve_original_messages(self) -> None:
        """Nothing to do: the tables keep them."""

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Let each table put the translation in place."""
        content = self.content
        for table in _tables(content):
            table.apply_translated_message(original_message, translated_message)
        self["content"] = _pickled(content)

    def extract_original_messages(self) -> tuple[str, ...]:
        """Those of the tables; none of what stands in no source file."""
        found = (table.original_messages() for table in _tables(self.content))
        messages = tuple(dict.fromkeys(text for texts in found for text in texts))
        return messages if self.source else ()


def _pickled(content: Iterable[nodes.Node]) -> bytes:
    # Sphinx has each doctree in memory twice until its page is written.
    return zlib.compress(pickle.dumps(list(content), _PROTOCOL), _LEVEL)


def _tables(content: Iterable[nodes.Node]) -> list[_Table]:
    return [item for item in content if isinstance(item, _Table)]


class VersionBar(nodes.General, nodes.Element):
    """Where a script puts the choice of a version, one of ``node["choices"]``.

    :ivar parameter: ``node["parameter"]`` names the choice in addresses
    """


def plain_text(content: Spans) -> str:
    """The words of some spans."""
    return "".join(span.text for span in content)
