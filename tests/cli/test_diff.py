from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace

from sphinxext_apiplug.inventory.codec import dumps
from sphinxext_apiplug.inventory.problems import Problem
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_yaml
from tests.checks.diff.making import body, request

from .conftest import Run

TEXT = {"type": "string"}
OLD = request(body({"name": TEXT, "size": {"type": "integer", "minimum": 1}}, "name"))
NEW = request(body({"name": TEXT, "colour": {**TEXT, "description": "New."}}))
GONE = "field-removed POST /v1/things request size"


@pytest.fixture
def files(project: Path) -> tuple[str, str]:
    """The old and the new inventory."""
    (project / "old.json").write_bytes(dumps(OLD))
    (project / "new.json").write_bytes(dumps(NEW))
    return "old.json", "new.json"


def test_text_is_grouped_by_class(run: Run, files: tuple[str, str]) -> None:
    result = run("diff", *files)
    assert result.stdout == (
        "Shop API: 1 breaking, 2 compatible\n"
        "\n"
        "Breaking (1)\n"
        "  POST /v1/things\n"
        "    - The request field size (integer) is gone. [field-removed]\n"
        "\n"
        "Compatible (2)\n"
        "  POST /v1/things\n"
        "    - The request field name need not be there any more. [became-optional]\n"
        "    - The request field colour (string) is new. [field-added]\n"
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_nothing_changed(run: Run, files: tuple[str, str]) -> None:
    result = run("diff", files[0], files[0], "--fail-on", "documentation")
    assert (result.returncode, result.stdout) == (0, "Shop API: no changes\n")


def test_json_has_all_that_is_known(run: Run, files: tuple[str, str]) -> None:
    data = json.loads(run("diff", *files, "--format", "json").stdout)
    assert (data["format"], data["new"]["title"]) == (1, "Shop API")
    assert data["summary"] == {"breaking": 1, "compatible": 2, "documentation": 0}
    assert data["changes"][0] == {
        "kind": "field-removed",
        "severity": "breaking",
        "where": {
            "part": "request",
            "operation": "things-create",
            "call": "POST /v1/things",
            "name": "size",
            "pointer": "/size",
        },
        "message": "The request field `size` (`integer`) is gone.",
        "before": "integer",
        "source": {"object": "shop.api:Controller.create", "file": "shop/api.py", "line": 7},
    }


def test_the_format_follows_the_name_of_the_file(
    run: Run, files: tuple[str, str], project: Path
) -> None:
    assert run("diff", *files, "-o", "changes.md").returncode == 0
    text = (project / "changes.md").read_text(encoding="utf-8")
    assert text.startswith("# Shop API\n\n1 breaking, 2 compatible.\n\n## Breaking (1)\n")
    assert "  - The request field `size` (`integer`) is gone. [field-removed]\n" in text


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [
        ("breaking", 1), ("compatible", 1), ("documentation", 1), ("never", 0),
        ("field-added", 1), ("enum-added", 0),
    ],
)  # fmt: skip
def test_fail_on(run: Run, files: tuple[str, str], fail_on: str, code: int) -> None:
    assert run("diff", *files, "--fail-on", fail_on).returncode == code


def test_an_ignored_kind_fails_nothing(run: Run, files: tuple[str, str]) -> None:
    result = run("diff", *files, "--ignore", "field-removed", "--fail-on", "breaking")
    assert result.returncode == 0
    assert "size" not in result.stdout


def test_what_is_accepted_fails_nothing(run: Run, files: tuple[str, str], project: Path) -> None:
    lines = run("diff", *files, "--format", "accept").stdout
    assert lines == f"{GONE}\n"
    stale = "operation-removed DELETE /v1/*"
    (project / "accepted").write_text(f"# seen\n\n{lines}{stale}\n", encoding="utf-8")
    result = run("diff", *files, "--accept", "accepted", "--fail-on", "breaking")
    assert result.returncode == 0
    assert "size" not in result.stdout
    warning = f"warning: accepted:4: no change is like this any more: {stale}\n"
    assert result.stderr == warning


@pytest.mark.parametrize("line", ["field-removed *", "* POST /v1/things request *", "* *size"])
def test_a_star_stands_for_anything(
    run: Run, files: tuple[str, str], project: Path, line: str
) -> None:
    (project / "accepted").write_text(line, encoding="utf-8")
    result = run("diff", *files, "--accept", "accepted", "--fail-on", "breaking")
    assert (result.returncode, result.stderr) == (0, "")


def test_documents_and_inventories_can_be_compared(
    run: Run, files: tuple[str, str], project: Path
) -> None:
    (project / "new.yaml").write_bytes(to_yaml(build(NEW, "all")))
    (project / "old.yaml").write_bytes(to_yaml(build(OLD, "all")))
    plain = run("diff", *files, "--format", "accept").stdout
    for pair in (("old.yaml", "new.yaml"), ("old.json", "new.yaml"), ("old.yaml", "new.json")):
        result = run("diff", *pair, "--format", "accept")
        assert (result.stdout, result.stderr) == (plain, ""), pair
    assert run("diff", "new.json", "new.yaml").stdout == "Shop API: no changes\n"


def test_a_release_note_is_written_once(run: Run, files: tuple[str, str], project: Path) -> None:
    (project / "notes").mkdir()
    assert run("diff", *files, "--reno", "notes").returncode == 0
    (note,) = (project / "notes").iterdir()
    data = yaml.safe_load(note.read_text(encoding="utf-8"))
    assert list(data) == ["features", "upgrade"]
    assert data["upgrade"] == [
        "``POST /v1/things``:\n\n* The request field ``size`` (``integer``) is gone.\n"
    ]
    note.write_text("edited", encoding="utf-8")
    result = run("diff", *files, "--reno", "notes")
    assert result.stderr == f"{note.relative_to(project)} is there already and is kept\n"
    assert note.read_text(encoding="utf-8") == "edited"


def test_no_note_without_changes(run: Run, files: tuple[str, str], project: Path) -> None:
    (project / "notes").mkdir()
    result = run("diff", files[0], files[0], "--reno", "notes")
    assert result.stderr.startswith("no release note is needed")
    assert not list((project / "notes").iterdir())


def test_another_interpreter_reads_its_own_environment(
    run: Run, files: tuple[str, str], project: Path
) -> None:
    (project / "conf.py").write_text(
        "apiplug_apis = {'shop': {'inventory': 'old.json'}}", encoding="utf-8"
    )
    result = run("diff", "shop", files[1], "--old-python", sys.executable, "--format", "accept")
    assert (result.stdout, result.stderr) == (f"{GONE}\n", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("old.json", "nosuch.json"), "'nosuch.json' is neither an API of conf.py"),
        (("old.json", "bad.json"), "apiplug: bad.json: is not an inventory: "),
        (("old.json", "bad.yaml"), "apiplug: bad.yaml: /paths: should be an object"),
        (("old.json", "new.json", "--fail-on", "braking"), "did you mean 'breaking'?"),
        (("old.json", "new.json", "--ignore", "field-add"), "did you mean 'field-added'?"),
        (("old.json", "new.json", "--accept", "nosuch"), "apiplug: cannot read nosuch"),
        (("old.json", "new.json", "--accept", "kind"), "kind:1: no kind of change is called 'x'"),
        (("old.json", "new.json", "--accept", "place"), "place:1: a place is wanted"),
        (("old.json", "new.json", "--reno", "nosuch"), "apiplug: nosuch is no folder: where"),
        (("old.json", "new.json", "-o", "no/such"), "apiplug: cannot write no/such"),
        (("old.json", "empty.json"), "apiplug: empty.json: is empty"),
        (("old.json", "other.json"), "other.json: is neither an inventory nor an OpenAPI"),
        (("shop == 1.0", "new.json"), "'shop == 1.0' names no single release: write one as in"),
        (("shop>=1.0", "new.json"), "'shop>=1.0' names no single release"),
        (("shop==1.0", "new.json"), "which API of the release is meant?"),
        (("shop==1.0", "new.json", "--old-python", "x"), "give no other one"),
        (("shop", "new.json", "--old-python", "x"), "apiplug: x is no interpreter"),
        (("shop", "new.json", "--old-python", sys.executable), "cannot read shop with"),
    ],
)
def test_wrong_use(
    run: Run, files: tuple[str, str], project: Path, arguments: tuple[str, ...], message: str
) -> None:
    for name, text in {
        "bad.json": "[]",
        "empty.json": "\n",
        "other.json": "{}",
        "bad.yaml": "{openapi: 3.1.0, paths: []}",
        "kind": "x POST /v1/things",
        "place": "field-added",
    }.items():
        (project / name).write_text(text, encoding="utf-8")
    result = run("diff", *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_what_could_not_be_read_is_said(run: Run, files: tuple[str, str], project: Path) -> None:
    problem = Problem(kind="load-failed", subject="other", message="has no module")
    broken = replace(NEW, problems=(problem,))
    (project / "new.json").write_bytes(dumps(broken))
    result = run("diff", *files)
    assert result.stderr == (
        "warning: the new API isn't all there: other: has no module [load-failed]\n"
    )


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo why; printf '%0400d' 7; exit 3", f"why\napiplug: {'0' * 250}…\n"),
        ("echo 'x: No module named pip'; exit 1", "No module named pip; install uv, or pip where"),
        ("exit 3", "/python: exit status 3\n"),
    ],
)
def test_what_a_failed_program_said(
    run: Run, files: tuple[str, str], project: Path, script: str, said: str
) -> None:
    python = project / "python"
    python.write_text(f"#!/bin/sh\nexec >&2\n{script}\n", encoding="utf-8")
    python.chmod(0o755)
    result = run("diff", "shop", files[1], "--old-python", "./python")
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
