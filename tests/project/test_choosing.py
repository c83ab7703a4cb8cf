"""Which releases are shown, and in what groups."""

from __future__ import annotations

import pytest

from sphinxext_apiplug.project.choosing import VersionTextError, choose, grouped, kind_of
from sphinxext_apiplug.project.model import Commit, Release

VERSIONS = ("", "10.0.0", "9.1.0", "10.0.0.0rc1", "9.0.0")
RELEASES = tuple(Release(version=version) for version in VERSIONS)


def chosen(newest: int | None = None, since: str = "") -> list[str]:
    return [release.version for release in choose(RELEASES, newest, since)]


def test_the_newest_and_what_is_not_released() -> None:
    assert chosen() == list(VERSIONS)
    assert chosen(newest=2) == ["", "10.0.0", "9.1.0"]
    assert chosen(since="9.1") == ["", "10.0.0", "9.1.0", "10.0.0.0rc1"]
    assert chosen(since="10.0.0") == ["", "10.0.0"]
    assert chosen(newest=1, since="1.0") == ["", "10.0.0"]


def test_what_is_no_version() -> None:
    with pytest.raises(VersionTextError, match="'newest' is no version"):
        chosen(since="newest")


def test_months() -> None:
    dates = ("2026-02-01", "2026-01-31", "2026-02-03", "")
    groups = grouped([Commit(subject=date, date=date) for date in dates], "month")
    assert [(group.title, [item.subject for item in group.commits]) for group in groups] == [
        ("2026-02", ["2026-02-01", "2026-02-03"]),
        ("2026-01", ["2026-01-31"]),
        ("", [""]),
    ]


@pytest.mark.parametrize(
    ("subject", "message", "kind"),
    [
        ("Add shelves", "", "Features"),
        ("feat(api)!: shelves", "", "Features"),
        ("Shelves", "Implements: blueprint shelves", "Features"),
        ("Fix fans", "", "Fixes"),
        ("fix: fans", "", "Fixes"),
        ("Fans", "Closes-Bug: #1234567", "Fixes"),
        ("Fans", "Fixes: #12", "Fixes"),
        ("Fixtures for fans", "", "Other changes"),
        ("Fans", "Related-Bug: #1234567", "Other changes"),
        ("Bump pbr from 6 to 7", "", "Upkeep"),
        ("Imported Translations from Zanata", "", "Upkeep"),
        ("Updated from global requirements", "", "Upkeep"),
        ("[docs] Say how", "", "Documentation"),
        ("docs: say how", "", "Documentation"),
        ("", "", "Other changes"),
    ],
)
def test_kinds(subject: str, message: str, kind: str) -> None:
    assert kind_of(Commit(subject=subject, message=message)) == kind


def test_no_commit_is_lost_in_groups() -> None:
    commits = [Commit(subject=subject) for subject in ("Add a", "Fix b", "c", "docs: d", "Bump e")]
    groups = grouped(commits, "kind")
    assert [group.title for group in groups] == [
        "Features", "Fixes", "Documentation", "Upkeep", "Other changes",
    ]  # fmt: skip
    assert sorted(item.subject for group in groups for item in group.commits) == sorted(
        item.subject for item in commits
    )
