"""``ChangeLog`` and ``AUTHORS``, as pbr writes them into source distributions."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from sphinxext_apiplug.project.model import Commit, Release
from sphinxext_apiplug.project.people import Contact, parse_contact

_ESCAPED: Final = re.compile(r"\\([*_`])")
_UNDERLINE: Final = re.compile(r"^(?:-+|=+)$")
_VERSION: Final = re.compile(r"^v?\d+(?:\.\w+)*(?:[-+]\w[\w.]*)?$")
_BULLET: Final = re.compile(r"^\* ?")
_TITLE: Final = "CHANGES"


class OddLine(NamedTuple):
    """A line that is no part of a changelog as pbr writes it; counted from 1."""

    number: int
    text: str


class ChangeLogFile(NamedTuple):
    """What a ``ChangeLog`` says, and which of its lines mean nothing."""

    releases: tuple[Release, ...]
    odd: tuple[OddLine, ...]


def parse_changelog(text: str) -> ChangeLogFile:
    """Read a ``ChangeLog``: versions, underlined, and a bullet for each commit.

    Old releases of pbr wrapped long subjects; the lines belong together.
    """
    releases: list[tuple[str, list[str]]] = [("", [])]
    odd: list[OddLine] = []
    lines = text.replace("\r\n", "\n").split("\n")
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        before = lines[index - 1] if index else ""
        if _is_heading(line, following):
            if line != _TITLE:
                releases.append((line, []))
        elif _UNDERLINE.match(line) and _is_heading(before, line):
            continue
        elif _BULLET.match(line):
            releases[-1][1].append(_BULLET.sub("", line, count=1))
        elif line.startswith("  ") and line.strip() and releases[-1][1]:
            releases[-1][1][-1] += f" {line.strip()}"
        elif line.strip():
            odd.append(OddLine(index + 1, line))
    return ChangeLogFile(tuple(_release(*item) for item in releases if any(item)), tuple(odd))


def parse_authors(text: str) -> tuple[Contact, ...]:
    """Read an ``AUTHORS`` file: a line for each; remarks are left out."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(
        parse_contact(line.lstrip("*- ")) for line in lines if line and not line.startswith("#")
    )


def _is_heading(line: str, following: str) -> bool:
    if not _UNDERLINE.match(following) or len(following) < len(line):
        return False
    return line == _TITLE or bool(_VERSION.match(line))


def _release(version: str, subjects: list[str]) -> Release:
    commits = (Commit(subject=_ESCAPED.sub(r"\1", subject)) for subject in subjects)
    return Release(version=version, commits=tuple(commits))
