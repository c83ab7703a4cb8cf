"""A release: what its notes say, what it changed in the API, what was committed for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docutils import nodes

from sphinxext_apiplug.checks.diff.change import SEVERITIES, Change
from sphinxext_apiplug.inventory.model import Api
from sphinxext_apiplug.project.linking import Linker
from sphinxext_apiplug.project.model import Release
from sphinxext_apiplug.reference.markup import line
from sphinxext_apiplug.reference.nodes import Disclosure
from sphinxext_apiplug.reference.render.changelog import commit_list, nothing
from sphinxext_apiplug.reference.render.diff import render_diff
from sphinxext_apiplug.reference.render.inline import as_given, part
from sphinxext_apiplug.reference.render.options import RenderOptions

# A longer list is folded away; of changes in the API, so are all that break nobody.
_MOST_OPEN: Final = 10


def render_changes(
    api: Api, changes: Sequence[Change], before: str, options: RenderOptions
) -> list[nodes.Node]:
    """What changed in the API, what breaks callers first.

    :param api: as it is in the release
    :param before: the version that it was compared with
    """
    found: list[nodes.Node] = [part("Changes in the API", options)]
    if not changes:
        found.append(nothing(f"There are none since {line(before)}."))
    for severity in SEVERITIES:
        of_class = [change for change in changes if change.severity == severity]
        is_open = severity == "breaking" and len(of_class) <= _MOST_OPEN
        for section in render_diff(api, of_class) if of_class else ():
            found += _unsectioned(section, len(of_class), options, is_open=is_open)
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


def _unsectioned(
    section: nodes.Node, count: int, options: RenderOptions, *, is_open: bool
) -> list[nodes.Node]:
    """The same under a heading that isn't in tables of contents, or folded away."""
    title, *content = section.children
    if is_open:
        return [part(title.astext(), options, deeper=2), *content]
    return [Disclosure("", *content, label=f"{title.astext()}: {count}")]
