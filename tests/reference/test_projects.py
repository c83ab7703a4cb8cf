"""Changelogs, authors and releases on pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest

from sphinxext_apiplug.inventory.model import Operation
from tests.project.repositories import Repository, git, racks
from tests.reference import sample
from tests.reference.project import Build, Project, tree

CONF = """\
extensions = ["sphinxext_apiplug"]
apiplug_projects = {
    "racks": {
        "path": "../racks",
        "repository": "https://github.com/example/racks",
    },
}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """The repository of the project that the pages are about, not yet written."""
    return racks(tmp_path / "racks")


@pytest.fixture
def pages(project: Project) -> Project:
    """A documentation project whose index is about the repository beside it."""
    project.write("conf.py", CONF)
    return project


def shown(project: Project, directive: str, builder: str = "text", title: str = "Racks") -> Build:
    text = f"{title}\n{'=' * len(title)}\n\n.. {directive}\n"
    project.write("index.rst", text)
    return project.build(builder)


def test_a_changelog_as_text(pages: Project, repository: Repository) -> None:
    repository.write()
    built = shown(pages, "apiplug-changelog:: racks")
    assert built.warnings == []
    text = re.sub(r"\b[0-9a-f]{9}\b", "HASH", built.text("index.txt"))
    assert text == (
        "Racks\n*****\n\n\n"
        "Not released yet\n================\n\n* 1 commit\n\n* Bump a dependency HASH\n\n\n"
        '2.0.0\n=====\n\n* released on 2026-01-05\n\n* 2 commits\n\n* made from "HASH"\n\n'
        "* Add shelves (#12) HASH\n\n* Fix the fans (bug 1234567) HASH\n\n\n"
        '1.0.0\n=====\n\n* released on 2026-01-02\n\n* 1 commit\n\n* made from "HASH"\n\n'
        "* Begin HASH\n"
    )


def test_a_changelog_as_html(pages: Project, repository: Repository) -> None:
    folder = repository.write()
    built = shown(pages, "apiplug-changelog::", "html")
    assert built.warnings == []
    html = built.text("index.html")
    fans = git(folder, "log", "--format=%H", "--grep=Fix the fans").strip()
    github = "https://github.com/example/racks"
    assert f'<a class="reference external" href="{github}/commit/{fans}">{fans[:9]}</a>' in html
    assert f'<a class="reference external" href="{github}/issues/12">#12</a>' in html
    assert 'href="https://bugs.launchpad.net/bugs/1234567">bug 1234567</a>' in html
    assert [*re.findall(r'<section id="([^"]+)"', html)] == [
        "racks", "release-unreleased", "release-2.0.0", "release-1.0.0",
    ]  # fmt: skip
    # The search finds the words of subjects, and leaves out hashes.
    index = built.text("searchindex.js")
    assert "shelv" in index
    assert fans[:9] not in index


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ("", ["Not released yet", "2.0.0", "1.0.0"]),
        (":releases: 1", ["Not released yet", "2.0.0"]),
        (":since: 2.0", ["Not released yet", "2.0.0"]),
        (":group: kind", ["Not released yet", "2.0.0", "1.0.0"]),
    ],
)
def test_options_of_a_changelog(
    pages: Project, repository: Repository, options: str, titles: list[str]
) -> None:
    repository.write()
    built = shown(pages, f"apiplug-changelog::\n   {options}")
    assert built.warnings == []
    assert re.findall(r"^(.+)\n=+$", built.text("index.txt"), re.MULTILINE) == titles
    grouped = re.findall(r"^-\[ (\w+) \]-$", built.text("index.txt"), re.MULTILINE)
    assert grouped == (["Upkeep", "Features", "Fixes", "Other"] if "kind" in options else [])[:3]


HOSTILE = [
    "`rst <javascript:x>`_ |sub| :ref:`x` *em* **b** ``lit`` [1]_ link_ .. raw:: html",
    '<script>alert(1)</script> &amp; <b>"quoted"</b> \'',
    r"\textbf{x} \input{/etc/passwd} $x^2$ %comment ~ # & {} \\",
    "\x1b[31mred\x1b[0m \x07\x08 \u202eesrever\u202c",
    "x" * 10_000,
    "many " * 2_000,
    "--dashes -- and ... dots 'quotes'",
]


def hostile(repository: Repository) -> Path:
    for subject in HOSTILE:
        repository.commit(f"{subject}\n", "Bob \\textbf{x} *Tables* &amp; `q`_ <b@example.org>")
    return repository.write()


def test_subjects_and_names_are_text(pages: Project, repository: Repository) -> None:
    hostile(repository)
    directives = "apiplug-changelog::\n\n.. apiplug-authors::\n"
    html = shown(pages, directives, "html")
    assert html.warnings == []
    page = html.text("index.html")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &lt;b&gt;&quot;quoted" in page
    assert "`rst &lt;javascript:x&gt;`_ |sub| :ref:`x` *em* **b** ``lit`` [1]_ link_" in page
    assert "--dashes -- and ... dots &#x27;quotes&#x27;" in page
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", page)
    assert "x" * 401 not in page
    assert "Bob \\textbf{x} *Tables* &amp;amp; `q`_" in page
    text = shown(pages, directives).text("index.txt")
    assert "* --dashes -- and ... dots 'quotes'" in text


@pytest.mark.parametrize(
    "builder", ["latex", "man", "texinfo", "xml", "epub", "singlehtml", "gettext"]
)
def test_every_builder_takes_them(pages: Project, repository: Repository, builder: str) -> None:
    hostile(repository)
    pages.write(
        "conf.py",
        CONF + "man_pages = [('index', 'racks', 'Racks', [], 1)]\ncopyright = version = '1'\n",
    )
    built = shown(pages, "apiplug-changelog::\n\n.. apiplug-authors::\n   :emails:\n", builder)
    assert built.warnings == []
    if builder == "latex":
        tex = next(built.outdir.glob("*.tex")).read_text(encoding="utf-8")
        assert "\\input{/etc" not in tex
        assert "\\textbackslash{}input\\{/etc/passwd\\}" in tex


def test_authors(pages: Project, repository: Repository) -> None:
    repository.write()
    built = shown(pages, "apiplug-authors:: racks")
    assert built.warnings == []
    assert built.text("index.txt") == (
        "Racks\n*****\n\n* Ada Lovelace\n\n* Grace Hopper\n\nRobots helped: dependabot[bot].\n"
    )


def test_addresses_are_shown_on_request_alone(pages: Project, repository: Repository) -> None:
    repository.write()
    assert "example.org" not in shown(pages, "apiplug-authors::", "html").text("index.html")
    built = shown(pages, "apiplug-authors::\n   :emails:\n", "html")
    assert 'href="mailto:ada@example.org">ada@example.org</a>' in built.text("index.html")


def api_of(project: Project, *distributions: str) -> None:
    """Let the extensions of the API come from these."""
    content = sample.inventory()
    extensions = tuple(
        msgspec.structs.replace(item, distribution=name)
        for item, name in zip(content.extensions, distributions, strict=True)
    )
    project.inventory(msgspec.structs.replace(content, extensions=extensions))


def test_the_distributions_of_an_api(
    project: Project, repository: Repository, tmp_path: Path
) -> None:
    repository.write()
    other = Repository(tmp_path / "cables")
    other.commit("Lay cables\n", "Charles <charles@example.org>")
    other.tag("2.0.0")
    other.write()
    projects = "{'racks': {'path': '../racks'}, 'vendor-cables': {'path': '../cables'}}"
    conf = (project.folder / "conf.py").read_text() + f"apiplug_projects = {projects}\n"
    project.write("conf.py", conf)
    api_of(project, "racks", "vendor-cables")
    directive = "apiplug-changelog::\n   :api: racks\n   :releases: 1\n"
    built = shown(project, directive, "html", "All")
    assert built.warnings == []
    html = built.text("index.html")
    assert [*re.findall(r'<section id="([^"]+)"', html)] == [
        "all", "racks", "racks-unreleased", "racks-2.0.0", "vendor-cables", "vendor-cables-2.0.0",
    ]  # fmt: skip
    authors = shown(project, "apiplug-authors::\n   :api: racks\n").text("index.txt")
    assert authors.index("Ada") < authors.index("vendor-cables") < authors.index("Charles")
    # Another set of distributions is another page; another operation isn't.
    assert project.build("text").read == []
    api_of(project, "racks", "racks")
    assert project.build("text").read == ["index"]


PROBLEMS = [
    ("apiplug-changelog:: rax", "no distribution called 'rax' is installed", "project-unknown"),
    ("apiplug-authors::\n   :path: nowhere", "nowhere: there is no folder", "project-unknown"),
    ("apiplug-changelog::\n   :path: .", ("src: /src has neither a repository nor a ChangeLog, "
     "nor is it installed"), "history-missing"),
    ("apiplug-authors::\n   :path: .", ("src: /src has neither a repository nor a ChangeLog, "
     "nor is it installed"), "history-missing"),
    ("apiplug-releases::\n   :path: .", ("src: /src has neither a repository nor a ChangeLog, "
     "nor is it installed"), "history-missing"),
    ("apiplug-changelog::\n   :since: newest", "'newest' is no version", "release-unknown"),
    ("apiplug-changelog::\n   :api: rax", "no API is called 'rax'", "unknown-api"),
]  # fmt: skip


@pytest.mark.parametrize(("directive", "said", "kind"), PROBLEMS)
def test_each_is_one_problem(
    pages: Project, repository: Repository, directive: str, said: str, kind: str
) -> None:
    repository.write()
    [warning] = shown(pages, directive).warnings
    assert warning.startswith("/src/index.rst:4: WARNING: ")
    assert said in warning.replace("docs:", "src:")
    assert warning.endswith(f"[apiplug.{kind}]")


def test_of_several_projects_one_must_be_named(pages: Project, repository: Repository) -> None:
    repository.write()
    pages.write("conf.py", CONF.replace("{\n    ", '{\n    "fans": {},\n    ', 1))
    [warning] = shown(pages, "apiplug-authors::").warnings
    assert (
        "say which project is meant; there are: fans, racks [apiplug.project-unknown]" in warning
    )


def test_a_wrong_setting_is_told_once_at_its_line(pages: Project) -> None:
    pages.write("conf.py", CONF.replace('"../racks"', "1"))
    assert shown(pages, "apiplug-changelog:: racks").warnings == [
        "/src/conf.py:4: WARNING: apiplug_projects['racks']['path']: Expected `str | None`, got "
        "`int` [apiplug.setting-invalid]".replace("None", "null")
    ]


def test_a_shallow_clone_is_one_warning_for_a_page(
    pages: Project, repository: Repository, tmp_path: Path
) -> None:
    whole = repository.write().rename(tmp_path / "whole")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{whole}", "racks")
    built = shown(pages, "apiplug-changelog::\n\n.. apiplug-authors::\n")
    [warning] = built.warnings
    assert warning == (
        "/src/index.rst:4: WARNING: racks: the clone is shallow: older releases, commits and "
        "authors are missing [apiplug.history-shallow]"
    )
    assert "made from a shallow clone" in " ".join(built.text("index.txt").split())


def test_a_repository_without_tags_is_a_page(pages: Project, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "racks")
    repository.commit("Begin\n")
    repository.write()
    built = shown(pages, "apiplug-changelog::")
    assert built.warnings == []
    assert "Not released yet\n================\n\n* 1 commit\n" in built.text("index.txt")
    assert "no tag is a version" in built.status


def test_a_malformed_changelog_is_told_at_its_line(pages: Project, tmp_path: Path) -> None:
    folder = tmp_path / "racks"
    folder.mkdir()
    (folder / "ChangeLog").write_text("CHANGES\n=======\n\nProse.\n\n1.0\n---\n\n* Fine\n")
    (folder / "AUTHORS").write_text("Ada <ada@example.org>\n")
    built = shown(pages, "apiplug-changelog::")
    assert built.warnings == [
        (
            f"{folder}/ChangeLog:4: WARNING: racks: 'Prose.' is no part of a changelog as pbr "
            "writes it [apiplug.changelog-malformed]"
        )
    ]
    assert "* Fine" in built.text("index.txt")


def test_a_second_build_reads_nothing_and_a_new_commit_the_page(
    pages: Project, repository: Repository
) -> None:
    folder = repository.write()
    pages.write("people.rst", ":orphan:\n\nPeople\n======\n\n.. apiplug-authors::\n")
    assert shown(pages, "apiplug-changelog::").read == ["index", "people"]
    pages.write("other.rst", ":orphan:\n\nOther\n=====\n")
    assert pages.build("text").read == ["other"]
    assert pages.build("text").read == []
    identity = ["-c", "user.name=Zoe", "-c", "user.email=zoe@example.org"]
    git(folder, *identity, "commit", "-q", "--allow-empty", "-m", "Something new")
    built = pages.build("text")
    assert built.read == ["index", "people"]
    assert "Something new" in built.text("index.txt")
    git(folder, "tag", "3.0.0")
    assert "3.0.0\n=====" in pages.build("text").text("index.txt")
    assert pages.build("text").read == []
    (folder / ".mailmap").write_text("Countess Lovelace <ada@example.org>\n")
    assert "Countess" in pages.build("text").text("people.txt")


def test_a_project_that_was_missing_is_tried_again(
    pages: Project, repository: Repository, tmp_path: Path
) -> None:
    assert len(shown(pages, "apiplug-changelog::").warnings) == 1
    assert pages.build("text").read == []
    repository.commit("Later\n")
    Repository.write(repository)
    built = pages.build("text")
    assert built.read == ["index"]
    assert built.warnings == []


def test_parallel_builds_give_the_same_bytes(pages: Project, repository: Repository) -> None:
    hostile(repository)
    for number in range(6):
        directives = ".. apiplug-changelog::\n\n.. apiplug-authors::\n"
        pages.write(f"p{number}.rst", f":orphan:\n\nPage\n====\n\n{directives}")
    out = pages.folder / "_build" / "html"
    built = shown(pages, "apiplug-changelog::", "html")
    assert built.warnings == []
    serial = tree(out)
    shutil.rmtree(pages.folder / "_build")
    assert pages.build(freshenv=True, parallel=2).warnings == []
    parallel = tree(out)
    assert [name for name in serial if serial[name] != parallel.get(name)] == []


def release(repository: Repository, note: str, uid: int, version: str) -> None:
    """Note something, and tag it."""
    folder = repository.folder
    file = folder / "releasenotes" / "notes" / f"note-{uid:016x}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(note, encoding="utf-8")
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    git(folder, "add", ".")
    when = {**os.environ, "GIT_COMMITTER_DATE": f"2026-03-{uid:02}T00:00:00+0000"}
    command = ["git", "-C", str(folder), *identity, "commit", "-q", "-m", f"Note {uid}"]
    subprocess.run(command, check=True, env=when)
    if version:
        git(folder, *identity, "tag", "-m", version, version)


def inventories(folder: Path) -> None:
    """Inventories of two releases; the second one lacks an operation."""
    folder.mkdir()
    content = sample.inventory()
    sample.write(folder / "3.0.0.json", content)
    operations: tuple[Operation, ...] = content.operations[1:]
    sample.write(folder / "4.0.0.json", msgspec.structs.replace(content, operations=operations))


def test_the_three_beside_each_other(pages: Project, repository: Repository) -> None:
    repository.write()
    release(
        repository, "features:\n  - Has *shelves*, see `here <https://x.org>`__.\n", 1, "3.0.0"
    )
    release(repository, "upgrade:\n  - |\n    Shelves go.\n\n    For good.\n", 2, "4.0.0")
    inventories(pages.folder / "inventories")
    pages.write(
        "conf.py",
        CONF.replace("{\n        ", '{\n        "inventories": "inventories",\n        ', 1),
    )
    built = shown(pages, "apiplug-releases:: racks\n   :releases: 2\n")
    assert built.warnings == []
    text = built.text("index.txt")
    newest = text[text.index("4.0.0\n=====") : text.index("3.0.0\n=====")]
    parts = [
        "-[ Release notes ]-", "Upgrade Notes", "Shelves go.", "For good.",
        "-[ Changes in the API ]-", "Breaking changes", "-[ Commits ]-", "* Note 2 ",
    ]  # fmt: skip
    places = [newest.index(part) for part in parts]
    assert places == sorted(places)
    gone = sample.inventory().operations[0]
    assert f"{gone.method} " in newest
    oldest = text[text.index("3.0.0\n=====") :]
    assert "Has *shelves*, see here." in oldest
    assert "Changes in the API" not in oldest
    # Another note, another inventory: the page is read again.
    assert pages.build("text").read == []
    (pages.folder / "inventories" / "4.0.0.json").write_bytes(
        (pages.folder / "inventories" / "3.0.0.json").read_bytes()
    )
    built = pages.build("text")
    assert built.read == ["index"]
    assert "There are none since 3.0.0." in built.text("index.txt")


def test_any_of_the_three_may_be_missing(pages: Project, repository: Repository) -> None:
    repository.write()
    built = shown(pages, "apiplug-releases::", "html")
    assert built.warnings == []
    html = built.text("index.html")
    assert "Release notes" not in html
    assert "Changes in the API" not in html
    assert "Fix the fans" in html


def test_an_inventory_that_is_none_is_one_problem(pages: Project, repository: Repository) -> None:
    repository.write()
    inventories(pages.folder / "inventories")
    (pages.folder / "inventories" / "3.0.0.json").write_text("{}")
    pages.write(
        "conf.py",
        CONF.replace("{\n        ", '{\n        "inventories": "inventories",\n        ', 1),
    )
    [warning] = shown(pages, "apiplug-releases::").warnings
    assert warning.startswith("/src/inventories/3.0.0.json:1: WARNING: ")
    assert warning.endswith("[apiplug.inventory-unreadable]")


def test_a_broken_note_is_one_problem(pages: Project, repository: Repository) -> None:
    repository.write()
    release(repository, "- no mapping\n", 1, "")
    built = shown(pages, "apiplug-releases::")
    [warning] = [line for line in built.warnings if "apiplug" in line]
    note = "releasenotes/notes/note-0000000000000001.yaml"
    assert f"/{note}:1: WARNING: racks: {note} can't be read: ValueError: " in warning
    assert warning.endswith("[apiplug.notes-failed]")
    assert "Fix the fans" in built.text("index.txt")


def test_bad_markup_in_a_note_is_told_at_the_note(pages: Project, repository: Repository) -> None:
    repository.write()
    release(repository, "fixes:\n  - |\n    Some *unfinished\n", 1, "")
    [warning] = shown(pages, "apiplug-releases::").warnings
    assert "releasenotes/notes/note-0000000000000001.yaml" in warning
