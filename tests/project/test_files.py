"""``ChangeLog`` and ``AUTHORS`` in the folder of a source archive, right and wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_apiplug.project.declared import ProjectSettings
from sphinxext_apiplug.project.files import parse_authors, parse_changelog
from sphinxext_apiplug.project.people import Contact
from sphinxext_apiplug.project.places import at_path
from sphinxext_apiplug.project.reading import Read, read

CHANGELOG = """\
CHANGES
=======

* Not released

2.0.0
-----

* Fix \\*this\\* and \\_that\\_ in \\`code\\`
* A long subject that an old pbr
  wrapped at some column
* *

1.0.0.0b1
---------

1.0
---

* Begin
"""


def archive(folder: Path, **files: str | bytes) -> Read:
    """What is read from a folder with these files."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name.replace("_", "-")).write_bytes(data)
    return read(at_path(folder, "racks"), ProjectSettings())


def test_a_changelog_as_pbr_writes_it() -> None:
    found = parse_changelog(CHANGELOG)
    assert found.odd == ()
    assert [
        (release.version, [commit.subject for commit in release.commits])
        for release in found.releases
    ] == [
        ("", ["Not released"]),
        (
            "2.0.0",
            [
                "Fix *this* and _that_ in `code`",
                "A long subject that an old pbr wrapped at some column",
                "*",
            ],
        ),
        ("1.0.0.0b1", []),
        ("1.0", ["Begin"]),
    ]


def test_line_ends_do_not_matter() -> None:
    assert parse_changelog(CHANGELOG.replace("\n", "\r\n")) == parse_changelog(CHANGELOG)


MALFORMED = [
    ("", None, "ChangeLog names no release"),
    ("2001-01-01  Ada  <ada@x.org>\n\n\t* fans.c: On.\n", 1, "'2001-01-01  Ada  <ada@x.org>'"),
    ("CHANGES\n=======\n\n1.0\n---\n\nProse.\n* Fine\n", 7, "'Prose.'"),
    ("CHANGES\n=======\n\n1.0\n--\n\n* Fine\n", 4, "'1.0'"),
    ("<<<<<<< HEAD\n* One\n=======\n* Two\n", 1, "'<<<<<<< HEAD'"),
    (b"\xff\xfe\x00\n* Fine\n", 1, "is no part of a changelog"),
]


@pytest.mark.parametrize(("text", "line", "said"), MALFORMED)
def test_a_malformed_changelog_is_one_problem_at_its_line(
    tmp_path: Path, text: str | bytes, line: int | None, said: str
) -> None:
    found = archive(tmp_path / "racks", ChangeLog=text, AUTHORS="Ada <ada@example.org>\n")
    [problem] = (*found.problems, *found.authors_problems)
    assert problem.kind == "changelog-malformed"
    assert said in problem.message
    assert problem.source is not None
    assert problem.source.line == line
    fine = [commit.subject for release in found.history.releases for commit in release.commits]
    assert ("Fine" in fine) == (b"Fine" in (text.encode() if isinstance(text, str) else text))


def test_an_archive_without_authors_is_one_problem(tmp_path: Path) -> None:
    found = archive(tmp_path / "racks", ChangeLog=CHANGELOG)
    assert found.problems == ()
    [problem] = found.authors_problems
    assert problem.kind == "history-missing"
    assert "no AUTHORS" in problem.message


def test_a_folder_with_nothing_is_one_problem(tmp_path: Path) -> None:
    found = archive(tmp_path / "racks")
    [problem] = (*found.problems, *found.authors_problems)
    assert problem.kind == "history-missing"
    assert str(tmp_path / "racks") in problem.message
    assert found.history.releases == ()


def test_an_archive_that_pbr_did_not_make_says_who_its_authors_are(tmp_path: Path) -> None:
    about = (
        "Metadata-Version: 2.1\nName: racks\nVersion: 3.1\nAuthor: Ada Lovelace, Grace Hopper\n"
        "Author-email: Mary <mary@example.org>\n"
        "Project-URL: Bug Tracker, https://example.org/bugs\n"
        "Project-URL: Source, https://example.org/racks.git\n\nVersion: no\n"
    )
    found = archive(tmp_path / "racks", PKG_INFO=about)
    assert [problem.kind for problem in found.problems] == ["changelog-absent"]
    assert [release.version for release in found.history.releases] == ["3.1"]
    assert [author.name for author in found.history.authors] == [
        "Ada Lovelace", "Grace Hopper", "Mary",
    ]  # fmt: skip
    assert found.history.repository == "https://example.org/racks"
    assert not found.history.listed


def test_authors_one_a_line() -> None:
    text = '# The authors\n\nAda Lovelace <ada@example.org>\n* Grace\nmary@example.org\n"Q" <q@x>'
    assert parse_authors(text) == (
        Contact("Ada Lovelace", "ada@example.org"),
        Contact("Grace", ""),
        Contact("", "mary@example.org"),
        Contact("Q", "q@x"),
    )
