"""The kinds of problems with a project's changelog, authors and release notes."""

from __future__ import annotations

from typing import Final

from sphinxext_apiplug.inventory.kinds import ProblemKind

PROJECT_KINDS: Final = (
    ProblemKind(
        name="project-unknown",
        severity="error",
        meaning="A directive names a project that is neither in `apiplug_projects` nor installed, "
        "or a folder that isn't there; or it names none where there are several.",
        remedy="Correct the name or path, install the distribution where the pages are built, or "
        "declare the project in conf.py.",
    ),
    ProblemKind(
        name="release-unknown",
        severity="error",
        meaning="The option `since` of a directive isn't a version.",
        remedy="Write a version, as in `2.1.0`.",
    ),
    ProblemKind(
        name="history-missing",
        severity="warning",
        meaning="A project has no repository, and no `ChangeLog` or `AUTHORS` either.",
        remedy="Let the project's `path` name the root of a clone or of an unpacked source "
        "archive, or install the distribution.",
    ),
    ProblemKind(
        name="history-shallow",
        severity="warning",
        meaning="A project's clone is shallow, so that a part of its changelog and authors is "
        "missing.",
        remedy="Fetch all of it: `git fetch --unshallow --tags`, or `fetch-depth: 0` for GitHub's "
        "checkout action.",
    ),
    ProblemKind(
        name="history-untagged",
        severity="info",
        meaning="No tag of a project's repository is a version, so that all of its commits count "
        "as not released.",
        remedy="Fetch the tags (`git fetch --tags`), if there are some elsewhere.",
    ),
    ProblemKind(
        name="changelog-absent",
        severity="info",
        meaning="A distribution was installed without a `ChangeLog`, as all wheels are: its "
        "version is shown, but not what was committed for it.",
        remedy="Let the project's `path` name a clone or an unpacked source archive.",
    ),
    ProblemKind(
        name="changelog-malformed",
        severity="warning",
        meaning="A line of a `ChangeLog` isn't as pbr writes it; it is left out.",
        remedy="Make the file anew: `python -m build --sdist`.",
    ),
    ProblemKind(
        name="git-failed",
        severity="warning",
        meaning="A project has a repository, but git isn't installed or can't read it; its "
        "`ChangeLog` and `AUTHORS` are used if there are any.",
        remedy="Install git where the pages are built, or do what it asks for; "
        "`git -C FOLDER log` says the same.",
    ),
    ProblemKind(
        name="notes-failed",
        severity="warning",
        meaning="reno isn't installed, or can't read a project's release notes.",
        remedy="Install `reno`, or mend what it complains of; `reno lint` says more.",
    ),
)
