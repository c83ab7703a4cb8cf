"""A file of reStructuredText as a tree of sections with their directives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_ADORNMENT: Final = re.compile(r"""^([!-/:-@[-`{-~])\1{2,}\s*$""")
_DIRECTIVE: Final = re.compile(r"^\.\. ([A-Za-z][\w-]*)::(?:\s+(.*))?$")
_LABEL: Final = re.compile(r"^\.\. _[^:]+:\s*$")
_COMMENT: Final = re.compile(r"^\.\.(\s|$)")


class Line(NamedTuple):
    """A line of a file; *number* counts from 1."""

    number: int
    text: str


class Directive(NamedTuple):
    """A directive at the left margin, with what is indented below it."""

    name: str
    argument: str
    line: int
    content: tuple[Line, ...]


class Section:
    """A heading and what stands below it, up to the next one of its level.

    :ivar level: 1 is the highest; the part of a file before its first heading is 0
    :ivar items: lines and directives in their order
    """

    def __init__(self, title: str, level: int, line: int) -> None:
        self.title = title
        self.level = level
        self.line = line
        self.items: list[Line | Directive] = []
        self.sections: list[Section] = []

    def walk(self) -> Iterator[Section]:
        """The section itself and all below it."""
        yield self
        for section in self.sections:
            yield from section.walk()


def parse(text: str) -> Section:
    """Split a file into sections.

    :return: what stands before the first heading, with all sections below it
    """
    lines = [line.expandtabs(8).rstrip() for line in text.splitlines()]
    root = Section("", 0, 1)
    stack = [root]
    styles: list[tuple[str, bool]] = []
    index = 0
    while index < len(lines):
        heading = _heading(lines, index)
        if heading is not None:
            title, style, taken = heading
            if style not in styles:
                styles.append(style)
            line = index + (2 if style[1] else 1)
            _open(stack, Section(title, styles.index(style) + 1, line))
            index += taken
            continue
        item, index = _item(lines, index)
        if item is not None:
            stack[-1].items.append(item)
    return root


def _open(stack: list[Section], section: Section) -> None:
    while stack[-1].level >= section.level:
        stack.pop()
    stack[-1].sections.append(section)
    stack.append(section)


def _heading(lines: Sequence[str], index: int) -> tuple[str, tuple[str, bool], int] | None:
    """Title, style (character, overlined) and number of lines of the heading here."""
    here, below, after = [*lines[index : index + 3], "", ""][:3]
    if _ADORNMENT.match(here) and below.strip() and here.rstrip() == after.rstrip():
        return below.strip(), (here[0], True), 3
    if (
        here
        and not here.startswith(" ")
        and not _ADORNMENT.match(here)
        and _underlines(below, here)
    ):
        return here.strip(), (below[0], False), 2
    return None


def _underlines(line: str, title: str) -> bool:
    # A shorter one is a warning in docutils, but a heading; four characters are asked for.
    return bool(_ADORNMENT.match(line)) and (len(line) >= len(title) or len(line) >= 4)


def _item(lines: Sequence[str], index: int) -> tuple[Line | Directive | None, int]:
    """A directive or a line, and the index after it; comments and labels are left out."""
    line = lines[index]
    if (found := _DIRECTIVE.match(line)) is not None:
        end = _end_of_indented(lines, index + 1)
        content = tuple(Line(number + 1, lines[number]) for number in range(index + 1, end))
        return Directive(found[1], (found[2] or "").strip(), index + 1, content), end
    if _LABEL.match(line):
        return None, index + 1
    if _COMMENT.match(line):
        return None, _end_of_comment(lines, index)
    return Line(index + 1, line), index + 1


def _end_of_indented(lines: Sequence[str], start: int) -> int:
    end = start
    for index in range(start, len(lines)):
        if lines[index].startswith(" "):
            end = index + 1
        elif lines[index]:
            break
    return end


def _end_of_comment(lines: Sequence[str], index: int) -> int:
    # An empty comment ends at once: what is indented below it is a quotation.
    if lines[index].strip() == ".." and not (lines[index + 1 : index + 2] or [""])[0]:
        return index + 1
    return _end_of_indented(lines, index + 1)
