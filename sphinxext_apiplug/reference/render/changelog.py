"""A project's releases, with what was committed for each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec
from docutils import nodes

from sphinxext_apiplug.project.choosing import Grouping, choose, grouped
from sphinxext_apiplug.project.linking import Linker
from sphinxext_apiplug.project.linking import Stretch as Linked
from sphinxext_apiplug.project.model import Commit, History, Release
from sphinxext_apiplug.reference.markup import clean, line
from sphinxext_apiplug.reference.nodes import CommitList, CommitRow, Stretch
from sphinxext_apiplug.reference.render.inline import as_given, facts, part
from sphinxext_apiplug.reference.render.options import RenderOptions

_UNRELEASED: Final = "Not released yet"
_SHALLOW: Final = (
    "The older part of this history is missing: these pages were made from a shallow clone."
)
_UNLISTED: Final = (
    "What was committed for this release isn't known here: the distribution was installed "
    "without a list of it."
)
_SHORT: Final = 9


class ChangelogOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What of a changelog is wanted.

    :ivar newest: as many releases; all if ``None``
    :ivar since: none older than that version
    :ivar heading_level: HTML level of the releases' headings
    """

    newest: int | None = None
    since: str = ""
    grouping: Grouping = "none"
    heading_level: int = 2


def render_changelog(
    history: History, linker: Linker, options: ChangelogOptions
) -> list[nodes.Node]:
    """A section for each release, the newest first.

    :return: sections with the attribute ``apiplug_release``, their version, for
        anchors to be made of; a paragraph if there are none
    :raises VersionTextError: if *options* ask for no version
    """
    found: list[nodes.Node] = []
    if not history.whole:
        found.append(nodes.note("", nodes.paragraph("", _SHALLOW)))
    for release in choose(history.releases, options.newest, options.since):
        section = release_section(release)
        section += release_facts(release, linker, listed=history.listed)
        section += _groups(release, linker, options)
        if not history.listed:
            section += nodes.paragraph("", _UNLISTED, classes=["apiplug-note"])
        found.append(section)
    return as_given(found or [nothing(f"No release of {line(history.project)} is known.")])


def release_section(release: Release) -> nodes.section:
    """A section with the version for a title, and nothing else in it yet."""
    title = line(release.version) or _UNRELEASED
    section = nodes.section("", nodes.title(title, title))
    section["apiplug_release"] = release.version
    return section


def release_facts(release: Release, linker: Linker, *, listed: bool = True) -> list[nodes.Node]:
    """When it was released, from which commit, and how many went into it."""
    items: list[list[nodes.Node]] = []
    if release.date:
        items.append([nodes.Text(f"released on {line(release.date)}")])
    if listed:
        count = len(release.commits)
        items.append([nodes.Text(f"{count} commit" if count == 1 else f"{count} commits")])
    if release.commit:
        items.append([nodes.Text("made from "), commit_reference(release.commit, linker)])
    return facts(items)


def commit_reference(commit: str, linker: Linker) -> nodes.Node:
    """A commit's short hash, and a link to it if there is one."""
    short = nodes.literal("", line(commit)[:_SHORT])
    url = linker.commit(commit)
    return nodes.reference("", "", short, refuri=url) if url else short


def commit_list(commits: Iterable[Commit], linker: Linker) -> CommitList:
    """The commits as one node."""
    return CommitList.of(_row(commit, linker) for commit in commits)


def nothing(text: str) -> nodes.paragraph:
    """What is said where there is nothing to show."""
    return nodes.paragraph("", text, classes=["apiplug-note"])


def _groups(release: Release, linker: Linker, options: ChangelogOptions) -> list[nodes.Node]:
    found: list[nodes.Node] = []
    if not release.commits:
        return found
    headings = RenderOptions(heading_level=options.heading_level)
    for group in grouped(release.commits, options.grouping):
        if options.grouping != "none":
            found.append(part(group.title or "No date is known", headings))
        found.append(commit_list(group.commits, linker))
    return found


def _row(commit: Commit, linker: Linker) -> CommitRow:
    subject = linker.stretches(line(commit.subject) or "(no subject)")
    mentions = linker.mentions(commit.message, subject) if commit.message else ()
    short = Stretch(line(commit.id)[:_SHORT], linker.commit(commit.id)) if commit.id else None
    return CommitRow(subject=_clean(subject), mentions=_clean(mentions), commit=short)


def _clean(stretches: Iterable[Linked]) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(item.text if item.text.isprintable() else clean(item.text), item.url)
        for item in stretches
    )
