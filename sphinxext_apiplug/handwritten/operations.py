"""The operations that one file of a hand-written reference describes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import msgspec

from sphinxext_apiplug.handwritten.blocks import Directive, Line, Section
from sphinxext_apiplug.handwritten.model import (
    Chapter,
    Code,
    Entry,
    Fault,
    Half,
    Method,
    Place,
    Row,
    Sample,
    Written,
)

_ROW: Final = re.compile(r"^\s*-\s+(?P<name>\S.*?)\s*:\s+(?P<key>\S+)\s*$")
_STATUS: Final = re.compile(r"^\s*-\s*(\d{3})\b")
_OPTION: Final = re.compile(r"^\s*(min_version|max_version):\s*(\S+)\s*$")
_METHOD: Final = re.compile(r"(?P<method>[A-Za-z]+)\s+(?P<path>/\S*|[\w{][^\s:/]*/\S*)$")
# Directives that say what they are about beside their name, or right below it.
_ARGUED: Final = ("rest_method", "rest_parameters", "rest_status_code", "literalinclude")
_ACTION: Final = re.compile(r"\(\s*([\w-]+)\s+Action\s*\)", re.IGNORECASE)
_PROSE_CODES: Final = re.compile(r"^(normal|error)\s+response\s+codes?\b", re.IGNORECASE)
# No part of a number, nor of a version as in "until 2.100".
_CODE: Final = re.compile(r"(?<![\d.])([1-5]\d\d)(?!\d)")
# A reference that has no option for it says in words when an operation came.
_AVAILABLE: Final = re.compile(
    r"^(?:.*\b(?:this|the)\b.*\b)?available\s+(?:starting\s+with|starting\s+from|since|from|as\s+of)"
    r"\s+(?:the\s+)?(?:API\s+)?(?:micro)?version\s+(\d+\.\d+)",
    re.IGNORECASE,
)
# What stands above a sample, and says nothing without it.
_CAPTION: Final = re.compile(r"^\s*\*\*Example\b.*\*\*:?\s*$", re.IGNORECASE)
_HALVES: Final[tuple[Half, ...]] = ("request", "response")
_SAMPLE_HALF: Final = re.compile(r"[-_](req|resp)(?:uest|onse)?(?![a-z])", re.IGNORECASE)


class Source(NamedTuple):
    """The file that is read, and what its tables refer to.

    :ivar name: as places name the file
    :ivar folder: in which the file lies, relative to the tree; empty at its top
    :ivar entries: file of parameters, as tables name it -> its entries
    """

    name: str
    folder: str
    entries: Mapping[str, Mapping[str, Entry]]

    def place(self, line: int) -> Place:
        """A line of this file."""
        return Place(file=self.name, line=line)


class _Reading:
    """What was found below one heading so far."""

    def __init__(self) -> None:
        self.methods: list[Method] = []
        self.rows: list[Row] = []
        self.codes: dict[int, Code] = {}
        self.samples: list[Sample] = []
        self.text: list[str] = []
        self.faults: list[Fault] = []


def read(root: Section, source: Source) -> tuple[list[Written], list[Fault]]:
    """The operations of a file, and what could not be read.

    A section with a ``rest_method`` of its own is an operation; the sections below it
    belong to it, unless they have one too.
    """
    found: list[Written] = []
    faults: list[Fault] = []
    for section, chapter in _with_chapters(root, ""):
        if not _has_method(section):
            continue
        reading = _Reading()
        _collect(section, "", source, reading)
        faults += reading.faults
        if reading.methods:
            found.append(_written(section, chapter, source, reading))
    return found, faults


def chapters(root: Section, source: Source) -> Iterator[Chapter]:
    """The sections with words of their own whose subsections describe operations."""
    for section in root.walk():
        if not section.title or _has_method(section):
            continue
        reading = _Reading()
        for item in section.items:
            if isinstance(item, Directive):
                _directive(item, "", source, reading)
            else:
                reading.text.append(item.text)
        text = "\n".join(reading.text).strip()
        if text and any(map(_has_method, section.sections)):
            yield Chapter(title=section.title, place=source.place(section.line), text=text)


def _with_chapters(section: Section, chapter: str) -> Iterator[tuple[Section, str]]:
    yield section, chapter
    for below in section.sections:
        yield from _with_chapters(below, section.title or chapter)


def _has_method(section: Section) -> bool:
    return any(
        isinstance(item, Directive) and item.name == "rest_method" for item in section.items
    )


def _written(section: Section, chapter: str, source: Source, reading: _Reading) -> Written:
    action = _ACTION.search(section.title)
    return Written(
        title=section.title,
        place=source.place(section.line),
        methods=tuple(_dated(reading)),
        chapter=chapter,
        text="\n".join(reading.text).strip("\n"),
        action=action[1] if action else None,
        rows=tuple(reading.rows),
        codes=tuple(reading.codes.values()),
        samples=tuple(reading.samples),
    )


def _dated(reading: _Reading) -> Iterator[Method]:
    """The methods, since the version that the text says where they don't say one."""
    said = next(filter(None, map(_AVAILABLE.match, reading.text)), None)
    for method in reading.methods:
        yield (
            msgspec.structs.replace(method, since=said[1]) if said and not method.since else method
        )


def _collect(section: Section, half: Half, source: Source, reading: _Reading) -> None:
    """Take what stands in a section and, but for other operations, below it."""
    codes = ""
    for item in section.items:
        if isinstance(item, Directive):
            _directive(item, half, source, reading)
            codes = ""
            continue
        codes = _prose(item, codes, source, reading)
        if not codes and not _CAPTION.match(item.text):
            reading.text.append(item.text)
    for below in section.sections:
        if not _has_method(below):
            _collect(below, _half_of(below.title) or half, source, reading)


def _half_of(title: str) -> Half:
    word = title.partition(" ")[0].lower()
    return next((half for half in _HALVES if word == half), "")


def _prose(line: Line, codes: str, source: Source, reading: _Reading) -> str:
    """Take the codes of a paragraph such as ``Error response codes: conflict(409)``.

    :param codes: the paragraph's first word if one is being read
    :return: the same for the next line
    """
    begun = _PROSE_CODES.match(line.text.strip())
    if begun is not None:
        codes = begun[1]
    elif not line.text.strip():
        return ""
    if codes:
        for status in map(int, _CODE.findall(line.text)):
            reading.codes.setdefault(status, Code(status=status, place=source.place(line.number)))
    return codes


def _directive(item: Directive, half: Half, source: Source, reading: _Reading) -> None:
    item = _with_argument(item)
    match item.name:
        case "rest_method":
            _method(item, source, reading)
        case "rest_parameters":
            _rows(item, half, source, reading)
        case "rest_status_code":
            for line in item.content:
                if (found := _STATUS.match(line.text)) is not None:
                    code = Code(status=int(found[1]), place=source.place(line.number))
                    reading.codes.setdefault(code.status, code)
        case "literalinclude" if item.argument.endswith(".json"):
            reading.samples.append(_sample(item, half, source))
        case _:
            reading.text += _unread(item)


def _with_argument(item: Directive) -> Directive:
    """The directive with what stands right below it as its argument, if it has none beside it."""
    if item.argument or item.name not in _ARGUED or not item.content:
        return item
    first = item.content[0].text.strip()
    if not first or first.startswith((":", "-")):
        return item
    return item._replace(argument=first, content=item.content[1:])


def _unread(item: Directive) -> Iterator[str]:
    """A directive that is prose, as it was written."""
    yield f".. {item.name}:: {item.argument}".rstrip()
    yield from (line.text for line in item.content)


def _method(item: Directive, source: Source, reading: _Reading) -> None:
    found = _METHOD.match(item.argument)
    if found is None:
        message = f"rest_method says {item.argument!r}, not a method and a path"
        reading.faults.append(Fault(message=message, place=source.place(item.line)))
        return
    path = found["path"]
    if not path.startswith("/"):
        message = f"the path {path!r} doesn't begin with a slash"
        reading.faults.append(Fault(message=message, place=source.place(item.line)))
        path = f"/{path}"
    options = {match[1]: match[2] for line in item.content if (match := _OPTION.match(line.text))}
    reading.methods.append(
        Method(
            method=found["method"].upper(),
            path=path,
            place=source.place(item.line),
            since=options.get("min_version"),
            until=options.get("max_version"),
        )
    )


def _rows(item: Directive, half: Half, source: Source, reading: _Reading) -> None:
    entries = source.entries.get(item.argument)
    if entries is None:
        message = f"there is no file {item.argument!r}"
        reading.faults.append(Fault(message=message, place=source.place(item.line)))
        return
    for line in item.content:
        place = source.place(line.number)
        found = _ROW.match(line.text)
        if found is not None:
            name, key = found["name"].strip("'\""), found["key"].strip("'\"")
            entry = entries.get(key)
            reading.rows.append(Row(name=name, key=key, place=place, half=half, entry=entry))
            if entry is None:
                message = f"{item.argument} has no entry {key!r}"
                reading.faults.append(Fault(message=message, place=place))
        elif line.text.strip() and not line.text.strip().startswith((":", "#", "..")):
            message = f"{line.text.strip()!r} is not a row '- name: entry'"
            reading.faults.append(Fault(message=message, place=place))


def _sample(item: Directive, half: Half, source: Source) -> Sample:
    said = _SAMPLE_HALF.search(item.argument)
    if said is not None:
        half = "request" if said[1].lower() == "req" else "response"
    # A leading slash means the tree's folder, as in Sphinx.
    inside = source.folder and not item.argument.startswith("/")
    file = f"{source.folder}/{item.argument}" if inside else item.argument.lstrip("/")
    return Sample(file=file, place=source.place(item.line), half=half)
