"""A build reads what changed, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sphinxext_apiplug.collect.api import Collected
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.reference import loading
from tests.reference import sample
from tests.reference.project import Project, tree

CABLES, SHELVES = "extensions/cables", "extensions/shelves"


def changed(content: Inventory, name: str, **changes: Any) -> Inventory:
    """The inventory with one operation changed."""
    operations = tuple(
        msgspec.structs.replace(item, **changes) if item.id == name else item
        for item in content.operations
    )
    return msgspec.structs.replace(content, operations=operations)


@pytest.fixture
def pages(project: Project) -> Project:
    """A project with a page for each extension and a hand-written one, built once."""
    project.with_pages()
    project.write("notes.rst", ":orphan:\n\nNotes\n=====\n")
    first = project.build()
    assert first.warnings == []
    assert first.read == [CABLES, SHELVES, "index", "notes"]
    return project


def test_a_second_build_reads_nothing_and_touches_no_page(pages: Project) -> None:
    out = pages.folder / "_build" / "html"
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*.*") if is_ours(path)}
    assert {path.name for path in times} >= {"openapi.json", "inventory.json", "shelves.html"}
    second = pages.build()
    assert second.read == []
    assert {path: path.stat().st_mtime_ns for path in times} == times


def is_ours(path: Path) -> bool:
    """Whether a file isn't one that Sphinx writes in every build."""
    rewritten = {"genindex.html", "search.html", "apiplug-index.html"}
    named = path.suffix in {".html", ".yaml"} or path.name in {"openapi.json", "inventory.json"}
    return named and path.name not in rewritten


def test_a_changed_operation_reads_its_page_and_the_overview(pages: Project) -> None:
    pages.inventory(changed(sample.inventory(), "list-shelves", summary="List all shelves"))
    built = pages.build()
    assert built.read == [SHELVES, "index"]
    assert "List all shelves" in built.text(f"{SHELVES}.html")
    assert pages.build().read == []


def test_a_changed_fact_of_the_api_reads_all_its_pages(pages: Project) -> None:
    content = sample.inventory()
    api = msgspec.structs.replace(content.api, base_path="/v2")
    pages.inventory(msgspec.structs.replace(content, api=api))
    built = pages.build()
    assert built.read == [CABLES, SHELVES, "index"]
    assert "/v2/shelves" in built.text(f"{SHELVES}.html")


def test_a_new_extension_makes_a_new_page(pages: Project) -> None:
    content = sample.inventory()
    extensions = (*content.extensions, sample.extension("zips"))
    pages.inventory(msgspec.structs.replace(content, extensions=extensions))
    built = pages.build()
    assert built.warnings == []
    assert built.read == ["extensions/zips", "index"]


def test_a_name_that_meant_nothing_is_tried_again(project: Project) -> None:
    project.write("index.rst", "Racks\n=====\n\n.. apiplug-extension:: zips\n")
    assert len(project.build("text").warnings) == 1
    assert project.build("text").read == []
    content = sample.inventory()
    extensions = (*content.extensions, sample.extension("zips"))
    project.inventory(msgspec.structs.replace(content, extensions=extensions))
    built = project.build("text")
    assert built.read == ["index"]
    assert built.warnings == []


def test_problems_are_told_in_every_build(pages: Project) -> None:
    pages.inventory(sample.inventory(problems=(sample.problem(),)))
    warning = (
        "racks/api/fans.py:7: WARNING: fans = racks.api.fans:Fans: No module named 'blades' "
        "(racks 3.1.0) [apiplug.load-failed]"
    )
    first, second = pages.build(), pages.build()
    assert first.warnings == second.warnings == [warning]
    assert second.read == []


def test_mild_problems_are_only_told_on_request(project: Project) -> None:
    mild = sample.problem(kind="schema-adapted", message="had no items", source=None)
    project.inventory(sample.inventory(problems=(mild,)))
    built = project.build("text")
    assert built.warnings == []
    assert "had no items" in built.status


@pytest.fixture
def service(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Source files on this machine that the inventory was read from; the project is built."""
    folder = tmp_path / "service"
    files = {name: folder / name for name in sample.inventory().sources}
    for path in files.values():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# code\n")

    def collect(name: str, settings: object, **options: object) -> Collected:
        return Collected(inventory=sample.inventory(), files=files, from_cache=True)

    monkeypatch.setattr(loading, "collect", collect)
    project.with_pages().build()
    return folder / sample.PACKAGE


def touch(path: Path) -> None:
    later = path.stat().st_mtime + 100
    os.utime(path, (later, later))


def test_touching_a_handlers_file_reads_what_was_made_from_it(
    project: Project, service: Path
) -> None:
    assert project.build().read == []
    touch(service / "shelves.py")
    # The other page names an operation that is served there.
    assert project.build().read == [CABLES, SHELVES, "index"]


def test_touching_a_file_that_adds_to_an_operation(project: Project, service: Path) -> None:
    # Its own page, and that of the operation that it adds to.
    touch(service / "cables.py")
    assert project.build().read == [CABLES, SHELVES, "index"]


def test_an_operation_alone_depends_on_its_own_files(project: Project, service: Path) -> None:
    project.write("one.rst", ":orphan:\n\n.. apiplug-operation:: list-shelves\n   :no-index:\n")
    assert project.build().read == ["one"]
    touch(service / "cables.py")
    assert "one" not in project.build().read
    touch(service / "shelves.py")
    assert "one" in project.build().read


def test_a_file_that_is_not_there_is_no_reason_to_read(project: Project, service: Path) -> None:
    (service / "cables.py").unlink()
    project.build()
    assert project.build().read == []


def test_a_problem_stands_at_its_absolute_place(
    project: Project, service: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = sample.problem(source=sample.source("shelves", 9), distribution=None)
    collected = Collected(
        inventory=sample.inventory(problems=(problem,)),
        files={"racks/api/shelves.py": service / "shelves.py"},
        from_cache=True,
    )
    monkeypatch.setattr(loading, "collect", lambda *args, **options: collected)
    [warning] = project.build().warnings
    assert warning.startswith(f"{service}/shelves.py:9: WARNING: ")


def test_progress_is_shown_while_plugins_are_read(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def collect(name: str, settings: object, *, progress: Any, **options: object) -> Collected:
        progress(1, 4, "loading \x1b[2Jfans")
        return Collected(inventory=sample.inventory(), files={}, from_cache=False)

    monkeypatch.setattr(loading, "collect", collect)
    status = project.build("text").status
    assert "reading extensions of racks... [ 25%] loading  [2Jfans" in status
    assert "reading extensions of racks... 2 extensions, 4 operations\n" in status


def test_parallel_builds_give_the_same_bytes(project: Project) -> None:
    project.with_pages()
    content = sample.inventory()
    extensions = (*content.extensions, *(sample.extension(f"empty{n}") for n in range(8)))
    project.inventory(msgspec.structs.replace(content, extensions=extensions))
    out = project.folder / "_build" / "html"
    built = project.build(freshenv=True)
    assert built.warnings == []
    serial = tree(out)
    for path in sorted(out.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    built = project.build(freshenv=True, parallel=2)
    assert built.warnings == []
    parallel = tree(out)
    assert sorted(serial) == sorted(parallel)
    assert [name for name in serial if serial[name] != parallel[name]] == []
