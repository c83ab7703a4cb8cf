"""Releases whose API changed and whose notes don't say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sphinxext_apiplug.checks.diff import Change, diff
from sphinxext_apiplug.checks.notes.mentions import Text, mentions
from sphinxext_apiplug.checks.notes.model import Step
from sphinxext_apiplug.inventory.problems import Problem, Source

#: Compatible changes that a caller can make use of, and can't know of untold.
NEWS: Final = frozenset(
    {
        "operation-added", "operation-restored", "operation-versions-extended",
        "parameter-added", "parameter-pattern-added", "field-added", "required-field-added",
        "response-header-added", "microversions-introduced", "microversion-maximum-raised",
    }
)  # fmt: skip
_MOST_TOLD: Final = 5


def unmentioned(steps: Iterable[Step]) -> Iterator[Problem]:
    """One problem for each operation of a release that changed without a word.

    Its subject is the version, or ``unreleased``, and the operation's id or the API's name.
    """
    for step in steps:
        by_operation: dict[str, list[Change]] = {}
        for change in _unmentioned(step):
            by_operation.setdefault(change.where.operation, []).append(change)
        for operation, changes in by_operation.items():
            yield _problem(step, operation or step.new.api.name, changes)


def _unmentioned(step: Step) -> Iterator[Change]:
    text = Text(note.text for note in step.notes)
    aliases = {item.id: item.extension for api in (step.old, step.new) for item in api.operations}
    for change in diff(step.old, step.new):
        is_told = change.severity == "breaking" or change.kind in NEWS
        alias = aliases.get(change.where.operation, "")
        api = step.old.api if change.kind == "operation-removed" else step.new.api
        if is_told and not mentions(text, change, alias, api.base_path):
            yield change


def _problem(step: Step, subject: str, changes: Sequence[Change]) -> Problem:
    told = " ".join(change.message for change in changes[:_MOST_TOLD])
    more = f" And {len(changes) - _MOST_TOLD} more." if len(changes) > _MOST_TOLD else ""
    call = changes[0].where.call or "the API"
    whose = f"of {step.version}" if step.version else "of what isn't released yet"
    files = sorted(note.file for note in step.notes)
    return Problem(
        kind="notes-silent",
        subject=f"{step.version or 'unreleased'} {subject}",
        message=f"no note {whose} mentions what changed of {call}: {told}{more}",
        source=Source(object=subject, file=files[0], line=1) if files else None,
    )
