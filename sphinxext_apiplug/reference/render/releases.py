"""A release: what its notes say, what it changed in the API, what was committed for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docutils import nodes

from sphinxext_apiplug.checks.diff.change import SEVERITIES, Change
from sphinxext_apiplug.project.linking import Linker
from sphinxext_apiplug.project.model import Release
from sphinxext_apiplug.reference.markup import line, spans, to_inline
from sphinxext_apiplug.reference.nodes import Disclosure
from sphinxext_apiplug.reference.render.changelog import commit_list, nothing
from sphinxext_apiplug.reference.render.inline import as_given, part
from sphinxext_apiplug.reference.render.options import RenderOptions

_CLASSES: Final = {
    "breaking": "Breaking",
    "compatible": "Compatible",
    "documentation": "Documentation",
}
# A longer list is folded away; so are all but breaking changes.
_MOST_OPEN: Final = 10


def render_changes(
    changes: Sequence[Change], before: str, options: RenderOptions
) -> list[nodes.Node]:
    """What changed in the API, what breaks callers first.

    :param before: the version that it was compared with
    """
    found: list[nodes.Node] = [part("Changes in the API", options)]
    if not changes:
        found.append(nothing(f"There are none since {line(before)}."))
    for severity in SEVERITIES:
        of_class = [change for change in changes if change.severity == severity]
        if of_class:
            found.append(_folded(_CLASSES[severity], of_class))
    return as_given(found)


def render_commits(release: Release, linker: Linker, options: RenderOptions) -> list[nodes.Node]:
    """What was committed, folded away where it is much."""
    if not release.commits:
        return []
    count = len(release.commits)
    label = f"{count} commit" if count == 1 else f"{count} commits"
    listed = commit_list(release.commits, linker)
    shown = listed if count <= _MOST_OPEN else Disclosure("", listed, label=label)
    return as_given([part("Commits", options), shown])


def _folded(title: str, changes: Sequence[Change]) -> nodes.Element:
    items = [nodes.list_item("", _paragraph(change)) for change in changes]
    listed = nodes.bullet_list("", *items, bullet="*", classes=["apiplug-api-changes"])
    return Disclosure("", listed, label=f"{title}: {len(changes)}")


def _paragraph(change: Change) -> nodes.paragraph:
    message = to_inline(spans(line(change.message, 600).replace("`", "``")))
    paragraph = nodes.paragraph("", "", *message)
    if change.where.call and change.where.call not in change.message:
        place = nodes.literal("", line(change.where.call))
        paragraph.insert(0, [place, nodes.Text(": ")])
    return paragraph
