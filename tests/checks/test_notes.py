"""Release notes, held against what changed between the inventories of releases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from sphinxext_apiplug.checks.run import Wanted, run
from sphinxext_apiplug.inventory.codec import dumps
from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.inventory.model import Inventory, Payload
from sphinxext_apiplug.inventory.problems import Problem
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.project.declared import ProjectSettings
from sphinxext_apiplug.reference.noting import noted_releases
from tests.checks.diff.making import OPERATION, api, body, inventory, operation, parameter, request
from tests.project.repositories import Repository, git

TEXT = {"type": "string"}
PLAIN = inventory(OPERATION)
ACTION = replace(OPERATION, id="things-paint", path="/things/{id}/action", action="paint")
SHOW = replace(OPERATION, id="things-show", method="GET", path="/things/{id}")
NEWER = VersionRange(since="1.0", until="1.6")
IN_1_6 = inventory(
    replace(
        OPERATION,
        request=(
            Payload(schema=body({"a": TEXT}), versions=VersionRange(since="1.0", until="1.5")),
            Payload(schema=body({}), versions=VersionRange(since="1.6")),
        ),
    ),
    api=replace(PLAIN.api, microversions=NEWER),
)
BEFORE_1_6 = request(body({"a": TEXT}))

#: What changed, what was noted of it, and whether that says so.
ROWS: tuple[tuple[Inventory, Inventory, str, bool], ...] = (
    (PLAIN, inventory(), "``POST /things`` is gone.", True),
    (PLAIN, inventory(), "``POST /v1/things`` is gone.", True),
    (PLAIN, inventory(), "/things/ was never used.", True),
    (PLAIN, inventory(), "See /things.", True),
    (PLAIN, inventory(), "``POST /things/{id}`` is gone.", False),
    (PLAIN, inventory(), "``POST /all/things`` is gone.", False),
    (PLAIN, inventory(), "The operation things-create is gone.", True),
    (PLAIN, inventory(), "The extension os-things is gone.", True),
    (PLAIN, inventory(), "Some bugs with things were fixed.", False),
    (PLAIN, inventory(), "", False),
    (PLAIN, inventory(OPERATION, SHOW), "``GET /os-things/all`` is faster.", False),
    (PLAIN, inventory(OPERATION, SHOW), "See ``/things/<thing_id>``.", True),
    (PLAIN, inventory(OPERATION, SHOW), "``GET /things`` is faster.", False),
    (PLAIN, inventory(OPERATION, ACTION), "``paint`` paints them.", True),
    (PLAIN, inventory(OPERATION, ACTION), "``POST /things/{id}/action``", False),
    (PLAIN, parameter(), "Things have a ``limit``.", True),
    (PLAIN, parameter(), "There is no limit.", False),
    (PLAIN, parameter(name="sort_key"), "They have a sort_key now.", True),
    (request(body({})), request(body({"a": body({"b_c": TEXT})})), "Now with ``a``.", True),
    (request(body({})), request(body({"an_a": TEXT}, "an_a")), "They want `an_a`.", True),
    (BEFORE_1_6, IN_1_6, "Microversion 1.6: less.", True),
    (BEFORE_1_6, IN_1_6, "Since 1.60, or 11.6, less.", False),
    # Nobody has to be told.
    (PLAIN, operation(summary="Make a thing"), "", True),
    (PLAIN, api(title="Things"), "", True),
    (parameter(schema=TEXT), parameter(schema={"type": ["string", "null"]}), "", True),
)


class History:
    """A repository, and beside it the inventories of its releases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = folder / "kept"
        self.kept.mkdir()
        self._repository = Repository(folder / "shop")
        self._repository.commit("Begin\n")
        self._repository.write()
        self._count = 0

    def note(self, text: str, *, commit: bool = True) -> None:
        self._count += 1
        notes = self._repository.folder / "releasenotes" / "notes"
        notes.mkdir(parents=True, exist_ok=True)
        lines = "\n".join(f"    {line}" for line in text.splitlines())
        file = notes / f"note-{self._count:016x}.yaml"
        file.write_text(f"---\nfeatures:\n  - |\n{lines}\n", "utf-8")
        git(self._repository.folder, "add", ".")
        if commit:
            identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
            git(self._repository.folder, *identity, "commit", "-q", "-m", "A note")

    def release(self, version: str, content: Inventory | None) -> None:
        git(self._repository.folder, "tag", version)
        if content is not None:
            (self.kept / f"{version}.json").write_bytes(dumps(content))

    def check(self, installed: Inventory, *ignore: str) -> tuple[Problem, ...]:
        settings = {"shop": ProjectSettings(path="shop", inventories="kept")}
        releases = noted_releases(settings, self.folder, "shop")
        checked = run(installed, Wanted(coverage={}, ignore=ignore, releases=releases))
        assert checked.refused == ()
        return checked.problems


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


@pytest.mark.parametrize(("old", "new", "note", "is_said"), ROWS)
def test_a_release_says_what_changed(
    history: History, old: Inventory, new: Inventory, note: str, is_said: bool
) -> None:
    history.release("1.0.0", old)
    if note:
        history.note(note)
    history.release("2.0.0", new)
    found = history.check(new)
    assert [(item.kind, item.subject.split()[0]) for item in found] == (
        [] if is_said else [("notes-silent", "2.0.0")]
    )


@pytest.mark.parametrize(("old", "new", "note", "is_said"), ROWS)
def test_what_is_not_released_yet(
    history: History, old: Inventory, new: Inventory, note: str, is_said: bool
) -> None:
    history.release("1.0.0", old)
    if note:
        history.note(note, commit=False)
    found = history.check(new)
    assert [item.subject.split()[0] for item in found] == ([] if is_said else ["unreleased"])


def test_the_problem_says_where_and_what(history: History) -> None:
    history.release("1.0.0", PLAIN)
    history.note("Much is better.")
    history.release("2.0.0", inventory())
    (problem,) = history.check(inventory())
    assert problem.subject == "2.0.0 things-create"
    assert problem.message == (
        "no note of 2.0.0 mentions what changed of POST /v1/things: The operation is gone."
    )
    assert problem.source is not None
    assert problem.source.file.endswith("shop/releasenotes/notes/note-0000000000000001.yaml")
    assert history.check(inventory(), "notes-silent 2.0.0 *") == ()
    history.note("There are no ``/things`` any more.")  # too late: it belongs to the next one
    assert len(history.check(inventory())) == 1


def test_notes_of_a_release_without_an_inventory_count_for_the_next(history: History) -> None:
    history.release("1.0.0", PLAIN)
    history.note("There are no ``/things`` any more.")
    history.release("1.1.0", None)
    history.release("2.0.0", inventory())
    assert history.check(inventory()) == ()
    # And those of 1.0.0 don't.
    assert [item.subject for item in history.check(PLAIN)] == ["unreleased things-create"]


def test_committed_and_uncommitted_notes_are_both_unreleased(history: History) -> None:
    history.release("1.0.0", PLAIN)
    history.note("There is ``GET /things/{id}``.")
    history.note("And ``paint``.", commit=False)
    assert history.check(inventory(OPERATION, SHOW, ACTION)) == ()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"path": "shop"}, "`inventories` names no folder"),
        ({"path": "shop", "inventories": "none"}, "no inventory of a release in none"),
        ({"path": "gone", "inventories": "kept"}, "there is no folder"),
    ],
)
def test_what_cannot_be_checked(history: History, settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ApiplugError, match=message):
        noted_releases({"shop": ProjectSettings(**settings)}, history.folder, "shop")
