"""Installed distributions: what they carry, and where they were installed from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sphinxext_apiplug.project.declared import ProjectSettings
from sphinxext_apiplug.project.places import (
    UnknownProjectError,
    at_path,
    files,
    fingerprint,
    installed,
)
from sphinxext_apiplug.project.reading import read
from tests.project.repositories import racks


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path, as ``site-packages`` is."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def wheel(site: Path, **more: str) -> Path:
    """A distribution as pip installs a wheel that pbr built."""
    info = site / "apiplug_racks-3.1.0.dist-info"
    content = {
        "METADATA": "Metadata-Version: 2.4\nName: apiplug-racks\nVersion: 3.1.0\n"
        "Author: The Rack People\nProject-URL: Source, https://github.com/example/racks\n",
        "pbr.json": '{"git_version": "fc1e9a2", "is_release": true}',
        "licenses/AUTHORS": "Ada Lovelace <ada@example.org>\n",
        **more,
    }
    for name, text in content.items():
        (info / name).parent.mkdir(parents=True, exist_ok=True)
        (info / name).write_text(text)
    listed = "".join(f"{info.name}/{name},,\n" for name in (*content, "RECORD"))
    (info / "RECORD").write_text(listed)
    return info


def test_a_wheel_tells_its_version_commit_and_authors(site: Path) -> None:
    wheel(site)
    found = read(installed("apiplug.racks"), ProjectSettings())
    assert [problem.kind for problem in found.problems] == ["changelog-absent"]
    assert found.authors_problems == ()
    [release] = found.history.releases
    assert (release.version, release.commit) == ("3.1.0", "fc1e9a2")
    assert [author.name for author in found.history.authors] == ["Ada Lovelace"]
    assert found.history.repository == "https://github.com/example/racks"


@pytest.mark.parametrize("noted", ["", "[]", '{"git_version": null}', "{"])
def test_odd_notes_of_pbr_say_nothing(site: Path, noted: str) -> None:
    wheel(site, **{"pbr.json": noted})
    found = read(installed("apiplug-racks"), ProjectSettings())
    assert [release.commit for release in found.history.releases] == [""]


def test_without_a_list_the_metadata_name_the_authors(site: Path) -> None:
    info = wheel(site)
    (info / "licenses" / "AUTHORS").unlink()
    found = read(installed("apiplug-racks"), ProjectSettings())
    assert [author.name for author in found.history.authors] == ["The Rack People"]


def test_what_is_installed_to_be_changed_is_read_where_it_is(site: Path, tmp_path: Path) -> None:
    sources = racks(tmp_path / "ra cks").write()
    origin = {"url": sources.as_uri(), "dir_info": {"editable": True}}
    wheel(site, **{"direct_url.json": json.dumps(origin)})
    place = installed("apiplug-racks")
    assert place.root == sources
    history = read(place, ProjectSettings()).history
    assert history.origin == "git"
    assert [release.version for release in history.releases] == ["", "2.0.0", "1.0.0"]


def test_an_origin_that_is_gone_or_elsewhere_does_not_count(site: Path, tmp_path: Path) -> None:
    for url in (f"file://{tmp_path}/gone", "https://example.org/racks.git", "?"):
        origin = {"url": url, "dir_info": {"editable": True}}
        wheel(site, **{"direct_url.json": json.dumps(origin)})
        assert installed("apiplug-racks").root is None


def test_unknown_names_and_folders(site: Path, tmp_path: Path) -> None:
    wheel(site)
    with pytest.raises(
        UnknownProjectError, match=r"'apiplug-raks' .* did you mean 'apiplug-racks'"
    ):
        installed("apiplug-raks")
    with pytest.raises(UnknownProjectError, match="there is no folder"):
        at_path(tmp_path / "nowhere")


def test_files_and_fingerprint_follow_what_is_installed(site: Path) -> None:
    info = wheel(site)
    place = installed("apiplug-racks")
    before = fingerprint(place)
    assert info / "licenses" / "AUTHORS" in files(place)
    (info / "licenses" / "AUTHORS").write_text("Grace Hopper <grace@example.org>\n")
    assert fingerprint(place) != before


@pytest.mark.real("masakari")
def test_masakari_as_installed() -> None:
    found = read(installed("masakari"), ProjectSettings())
    assert [problem.kind for problem in found.problems] == ["changelog-absent"]
    [release] = found.history.releases
    assert release.commit
    people = [author.name for author in found.history.authors if not author.robot]
    assert len(people) > 90
    assert not any("@" in name or "Bot" in name or "Zuul" in name for name in people)
    assert len({name.casefold() for name in people}) == len(people)
