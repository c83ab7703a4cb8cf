"""Which part of a changelog is wanted, and in what groups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, Literal, NamedTuple

from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.project.model import Commit, Release

Grouping = Literal["none", "month", "kind"]
GROUPINGS: Final[tuple[Grouping, ...]] = ("none", "kind", "month")

# By what pbr projects, GitHub and "conventional commits" have in common.
_KINDS: Final = (
    (
        "Upkeep",
        re.compile(
            r"(?i)^(?:imported translations|updated? (?:from global )?requirements|bump\b|"
            r"(?:chore|ci|build|test|style)(?:\(.*?\))?!?:|update (?:\.gitreview|tox_constraints|"
            r"upper-constraints|python\d? (?:testing|jobs))|\[pre-commit|pre-commit)"
        ),
    ),
    (
        "Documentation",
        re.compile(r"(?i)^(?:docs?(?:\(.*?\))?!?:|\[?docs?\b|documentation\b|(?:fix|add) typo)"),
    ),
    (
        "Fixes",
        re.compile(
            r"(?i)^(?:fix(?:e[sd]|ing)?(?:\(.*?\))?!?\b|bug\b|hotfix|prevent\b|avoid\b|"
            r"don'?t\b|do not\b|handle\b|correct\b|revert\b)"
        ),
    ),
    (
        "Features",
        re.compile(
            r"(?i)^(?:feat(?:\(.*?\))?!?:|add(?:s|ed|ing)?\b|implement|support|introduc|allow"
            r"|enable|new\b|expose\b|provide\b)"
        ),
    ),
)
_FIXES_BUG: Final = re.compile(r"(?im)^(?:closes|partial|fixes|resolves)(?:-bug:|:?\s+\S*#\d)")
_ADDS: Final = re.compile(r"(?im)^(?:partially-)?implements:?\s+(?:bp|blueprint)")
_ORDER: Final = ("Features", "Fixes", "Documentation", "Upkeep", "Other changes")


class VersionTextError(ApiplugError, ValueError):
    """A text is no version.

    :ivar text: the text
    """

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no version, as in '2.1.0'")
        self.text = text


class Group(NamedTuple):
    """Some commits of a release; *title* is empty if they are all of them."""

    title: str
    commits: tuple[Commit, ...]


def choose(
    releases: Iterable[Release], newest: int | None = None, since: str = ""
) -> tuple[Release, ...]:
    """The releases that are wanted; what isn't released yet is always among them.

    :param newest: at most that many
    :param since: none that is older than that version
    :raises VersionTextError: if *since* is no version
    """
    oldest = parse_version(since) if since else None
    found: list[Release] = []
    counted = 0
    for release in releases:
        if release.version:
            if newest is not None and counted >= newest:
                break
            if oldest is not None and parse_version(release.version) < oldest:
                continue
            counted += 1
        found.append(release)
    return tuple(found)


def parse_version(text: str) -> Any:
    """A version as pbr compares it.

    :raises VersionTextError: if it isn't one
    """
    from pbr.version import SemanticVersion

    try:
        return SemanticVersion.from_pip_string(text)
    except ValueError:
        raise VersionTextError(text) from None


def grouped(commits: Iterable[Commit], by: Grouping) -> tuple[Group, ...]:
    """The commits in groups: by month, the newest first, or by what kind of change it is."""
    if by == "none":
        return (Group("", tuple(commits)),)
    groups: dict[str, list[Commit]] = {}
    for commit in commits:
        groups.setdefault(commit.date[:7] if by == "month" else kind_of(commit), []).append(commit)
    order = _ORDER if by == "kind" else sorted(groups, reverse=True)
    return tuple(Group(title, tuple(groups[title])) for title in order if title in groups)


def kind_of(commit: Commit) -> str:
    """What kind of change it is, as far as its message tells."""
    upkeep, *others = _KINDS
    if upkeep[1].match(commit.subject):
        return upkeep[0]
    if _FIXES_BUG.search(commit.message):
        return "Fixes"
    if _ADDS.search(commit.message):
        return "Features"
    found = (title for title, pattern in others if pattern.match(commit.subject))
    return next(found, "Other changes")
