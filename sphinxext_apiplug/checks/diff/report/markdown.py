"""Changes as Markdown, for the page of a review or a release."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sphinxext_apiplug.checks.diff.change import Change
from sphinxext_apiplug.checks.diff.report.groups import Entry, sections, summary, versions_text
from sphinxext_apiplug.inventory.model import Api

_TITLES: Final = {
    "breaking": "Breaking",
    "compatible": "Compatible",
    "documentation": "Documentation",
}
_PIECE: Final = re.compile(r"`([^`]*)`")
_SIGNS: Final = re.compile(r"[\\`*_{}\[\]<>#|~&]")
_BLANKS: Final = re.compile(r"\s+")
_MOST_SUBJECTS: Final = 10


def to_markdown(old: Api, new: Api, changes: Sequence[Change]) -> bytes:
    """A heading, the counts, and a list for each class of changes."""
    lines = [f"# {_plain(title(old, new))}", "", f"{summary(changes).capitalize()}.", ""]
    for section in sections(changes):
        lines += [f"## {_TITLES[section.severity]} ({section.count})", ""]
        for entry in section.entries:
            lines += [*_entry(entry), ""]
    return ("\n".join(lines).rstrip() + "\n").encode()


def title(old: Api, new: Api) -> str:
    """What is compared, as in ``Instance HA API, 14.0.0 to 22.0.0``."""
    name = new.title or new.name or "API"
    if old.version == new.version:
        return name
    return f"{name}, {old.version or 'unknown'} to {new.version or 'unknown'}"


def _entry(entry: Entry) -> Iterator[str]:
    shown = entry.subjects[:_MOST_SUBJECTS]
    more = len(entry.subjects) - len(shown)
    calls = [_code(subject.call) if subject.call else "The API" for subject in shown]
    yield f"- {', '.join(calls)}{f' and {more} more' if more else ''}"
    for change in entry.changes:
        versions = versions_text(change.where.versions)
        at = f" _({_plain(versions)})_" if versions else ""
        yield f"  - {_sentence(change.message)} [{_plain(change.kind)}]{at}"


def _sentence(message: str) -> str:
    """A message, whose literals become code and whose other signs mean nothing."""
    parts = _PIECE.split(message)
    return "".join(_code(part) if index % 2 else _plain(part) for index, part in enumerate(parts))


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", _BLANKS.sub(" ", text))


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`" if text else "(empty)"
