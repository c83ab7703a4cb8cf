"""What changed from one API to another, as sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from docutils import nodes

from sphinxext_apiplug.checks.diff.change import Change
from sphinxext_apiplug.checks.diff.report.groups import Entry, Section, sections, versions_text
from sphinxext_apiplug.inventory.model import Api
from sphinxext_apiplug.reference.markup import line, to_inline
from sphinxext_apiplug.reference.render.inline import as_given, method_badge, reference
from sphinxext_apiplug.reference.render.values import bound

_TITLES: Final = {
    "breaking": "Breaking changes",
    "compatible": "Compatible changes",
    "documentation": "Changes of the documentation",
}
_NOTHING: Final = "Nothing changed."


def render_diff(api: Api, changes: Sequence[Change]) -> list[nodes.Node]:
    """A section for each class of changes, the gravest first; a sentence if there are none.

    :param api: the new one, whose operations are linked to where they are described
    """
    found: list[nodes.Node] = [_section(api, item) for item in sections(changes)]
    return found or [nodes.paragraph("", _NOTHING, classes=["apiplug-note"])]


def _section(api: Api, found: Section) -> nodes.section:
    text = _TITLES[found.severity]
    section = nodes.section("", nodes.title(text, text), names=[text.lower()])
    entries = [nodes.list_item("", *_entry(api, entry)) for entry in found.entries]
    section += nodes.bullet_list("", *entries, bullet="*", classes=["apiplug-changes"])
    as_given([section])
    return section


def _entry(api: Api, entry: Entry) -> Iterator[nodes.Node]:
    for subject in entry.subjects:
        if not subject.call:
            yield nodes.paragraph("", "The API", classes=["apiplug-call"])
            continue
        method, _, path = subject.call.partition(" ")
        link = reference(api, "op", subject.operation, nodes.literal("", line(path)))
        call = (method_badge(method), nodes.Text(" "), link)
        yield nodes.paragraph("", "", *call, classes=["apiplug-call"])
    items = [nodes.list_item("", nodes.paragraph("", "", *_told(item))) for item in entry.changes]
    yield nodes.bullet_list("", *items, bullet="*")


def _told(change: Change) -> list[nodes.Node]:
    told = to_inline(bound(change.message))
    versions = versions_text(change.where.versions)
    return [*told, nodes.Text(f" ({versions})")] if versions else told
