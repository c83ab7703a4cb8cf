"""What the README and the manual promise is there."""

from __future__ import annotations

import re
import shlex
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from sphinxext_apiplug.cli.failon import NEVER
from sphinxext_apiplug.collect.settings import parse_apis
from sphinxext_apiplug.inventory.problems import PROBLEM_KINDS, SEVERITIES
from sphinxext_apiplug.project.settings import check_projects
from sphinxext_apiplug.reference.directives import setup_directives
from sphinxext_apiplug.reference.domain import ApiplugDomain

ROOT = Path(__file__).parents[1]
TEXTS = [ROOT / "README.rst", *sorted((ROOT / "doc" / "source").glob("*.rst"))]


def blocks(path: Path, language: str) -> list[str]:
    """The code blocks of one language in a text, without their indentation."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(rf"\.\. code-block:: {language}\n\n((?:[ ]+.*\n|\n)+)", text)
    return [re.sub(r"(?m)^ {3,5}", "", block) for block in found]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_conf_py_in_the_texts_is_right(path: Path) -> None:
    for block in blocks(path, "python"):
        names: dict[str, Any] = {}
        exec(block, names)
        if "apiplug_apis" in names:
            assert parse_apis(names["apiplug_apis"])
        assert check_projects(names.get("apiplug_projects", {}))[1] == ()
        for name in names.get("suppress_warnings", ()):
            assert name.removeprefix("apiplug.") in PROBLEM_KINDS


def test_the_settings_of_the_references_are_right() -> None:
    for file, api in (("api-ref/source", "compute"), ("tests/masakari", "instance-ha")):
        names: dict[str, Any] = {}
        exec((ROOT / file / "conf.py").read_text(encoding="utf-8"), names)
        assert set(parse_apis(names["apiplug_apis"])) == {api}


def test_every_directive_and_role_is_in_the_manual() -> None:
    class App:
        def __init__(self) -> None:
            self.directives: list[str] = []

        def add_directive(self, name: str, _directive: object) -> None:
            self.directives.append(name)

    app = App()
    setup_directives(app)  # type: ignore[arg-type]
    text = (ROOT / "doc" / "source" / "directives.rst").read_text(encoding="utf-8")
    documented = re.findall(r"rst:directive:: \.\. ([\w-]+)::", text)
    assert sorted(documented) == sorted(app.directives)
    assert sorted(re.findall(r"rst:role:: apiplug:(\w+)", text)) == sorted(ApiplugDomain.roles)


def test_every_command_line_in_the_texts_names_a_command() -> None:
    shell = "".join(block for path in TEXTS for block in blocks(path, "shell"))
    calls = [shlex.split(line)[1] for line in shell.splitlines() if line.startswith("apiplug ")]
    assert calls
    commands = {point.name for point in metadata.entry_points(group="apiplug.commands")}
    assert set(calls) <= {*commands, "complete"}


def test_no_problem_kind_is_called_like_a_severity() -> None:
    # --fail-on takes both.
    assert not {*SEVERITIES, NEVER} & set(PROBLEM_KINDS)


def test_every_link_to_a_problem_kind_leads_somewhere() -> None:
    for path in TEXTS:
        for kind in re.findall(r"<problem-([\w-]+)>", path.read_text(encoding="utf-8")):
            assert kind in PROBLEM_KINDS
