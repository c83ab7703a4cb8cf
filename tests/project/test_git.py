"""Histories of repositories, however they are."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from pbr import git as pbr_git

from sphinxext_apiplug.project.declared import ProjectSettings
from sphinxext_apiplug.project.files import parse_authors, parse_changelog
from sphinxext_apiplug.project.model import History
from sphinxext_apiplug.project.people import fold
from sphinxext_apiplug.project.places import at_path, files, fingerprint
from sphinxext_apiplug.project.reading import Read, read
from tests.project.repositories import Repository, git, racks

SETTINGS = ProjectSettings()


def read_at(folder: Path) -> Read:
    return read(at_path(folder, "racks"), SETTINGS)


def history_of(folder: Path, *kinds: str) -> History:
    """What was read; with problems of these kinds and no others."""
    found = read_at(folder)
    problems = (*found.problems, *found.authors_problems)
    assert tuple(problem.kind for problem in problems) == kinds
    return found.history


def subjects(history: History) -> list[tuple[str, list[str]]]:
    return [
        (release.version, [commit.subject for commit in release.commits])
        for release in history.releases
    ]


def names(history: History) -> list[str]:
    return [author.name for author in history.authors if not author.robot]


def test_releases_have_dates_and_commits_all_that_is_known(tmp_path: Path) -> None:
    history = history_of(racks(tmp_path / "racks").write())
    assert subjects(history) == [
        ("", ["Bump a dependency"]),
        ("2.0.0", ["Add shelves (#12)", "Fix the fans"]),
        ("1.0.0", ["Begin"]),
    ]
    assert [release.date for release in history.releases] == ["", "2026-01-05", "2026-01-02"]
    fans = history.releases[1].commits[1]
    assert fans.author == "Ada Lovelace"
    assert fans.date == "2026-01-03"
    assert "Closes-Bug: #1234567" in fans.message
    assert git(tmp_path / "racks", "log", "-1", "--format=%s", fans.id).strip() == "Fix the fans"
    # The release is the commit that has the tag, also where that is a merge.
    tagged = git(tmp_path / "racks", "rev-parse", "2.0.0^{commit}").strip()
    assert history.releases[1].commit == tagged


def test_robots_are_told_from_people(tmp_path: Path) -> None:
    history = history_of(racks(tmp_path / "racks").write())
    assert names(history) == ["Ada Lovelace", "Grace Hopper"]
    assert [author.name for author in history.authors if author.robot] == ["dependabot[bot]"]


def test_it_agrees_with_what_pbr_writes(tmp_path: Path) -> None:
    repository = racks(tmp_path / "racks")
    repository.commit("Escape *this*, `that` and those_\n\nCo-authored-by: Mary <mary@x.org>\n")
    repository.tag("2.1.0rc1")
    repository.commit("Tag twice\n")
    repository.tag("2.1.0")
    repository.tag("2.1.0-rc2")
    folder = repository.write()
    pbr_git.write_git_changelog(git_dir=str(folder / ".git"), dest_dir=str(tmp_path))
    pbr_git.generate_authors(git_dir=str(folder / ".git"), dest_dir=str(tmp_path))
    history = history_of(folder)
    changelog = parse_changelog((tmp_path / "ChangeLog").read_text(encoding="utf-8"))
    assert changelog.odd == ()
    written = history.__class__(project="racks", origin="files", releases=changelog.releases)
    assert subjects(written) == subjects(history)
    authors = parse_authors((tmp_path / "AUTHORS").read_text(encoding="utf-8"))
    assert fold(authors, SETTINGS.robots) == history.authors


def test_merges_and_octopuses(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "racks")
    base = repository.commit("Base\n")
    arms = tuple(repository.branch(f"arm{n}", f"Arm {n}\n", base) for n in range(3))
    repository.commit("Merge three arms\n", merges=arms)
    repository.tag("1.0.0")
    repository.commit("Bring them together\n", merges=arms[:1])
    history = history_of(repository.write())
    assert subjects(history) == [
        ("", ["Bring them together"]),
        ("1.0.0", ["Arm 2", "Arm 1", "Arm 0", "Base"]),
    ]


def test_mailmap_and_co_authors(tmp_path: Path) -> None:
    repository = racks(tmp_path / "racks")
    repository.commit(
        "Work together\n\nCo-Authored-By: G. Hopper <gh@navy.example>\n"
        "co-authored-by: Grace Only\nCo-authored-by: broken <a <b@c.d\n"
    )
    folder = repository.write()
    assert names(history_of(folder)) == [
        "Ada Lovelace", "broken <a <b", "G. Hopper", "Grace Hopper", "Grace Only",
    ]  # fmt: skip
    (folder / ".mailmap").write_text(
        "Grace Hopper <grace@example.org> <gh@navy.example>\n"
        "Countess Lovelace <ada@example.org>\nnonsense\n"
    )
    history = history_of(folder)
    assert names(history) == [
        "broken <a <b", "Countess Lovelace", "Grace Hopper", "Grace Only",
    ]  # fmt: skip
    assert history.releases[0].commits[0].author == "Countess Lovelace"


def test_the_mailmap_of_another_folder_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = racks(tmp_path / "racks").write()
    (tmp_path / ".mailmap").write_text("Somebody Else <ada@example.org>\n")
    monkeypatch.chdir(tmp_path)
    assert names(history_of(folder)) == ["Ada Lovelace", "Grace Hopper"]


def test_a_developers_own_settings_do_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = racks(tmp_path / "racks").write()
    expected = history_of(folder)
    config = tmp_path / "config"
    config.write_text(
        "[log]\nshowSignature = true\ndate = relative\n[i18n]\nlogOutputEncoding = latin1\n"
        "[core]\nabbrev = 12\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert history_of(folder) == expected


def test_any_bytes_are_read(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "racks")
    repository.commit(b"Caf\xe9 \x1b[31m \x01\r\n\nbody\n", b"Ren\xe9 <rene@example.org>")
    repository.commit("ü" * 10_000 + "\n", "Łukasz Żółć <l@example.org>")
    history = history_of(repository.write(), "history-untagged")
    [(_, [long, odd])] = subjects(history)
    assert long == "ü" * 10_000
    assert odd.startswith("Caf\ufffd \x1b[31m \x01")
    assert names(history) == ["Łukasz Żółć", "Ren\ufffd"]


def test_without_tags_everything_is_unreleased(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "racks")
    repository.commit("One\n")
    repository.tag("nightly")
    repository.commit("Two\n")
    assert subjects(history_of(repository.write(), "history-untagged")) == [("", ["Two", "One"])]


def test_a_shallow_clone_is_told_of(tmp_path: Path) -> None:
    folder = racks(tmp_path / "racks").write()
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{folder}", "clone")
    history = history_of(tmp_path / "clone", "history-shallow")
    assert subjects(history) == [("", ["Bump a dependency"])]
    assert not history.whole


def test_a_repository_without_commits_is_one_problem(tmp_path: Path) -> None:
    folder = Repository(tmp_path / "racks").folder
    [problem] = read_at(folder).problems
    assert problem.kind == "git-failed"
    assert "does not have any commits yet" in problem.message


def test_a_broken_repository_is_one_problem(tmp_path: Path) -> None:
    folder = racks(tmp_path / "racks").write()
    lost = git(folder, "rev-parse", "HEAD~1").strip()
    git(folder, "config", "gc.auto", "0")
    for pack in (folder / ".git" / "objects" / "pack").glob("*.pack"):
        moved = pack.rename(tmp_path / pack.name)
        unpack = ["git", "-C", str(folder), "unpack-objects", "-q"]
        subprocess.run(unpack, input=moved.read_bytes(), check=True)
    (folder / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    [problem] = read_at(folder).problems
    assert problem.kind == "git-failed"


def test_without_git_the_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = racks(tmp_path / "racks").write()
    monkeypatch.setenv("PATH", str(tmp_path))
    found = read_at(folder)
    [problem] = (*found.problems, *found.authors_problems)
    assert problem.kind == "git-failed"
    assert "no program called git" in problem.message
    (folder / "ChangeLog").write_text("CHANGES\n=======\n\n1.0\n---\n\n* Begin\n")
    (folder / "AUTHORS").write_text("Ada <ada@example.org>\n")
    history = history_of(folder, "git-failed")
    assert subjects(history) == [("1.0", ["Begin"])]
    assert names(history) == ["Ada"]


def test_bare_repositories_and_worktrees(tmp_path: Path) -> None:
    folder = racks(tmp_path / "racks").write()
    expected = history_of(folder)
    git(tmp_path, "clone", "-q", "--bare", str(folder), "bare")
    git(folder, "worktree", "add", "-q", str(tmp_path / "tree"))
    assert history_of(tmp_path / "bare") == expected
    assert history_of(tmp_path / "tree") == expected


def test_authors_in_a_file_of_their_own_are_added(tmp_path: Path) -> None:
    folder = racks(tmp_path / "racks").write()
    (folder / "AUTHORS.in").write_text("# from before git\nCharles Babbage <cb@example.org>\n")
    assert "Charles Babbage" in names(history_of(folder))


def test_commits_tags_and_files_give_another_fingerprint(tmp_path: Path) -> None:
    repository = racks(tmp_path / "racks")
    place = at_path(repository.write(), "racks")
    prints = [fingerprint(place)]
    assert fingerprint(place) == prints[0]
    git(repository.folder, "tag", "9.0.0")
    prints.append(fingerprint(place))
    (repository.folder / ".mailmap").write_text("Ada <ada@example.org>\n")
    prints.append(fingerprint(place))
    repository.commit("More\n")
    repository.write()
    prints.append(fingerprint(place))
    shutil.rmtree(repository.folder / ".git")
    prints.append(fingerprint(place))
    assert len(set(prints)) == len(prints)


def test_what_git_changes_is_among_the_files(tmp_path: Path) -> None:
    folder = racks(tmp_path / "racks").write()
    assert folder / ".git" / "HEAD" in files(at_path(folder, "racks"))
