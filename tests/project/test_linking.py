"""What in a commit's message becomes a link."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sphinxext_apiplug.project.declared import ProjectSettings
from sphinxext_apiplug.project.linking import Linker

GITHUB = "https://github.com/example/racks"
OPENDEV = "https://opendev.org/openstack/racks"
BUGS = "https://bugs.launchpad.net/bugs"


def linker(repository: str = "", **settings: Any) -> Linker:
    return Linker(msgspec.convert(settings, ProjectSettings), repository)


@pytest.mark.parametrize(
    ("repository", "subject", "linked"),
    [
        ("", "Closes-Bug: #123", [("Closes-Bug: #123", f"{BUGS}/123")]),
        ("", "Fix bug 1234567 in fans", [("bug 1234567", f"{BUGS}/1234567")]),
        ("", "LP #1234567: fans", [("LP #1234567", f"{BUGS}/1234567")]),
        ("", "bug 12 of the fans", []),
        ("", "debug 1234567, HELP 1234567, history 2001234", []),
        ("", "Bug:1234567", [("Bug:1234567", f"{BUGS}/1234567")]),
        ("", "Add shelves (#12)", []),
        (OPENDEV, "Add shelves (#12)", []),
        (GITHUB, "Add shelves (#12)", [("#12", f"{GITHUB}/issues/12")]),
        (GITHUB, "C#7 and &#39; and x/#8", []),
        (
            GITHUB,
            "Closes-Bug: #123 and #4",
            [("Closes-Bug: #123", f"{BUGS}/123"), ("#4", f"{GITHUB}/issues/4")],
        ),
        (
            "",
            "story 2001234",
            [("story 2001234", "https://storyboard.openstack.org/#!/story/2001234")],
        ),
    ],
)
def test_subjects(repository: str, subject: str, linked: list[tuple[str, str]]) -> None:
    stretches = linker(repository).stretches(subject)
    assert "".join(stretch.text for stretch in stretches) == subject
    assert [tuple(stretch) for stretch in stretches if stretch.url] == linked


def test_the_rest_of_a_message_is_told_behind_the_subject() -> None:
    links = linker(GITHUB)
    subject = links.stretches("Fix it (#5)")
    message = (
        "It broke.\n\nFixes #5, #6 and #6\npartial-bug: LP: #1234567\n"
        "Change-Id: I0123456789abcdef0123456789abcdef01234567\n"
    )
    assert [tuple(stretch) for stretch in links.mentions(message, subject)] == [
        ("#6", f"{GITHUB}/issues/6"),
        ("bug 1234567", f"{BUGS}/1234567"),
        (
            "review I01234567",
            "https://review.opendev.org/q/I0123456789abcdef0123456789abcdef01234567",
        ),
    ]


def test_patterns_of_ones_own_come_first() -> None:
    pattern = {"pattern": r"([A-Z]+-\d+)", "url": "https://jira.example.org/{1}", "text": "{1}"}
    none = {"pattern": r"#\d+", "url": ""}
    links = linker(GITHUB, links=[pattern, none])
    assert [stretch.url for stretch in links.stretches("Fix RACK-7 (#12)")] == [
        "", "https://jira.example.org/RACK-7", "", "", "",
    ]  # fmt: skip
    assert links.mentions("See #12") == ()


def test_what_stands_in_an_address_is_quoted() -> None:
    pattern = {"pattern": r"bp (\S+)", "url": "https://example.org/?q={1}"}
    [_, stretch] = linker(links=[pattern]).stretches('See bp "><script>&x=1')
    assert stretch.url == "https://example.org/?q=%22%3E%3Cscript%3E%26x%3D1"


def test_commits() -> None:
    assert linker(OPENDEV).commit("abc") == f"{OPENDEV}/commit/abc"
    assert linker("").commit("abc") == ""
    url = "https://git.example.org/racks/c/{commit}"
    assert linker("", commit_url=url).commit("abc") == "https://git.example.org/racks/c/abc"
