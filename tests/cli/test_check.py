"""``apiplug check`` as its users call it."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from sphinxext_apiplug.inventory.codec import dumps

from .conftest import Run, inventory

WRITTEN = "Pets\n====\n\nList\n----\n\n.. rest_method:: GET /pet\n"
CONF = """
apiplug_apis = {"pets": {"inventory": "pets.json", "checks": {CHECKS}}}
"""


def conf(project: Path, checks: str) -> None:
    (project / "conf.py").write_text(CONF.replace("{CHECKS}", checks), "utf-8")


def test_a_table_of_what_is_described(run: Run, pets: Path) -> None:
    result = run("check", pets, "-f", "json")
    assert (result.returncode, result.stderr) == (0, "")
    lines = json.loads(result.stdout)
    assert [(line["extension"], line["summary"], line["policy"]) for line in lines] == [
        ("pets", "1/1", "0/1"), ("all", "1/1", "0/1")
    ]  # fmt: skip


def test_a_hand_written_reference_that_is_wrong_fails(run: Run, pets: Path) -> None:
    (pets.parent / "ref").mkdir()
    (pets.parent / "ref" / "pets.inc").write_text(WRITTEN, "utf-8")
    result = run("check", pets, "--handwritten", "ref")
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        (
            "error: ref/pets.inc:7: GET /pet: no extension serves this; did you mean /pets? "
            "[handwritten-unknown]"
        ),
        (
            "warning: pets/api.py:7: pets-list: nothing is written about GET /pets "
            "[handwritten-missing]"
        ),
    ]
    assert "| pets " in result.stdout
    (pets.parent / "ref" / "pets.inc").write_text(WRITTEN.replace("/pet\n", "/pets\n"), "utf-8")
    assert run("check", pets, "--handwritten", "ref").returncode == 0


def test_thresholds(run: Run, pets: Path) -> None:
    assert run("check", pets, "--coverage", "summary=100").returncode == 0
    result = run("check", pets, "--coverage", "policy=1", "--coverage", "total=50%")
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        (
            "error: pets/api.py:7: pets: policy: 0 % (0 of 1); wanted are 1 %; "
            "missing at pets-list [coverage-low]"
        )
    ]


@pytest.mark.parametrize(
    ("flag", "message"),
    [
        ("polcy=1", "'polcy' is none of summary, "),
        ("policy", "'' is not a percentage"),
        ("policy=all", "'all' is not a percentage"),
        ("policy=101", "'101' is not between 0 and 100"),
        ("policy=nan", "'nan' is not between 0 and 100"),
    ],
)
def test_a_threshold_that_is_none(run: Run, pets: Path, flag: str, message: str) -> None:
    result = run("check", pets, "--coverage", flag)
    assert result.returncode == 2
    assert message in result.stderr


def test_drift_names_what_changed(run: Run, pets: Path) -> None:
    kept = inventory()
    (operation,) = kept.operations
    older = msgspec.structs.replace(operation, id="pets-old", path="/old")
    (pets.parent / "kept.json").write_bytes(
        dumps(msgspec.structs.replace(kept, operations=(operation, older)))
    )
    assert run("check", pets, "--inventory", pets).stderr == ""
    result = run("check", pets, "--inventory", "kept.json")
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert "pets-old" in line
    assert line.endswith("[inventory-drift]")


def test_a_badge(run: Run, pets: Path) -> None:
    result = run("check", pets, "--badge", "badge.svg")
    assert result.returncode == 0
    assert ET.parse(pets.parent / "badge.svg").getroot().get("role") == "img"
    result = run("check", pets, "--badge", "nowhere/badge.svg")
    assert (result.returncode, result.stdout) == (2, "")


def test_conf_py_says_what_to_check_and_flags_go_before_it(run: Run, pets: Path) -> None:
    conf(pets.parent, '{"coverage": {"policy": 100, "summary": 100}}')
    assert "policy: 0 %" in run("check", "pets").stderr
    assert run("check", "pets", "--coverage", "policy=0").stderr == ""
    conf(pets.parent, '{"coverage": {"policy": 100}, "ignore": ["coverage-low pets: pol*"]}')
    assert run("check", "pets").returncode == 0


@pytest.mark.parametrize(
    ("checks", "message"),
    [
        ('{"coverage": {"polcy": 1}}', "Invalid enum value 'polcy'"),
        ('{"coverage": {"policy": 101}}', "<= 100"),
        ('{"handwriten": "x"}', "unknown key 'handwriten'; did you mean 'handwritten'?"),
        ("3", "Expected"),
    ],
)
def test_settings_that_are_wrong(run: Run, pets: Path, checks: str, message: str) -> None:
    conf(pets.parent, checks)
    result = run("check", "pets")
    assert result.returncode == 2
    assert "apiplug_apis['pets']['checks']" in result.stderr
    assert message in result.stderr


def test_what_cannot_be_checked_is_said_after_all_else(run: Run, pets: Path) -> None:
    flags = ("--handwritten", "no", "--samples", "none", "--inventory", "gone.json")
    result = run("check", pets, "--coverage", "policy=1", *flags)
    assert result.returncode == 2
    starts = ("error: pets/api.py:7: ", "apiplug: gone.json: ", "apiplug: no: ", "apiplug: none: ")
    for line, start in zip(result.stderr.splitlines(), starts, strict=True):
        assert line.startswith(start)


def test_release_notes_are_checked_where_conf_py_says_so(run: Run, pets: Path) -> None:
    kept = inventory()
    (operation,) = kept.operations
    (pets.parent / "kept").mkdir()
    older = msgspec.structs.replace(operation, id="pets-old", path="/old")
    (pets.parent / "kept" / "1.0.0.json").write_bytes(
        dumps(msgspec.structs.replace(kept, operations=(operation, older)))
    )
    conf(pets.parent, '{"notes": "zoo"}')
    missing = run("check", "pets")
    assert missing.returncode == 2
    assert "no distribution called 'zoo' is installed" in missing.stderr
    with (pets.parent / "conf.py").open("a") as file:
        file.write('apiplug_projects = {"zoo": {"path": ".", "inventories": "kept"}}\n')
    result = run("check", "pets")
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("error: unreleased pets-old: no note of what isn't released yet")
    assert line.endswith("The operation is gone. [notes-silent]")
    conf(pets.parent, '{"notes": "zoo", "ignore": ["notes-silent unreleased *"]}')
    with (pets.parent / "conf.py").open("a") as file:
        file.write('apiplug_projects = {"zoo": {"path": ".", "inventories": "kept"}}\n')
    assert run("check", "pets").returncode == 0
