"""Changes on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, TextIO

from rich.console import Console
from rich.text import Text

from sphinxext_apiplug.checks.diff.change import Change
from sphinxext_apiplug.checks.diff.report.groups import Entry, sections, summary, versions_text
from sphinxext_apiplug.checks.diff.report.markdown import title
from sphinxext_apiplug.cli.output import printable
from sphinxext_apiplug.inventory.model import Api

_STYLES: Final = {"breaking": "bold red", "compatible": "bold green", "documentation": "bold blue"}
_PIECE: Final = re.compile(r"`([^`]*)`")
_MOST_SUBJECTS: Final = 10


def show(old: Api, new: Api, changes: Sequence[Change], stream: TextIO) -> None:
    """Write the changes for a person; in colour if *stream* is a terminal."""
    console = Console(file=stream, soft_wrap=True, highlight=False)
    for line in _lines(old, new, changes):
        console.print(line)


def as_text(old: Api, new: Api, changes: Sequence[Change]) -> str:
    """What :func:`show` writes, without colours."""
    return "".join(f"{line.plain}\n" for line in _lines(old, new, changes))


def _lines(old: Api, new: Api, changes: Sequence[Change]) -> Iterator[Text]:
    yield Text(printable(f"{title(old, new)}: {summary(changes)}"), style="bold")
    for section in sections(changes):
        yield Text()
        heading = f"{section.severity.capitalize()} ({section.count})"
        yield Text(heading, style=_STYLES[section.severity])
        for entry in section.entries:
            yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[Text]:
    shown = entry.subjects[:_MOST_SUBJECTS]
    for subject in shown:
        yield Text(
            f"  {printable(subject.call) or 'The API'}", style="bold" if subject.call else ""
        )
    if len(entry.subjects) > len(shown):
        yield Text(f"  and {len(entry.subjects) - len(shown)} more")
    for change in entry.changes:
        line = Text("    - ").append_text(_sentence(change.message))
        versions = versions_text(change.where.versions)
        if versions:
            line.append(f" ({versions})")
        yield line.append(f" [{change.kind}]", style="dim")


def _sentence(message: str) -> Text:
    text = Text()
    for index, part in enumerate(_PIECE.split(message)):
        text.append(printable(part) or "''" if index % 2 else printable(part),
                    style="cyan" if index % 2 else "")  # fmt: skip
    return text
