"""The documents beside the pages, in every builder that is meant to have them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
import sphinx
import yaml
from sphinx.errors import SphinxWarning

from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.model import Parameter
from sphinxext_apiplug.reference import making
from tests.reference import sample
from tests.reference.project import Project

BUILDERS = ("html", "dirhtml", "singlehtml", "latex", "man", "text", "epub", "gettext", "xml")
PUBLISHERS = ("html", "dirhtml", "singlehtml")
FILES = ("inventory.json", "openapi.json", "openapi.yaml")


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_builder_builds_without_a_warning(project: Project, builder: str) -> None:
    project.with_pages()
    project.write("index.rst", "Racks\n=====\n\n.. apiplug-extensions::\n\n.. apiplug-openapi::\n")
    overrides = {"nitpicky": True, "version": "1", "copyright": "nobody"}
    overrides["man_pages"] = [("index", "racks", "Racks", "nobody", 1)]
    built = project.build(builder, confoverrides=overrides)
    assert built.warnings == []
    published = [file for file in FILES if (built.outdir / file).exists()]
    assert published == (list(FILES) if builder in PUBLISHERS else [])


def test_the_documents_are_those_of_the_inventory(project: Project) -> None:
    built = project.build()
    document = json.loads(built.text("openapi.json"))
    assert sorted(document["paths"]) == ["/v1/cables", "/v1/shelves", "/v1/shelves/{shelf_id}"]
    assert yaml.safe_load(built.text("openapi.yaml")) == document
    inventory = codec.loads((built.outdir / "inventory.json").read_bytes())
    assert inventory == sample.inventory()


def test_a_changed_inventory_is_published(project: Project) -> None:
    project.build()
    project.inventory(sample.inventory(operations=sample.inventory().operations[:1]))
    assert list(json.loads(project.build().text("openapi.json"))["paths"]) == ["/v1/cables"]


def test_documents_of_an_earlier_build_dont_stay(project: Project) -> None:
    project.build()
    project.inventory(sample.inventory(operations=()))
    built = project.build()
    assert [file for file in FILES if (built.outdir / file).exists()] == ["inventory.json"]


@pytest.fixture
def invalid(project: Project) -> Project:
    """An inventory whose OpenAPI document can't be valid."""
    wrong = Parameter(name="colour", location="query", schema={"type": "strnig"})
    operation = sample.operation("list-shelves", "GET", "/shelves", "shelves", parameters=(wrong,))
    project.inventory(sample.inventory(operations=(operation,)))
    return project


def test_what_is_wrong_with_a_document_is_told_in_every_build(invalid: Project) -> None:
    first, second = invalid.build(), invalid.build()
    assert first.warnings == second.warnings != []
    assert all(line.endswith("[apiplug.openapi-invalid]") for line in first.warnings)
    assert first.warnings[0].startswith("racks/api/shelves.py:10: WARNING: ")


def test_a_warning_at_the_very_end_fails_a_strict_build(invalid: Project) -> None:
    if sphinx.version_info < (8, 1):
        with pytest.raises(SphinxWarning):
            invalid.build(warningiserror=True)
    else:
        assert invalid.build(warningiserror=True).statuscode == 1
        assert invalid.build(warningiserror=True).statuscode == 1


def broken_maker(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    popen = subprocess.Popen

    def start(command: list[str], **options: Any) -> Any:
        return popen([command[0], "-c", code], **options)

    monkeypatch.setattr(subprocess, "Popen", start)


def test_documents_that_cant_be_made_dont_stop_the_build(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_maker(monkeypatch, "raise SystemExit('no memory')")
    built = project.build()
    assert built.warnings == [
        (
            "/src/conf.py:3: WARNING: racks: the OpenAPI document could not be made: no memory "
            "[apiplug.openapi-invalid]"
        )
    ]
    assert "Create shelf" in built.text("index.html")
    assert (built.outdir / "inventory.json").exists()


def test_documents_that_take_for_ever_dont_stop_the_build(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_maker(monkeypatch, "import time; time.sleep(100)")
    monkeypatch.setattr(making, "_SECONDS", 1)
    assert project.build().warnings == [
        (
            "/src/conf.py:3: WARNING: racks: the OpenAPI document could not be made: "
            "it took more than 1 seconds [apiplug.openapi-invalid]"
        )
    ]


def test_a_failing_build_leaves_no_process_behind(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Any] = []
    popen = subprocess.Popen

    def start(*args: Any, **options: Any) -> Any:
        started.append(popen(*args, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    conf = (project.folder / "conf.py").read_text()
    failing = "def setup(app):\n    app.connect('env-updated', lambda *args: 1 / 0)\n"
    project.write("conf.py", conf + failing)
    with pytest.raises(Exception, match="division by zero"):
        project.build()
    [process] = started
    assert process.returncode is not None


def test_no_sphinx_and_no_validator_where_they_arent_needed() -> None:
    code = (
        "import sys, sphinxext_apiplug.reference.maker\n"
        "assert not [name for name in sys.modules if name.split('.')[0] in ('sphinx', 'docutils')]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    code = (
        "import sys, sphinxext_apiplug.reference.publish\n"
        "bad = {'jsonschema', 'openapi_spec_validator', 'yaml', 'stevedore', 'routes', 'cliff'}\n"
        "assert not bad & {name.split('.')[0] for name in sys.modules}"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
