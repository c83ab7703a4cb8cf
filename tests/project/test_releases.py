"""What belongs to the same release."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_apiplug.project.model import Release
from sphinxext_apiplug.project.notes import NotesError, VersionNotes, read_notes
from sphinxext_apiplug.project.releases import inventory_files, join
from tests.project.repositories import Repository, git

# reno knows a note by these, whatever it is called.
UIDS = {"first": "0123456789abcde1", "second": "0123456789abcde2", "bad": "0123456789abcde3"}


def noted(repository: Repository, name: str, text: str) -> None:
    """Commit a release note."""
    repository.write()
    file = repository.folder / "releasenotes" / "notes" / f"{name}-{UIDS[name]}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    git(repository.folder, "add", ".")
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    git(repository.folder, *identity, "commit", "-q", "-m", f"Note {name}")


def described(notes: tuple[VersionNotes, ...]) -> list[tuple[str, str, list[str]]]:
    return [
        (item.version, section.title, [note.text for note in section.notes])
        for item in notes
        for section in item.sections
    ]


def test_notes_stand_with_their_version(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "racks")
    repository.commit("Begin\n")
    noted(repository, "first", "prelude: |\n  The *first*.\nfeatures:\n  - Racks.\n  - Fans.\n")
    git(repository.folder, "tag", "1.0.0")
    noted(repository, "second", "fixes:\n  - |\n    Louder ``fans``.\n")
    notes = read_notes(repository.folder, ["1.0.0"])
    assert described(notes) == [
        ("", "Bug Fixes", ["Louder ``fans``.\n"]),
        ("1.0.0", "", ["The *first*.\n"]),
        ("1.0.0", "New Features", ["Racks.", "Fans."]),
    ]
    file = notes[0].sections[0].notes[0].file
    assert file == "releasenotes/notes/second-0123456789abcde2.yaml"


def test_notes_without_any_tag_are_not_released(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "racks")
    repository.commit("Begin\n")
    noted(repository, "first", "features:\n  - Racks.\n")
    assert described(read_notes(repository.folder, [])) == [("", "New Features", ["Racks."])]


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("- a list\n", "ValueError", 1),
        ("features:\n  - [\n", "it is no YAML", 3),
        ("\t\n", "YAML", 1),
    ],
)
def test_a_note_that_is_none_is_an_error(
    tmp_path: Path, text: str, reason: str, line: int
) -> None:
    repository = Repository(tmp_path / "racks")
    repository.commit("Begin\n")
    noted(repository, "bad", text)
    with pytest.raises(
        NotesError, match=rf"bad-{UIDS['bad']}\.yaml can't be read: .*{reason}"
    ) as it:
        read_notes(repository.folder, [])
    assert it.value.place.endswith(f"/releasenotes/notes/bad-{UIDS['bad']}.yaml:{line}")


def test_notes_that_are_not_committed_stand_with_those_that_are(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "racks")
    repository.commit("Begin\n")
    noted(repository, "first", "features:\n  - Racks.\n")
    file = repository.folder / "releasenotes" / "notes" / f"second-{UIDS['second']}.yaml"
    file.write_text("features:\n  - Fans.\n", "utf-8")
    git(repository.folder, "add", ".")
    ((version, title, texts),) = described(read_notes(repository.folder, []))
    assert (version, title, sorted(texts)) == ("", "New Features", ["Fans.", "Racks."])


def test_notes_without_a_repository_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "releasenotes" / "notes").mkdir(parents=True)
    with pytest.raises(NotesError, match="NotGitRepository"):
        read_notes(tmp_path, [])


def test_each_release_has_what_there_is_of_it(tmp_path: Path) -> None:
    for name in ("1.0.0", "10.0.0", "9.0.0", "unreleased"):
        (tmp_path / f"{name}.json").write_text("{}")
    releases = [Release(version=version) for version in ("", "10.0.0", "9.1.0")]
    notes = [VersionNotes(version="9.1.0", sections=()), VersionNotes(version="old", sections=())]
    joined = join(releases, notes, inventory_files(tmp_path))
    assert [
        (
            item.version,
            item.release is not None,
            item.notes is not None,
            item.inventories and (item.inventories.before, item.inventories.new.name),
        )
        for item in joined
    ] == [
        ("", True, False, ("10.0.0", "unreleased.json")),
        ("10.0.0", True, False, ("9.0.0", "10.0.0.json")),
        ("9.1.0", True, True, None),
        ("9.0.0", False, False, ("1.0.0", "9.0.0.json")),
        ("old", False, True, None),
    ]
