"""The skeleton of a release note, in reno's format."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Final

from sphinxext_apiplug.checks.diff.change import Change
from sphinxext_apiplug.checks.diff.report.groups import sections, versions_text

_DEPRECATIONS: Final = ("operation-deprecated", "field-deprecated", "policy-deprecated")
_PIECE: Final = re.compile(r"`([^`]*)`")
_SIGNS: Final = re.compile(r"[\\*_|]")
_SLUG: Final = "api-changes"


def note(changes: Sequence[Change]) -> str | None:
    """The note's text; ``None`` if there is nothing that a user notices.

    What breaks is an upgrade note, what is compatible a feature. What changed in
    the documentation alone isn't told, but for deprecations.
    """
    chosen = {
        "features": [change for change in changes if change.severity == "compatible"],
        "upgrade": [change for change in changes if change.severity == "breaking"],
        "deprecations": [change for change in changes if change.kind in _DEPRECATIONS],
    }
    lines = ["---"]
    for name, own in chosen.items():
        if own:
            lines += [f"{name}:", *_section(own)]
    return "\n".join(lines) + "\n" if len(lines) > 1 else None


def file_name(text: str) -> str:
    """A name for a note, always the same for the same text."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f"{_SLUG}-{digest}.yaml"


def _section(changes: Sequence[Change]) -> Iterator[str]:
    for section in sections(changes):
        for entry in section.entries:
            calls = ", ".join(
                _literal(item.call) if item.call else "The API" for item in entry.subjects
            )
            yield "  - |"
            yield f"    {calls}:"
            yield ""
            for change in entry.changes:
                versions = versions_text(change.where.versions)
                at = f" ({versions})" if versions else ""
                yield f"    * {_text(change.message)}{at}"


def _text(message: str) -> str:
    """A message as reStructuredText."""
    parts = _PIECE.split(message)
    return "".join(
        _literal(part) if index % 2 else _SIGNS.sub(r"\\\g<0>", part)
        for index, part in enumerate(parts)
    )


def _literal(text: str) -> str:
    flat = " ".join(text.replace("`", "'").split())
    return f"``{flat}``" if flat else "(empty)"
