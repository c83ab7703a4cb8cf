"""The directive that tells what changed from one API to another."""

from __future__ import annotations

import msgspec
import pytest

from sphinxext_apiplug.inventory.codec import dumps
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_yaml
from tests.checks.diff.making import body, request
from tests.reference.project import Project
from tests.reference.test_versions_in_browser import content

TEXT = {"type": "string"}
OLD = request(body({"name": TEXT, "a<b>*c*": TEXT}, "name"))
NEW = request(body({"name": TEXT, "colour": TEXT}))
PAGE = "Changes\n=======\n\n.. apiplug-diff:: ../old.json ../new.json\n"


@pytest.fixture
def changed(project: Project) -> Project:
    """A site whose page shows the changes between two files beside its folder."""
    project.inventory(content())
    project.write("old.json", dumps(OLD).decode())
    project.write("new.json", dumps(NEW).decode())
    project.write("index.rst", "Site\n====\n\n.. toctree::\n\n   parts/changes\n")
    project.write("parts/changes.rst", PAGE)
    return project


def test_each_class_is_a_section(changed: Project) -> None:
    build = changed.build()
    assert build.warnings == []
    page = build.text("parts/changes.html")
    assert page.index('id="breaking-changes"') < page.index('id="compatible-changes"')
    assert "a&lt;b&gt;*c*" in page
    assert "/v1/things" in page
    assert "colour" in page


def test_classes_and_kinds_can_be_chosen(changed: Project) -> None:
    options = "   :severity: compatible\n   :ignore: field-added became-required\n"
    changed.write("parts/changes.rst", PAGE + options)
    page = changed.build().text("parts/changes.html")
    assert "became" not in page
    assert "need not be there any more" in page
    assert "breaking-changes" not in page
    assert "colour" not in page


def test_a_file_is_compared_with_the_api_of_the_site(changed: Project) -> None:
    inventory = content()
    fewer = msgspec.structs.replace(inventory, operations=inventory.operations[1:])
    changed.write("old.json", dumps(fewer).decode())
    changed.write(
        "parts/changes.rst",
        "Changes\n=======\n\n.. apiplug-extensions::\n\n"
        ".. apiplug-diff:: ../old.json\n   :severity: compatible\n",
    )
    build = changed.build()
    assert build.warnings == []
    page = build.text("parts/changes.html")
    section = page[page.index('id="compatible-changes"') :]
    assert f'href="#{inventory.operations[0].id}"' in section
    assert "The operation is new." in section


def test_documents_can_be_compared(changed: Project) -> None:
    changed.write("new.yaml", to_yaml(build(NEW, "all")).decode())
    changed.write("parts/changes.rst", PAGE.replace("new.json", "new.yaml"))
    made = changed.build()
    assert made.warnings == []
    assert "colour" in made.text("parts/changes.html")


def test_equal_apis_are_a_sentence(changed: Project) -> None:
    changed.write("parts/changes.rst", PAGE.replace("new.json", "old.json"))
    assert "Nothing changed." in changed.build().text("parts/changes.html")


def test_a_changed_file_is_read_again(changed: Project) -> None:
    changed.build()
    changed.write("new.json", dumps(OLD).decode())
    assert "Nothing changed." in changed.build().text("parts/changes.html")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../nosuch.json", "can't be read: No such file or directory"),
        ("../index.rst", "is neither JSON nor YAML"),
        ("../bad.yaml", "/paths: should be an object"),
    ],
)
def test_a_file_that_cant_be_read_is_a_warning(changed: Project, name: str, message: str) -> None:
    changed.write("bad.yaml", "openapi: 3.1.0\npaths: []\n")
    changed.write("parts/changes.rst", PAGE.replace("../new.json", name))
    (warning,) = changed.build().warnings
    assert warning.startswith("/src/parts/changes.rst:4: WARNING: ")
    assert message in warning
    assert warning.endswith("[apiplug.inventory-unreadable]")


def test_a_file_that_comes_to_be_there_is_read(changed: Project) -> None:
    changed.write("parts/changes.rst", PAGE.replace("new.json", "later.json"))
    assert len(changed.build().warnings) == 1
    changed.write("later.json", dumps(NEW).decode())
    build = changed.build()
    assert build.warnings == []
    assert "colour" in build.text("parts/changes.html")
