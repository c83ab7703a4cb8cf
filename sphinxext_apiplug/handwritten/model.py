"""What a hand-written reference says, and where it says so."""

from __future__ import annotations

from typing import Literal

import msgspec

#: Which half of a call a table, a code or a sample is about; empty where it isn't said.
Half = Literal["request", "response", ""]


class _Model(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all types of the model share; each says again what isn't inherited."""


class Place(_Model, frozen=True, kw_only=True):
    """A line of a file of the tree.

    :ivar file: the path as it was reached from the folder that was given, with slashes
    :ivar line: counted from 1
    """

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Entry(_Model, frozen=True, kw_only=True):
    """One parameter of a YAML file.

    :ivar location: ``path``, ``query``, ``header`` or ``body``, as it is written
    :ivar required: ``None`` where the file doesn't say, or not with a truth value
    :ivar description: reStructuredText
    :ivar since: the microversion in which the parameter came, as it is written
    :ivar until: the last microversion that has it
    """

    name: str
    place: Place
    location: str = ""
    type: str = ""
    required: bool | None = None
    description: str = ""
    since: str | None = None
    until: str | None = None


class Row(_Model, frozen=True, kw_only=True):
    """A line of a parameter table.

    :ivar name: of the parameter, as a caller writes it
    :ivar key: the entry that describes it
    :ivar entry: ``None`` where the YAML file has none of that key
    """

    name: str
    key: str
    place: Place
    half: Half = ""
    entry: Entry | None = None


class Code(_Model, frozen=True, kw_only=True):
    """A status code that is written down for an operation."""

    status: int
    place: Place


class Sample(_Model, frozen=True, kw_only=True):
    """A JSON file that is shown with an operation.

    :ivar file: its path from the folder that was given, with slashes
    """

    file: str
    place: Place
    half: Half = ""


class Method(_Model, frozen=True, kw_only=True):
    """The method and path of an operation, as they are written.

    :ivar since: what its ``min_version`` says
    :ivar until: what its ``max_version`` says
    """

    method: str
    path: str
    place: Place
    since: str | None = None
    until: str | None = None


class Written(_Model, frozen=True, kw_only=True):
    """A section that describes one operation, or several that share its text.

    :ivar title: of the section, without its markup
    :ivar chapter: title of the section above it; empty if there is none
    :ivar text: the section's words, reStructuredText, without what is data elsewhere here
    :ivar action: the action that the title names
    """

    title: str
    place: Place
    methods: tuple[Method, ...]
    chapter: str = ""
    text: str = ""
    action: str | None = None
    rows: tuple[Row, ...] = ()
    codes: tuple[Code, ...] = ()
    samples: tuple[Sample, ...] = ()


class Chapter(_Model, frozen=True, kw_only=True):
    """A section whose subsections describe operations.

    :ivar text: its own words, reStructuredText
    """

    title: str
    place: Place
    text: str


class Fault(_Model, frozen=True, kw_only=True):
    """Something that could not be read."""

    message: str
    place: Place


class Tree(_Model, frozen=True, kw_only=True):
    """A whole reference.

    :ivar operations: in the order of files and lines
    :ivar chapters: that have words of their own, likewise
    :ivar entries: all parameters of all YAML files that tables name
    """

    operations: tuple[Written, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()
