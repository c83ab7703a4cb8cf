"""The directive and the role for microversions, and large sites' contents."""

from __future__ import annotations

import zlib

import pytest

from sphinxext_apiplug.inventory.model import Augmentation, Payload
from sphinxext_apiplug.inventory.versions import VersionRange
from tests.reference import sample
from tests.reference.project import Project, tree
from tests.reference.test_versions_in_browser import content

PAGE = "Versions\n========\n\n.. apiplug-microversions::\n"
INDEX = """\
Racks
=====

.. toctree::

   versions

.. apiplug-extensions::

See :apiplug:version:`1.2` and :any:`the older one <racks:1.1>`.
"""


@pytest.fixture
def versioned(project: Project) -> Project:
    project.with_pages()
    project.inventory(content())
    project.write("index.rst", INDEX)
    project.write("versions.rst", PAGE)
    return project


def test_each_version_has_a_section_to_link_to(versioned: Project) -> None:
    build = versioned.build()
    assert build.warnings == []
    page = build.text("versions.html")
    assert page.index('id="microversion-1.2"') < page.index('id="microversion-1.1"')
    assert 'href="extensions/shelves.html#move-shelf"' in page
    assert "no longer there" in page
    assert "shelf.color" in page
    index = build.text("index.html")
    assert 'href="versions.html#microversion-1.2"' in index
    assert 'href="versions.html#microversion-1.1"' in index
    inventory = zlib.decompress((build.outdir / "objects.inv").read_bytes().split(b"\n", 4)[4])
    assert b"racks:1.2 apiplug:microversion 1 versions.html#microversion-1.2" in inventory
    assert "Racks API 1.2" in build.text("genindex.html")


def test_an_unknown_version_is_a_warning(versioned: Project) -> None:
    versioned.write("index.rst", INDEX.replace("`1.2`", "`7.7`"))
    (warning,) = versioned.build().warnings
    assert warning.startswith("/src/index.rst:10: WARNING: no microversion '7.7' is described")
    assert warning.endswith("[apiplug.unknown-object]")


def test_text_says_the_same(versioned: Project) -> None:
    build = versioned.build("text")
    assert build.warnings == []
    assert 'request field "shelf.label": now up to 80 characters' in build.text("versions.txt")


def test_an_api_whose_versions_change_nothing(project: Project) -> None:
    project.write("index.rst", PAGE)
    assert "is known to change anything" in project.build().text("index.html")


def test_a_page_has_its_own_contents_and_the_titles_of_others(versioned: Project) -> None:
    sidebars = {"**": ["localtoc.html", "globaltoc.html"]}
    build = versioned.build(confoverrides={"html_sidebars": sidebars})
    page = build.text("extensions/shelves.html")
    assert '<a class="reference internal" href="#move-shelf">' in page
    assert 'href="cables.html#list-cables"' not in page


def test_a_theme_that_asks_for_itself_sees_the_contents(versioned: Project) -> None:
    pytest.importorskip("furo")
    page = versioned.build(confoverrides={"html_theme": "furo"}).text("extensions/shelves.html")
    assert '<div class="toc-tree">' in page
    assert '<li><a class="reference internal" href="#move-shelf">' in page


def test_two_processes_make_the_same_pages(versioned: Project) -> None:
    one = tree(versioned.build().outdir)
    versioned.write("other.rst", ":orphan:\n\nOther\n=====\n")
    for number in range(6):
        versioned.write(f"other{number}.rst", f":orphan:\n\nOther {number}\n=======\n")
    serial = tree(versioned.build(freshenv=True).outdir)
    parallel = tree(versioned.build(freshenv=True, parallel=2).outdir)
    names = [name for name in one if name.endswith(".html") and "index" not in name]
    assert {name: serial[name] for name in names} == {name: parallel[name] for name in names}


def test_an_extension_that_only_adds_says_what(project: Project) -> None:
    inventory = content()
    create = inventory.operations[1]
    added = Augmentation(extension="cables", handler=sample.source("cables", 40))
    body = {"type": "object", "properties": {"shelf": {"properties": {"cable": {}}}}}
    pointer = "/properties/shelf/properties/cable"
    payload = Payload(schema=body, provided_by={pointer: "cables"})
    changed = sample.operation(
        create.id, "POST", "/shelves", "shelves", augmented_by=(added,), request=(payload,)
    )
    project.with_pages().inventory(sample.inventory(operations=(changed,)))
    build = project.build()
    assert build.warnings == []
    page = build.text("extensions/cables.html")
    assert "Adds to operations of other extensions" in page
    assert 'href="shelves.html#create-shelf"' in page
    assert "shelf.cable" in page
    assert "line 40" in page
    assert "Adds to 1 operation of other extensions." in build.text("index.html")
    served = build.text("extensions/shelves.html")
    assert "also extended by" in served
    assert "from cables" in served


def test_what_is_added_elsewhere_is_read_again(project: Project) -> None:
    added = Augmentation(extension="cables", handler=sample.source("cables", 40))
    facts = {"versions": VersionRange(), "augmented_by": (added,)}
    one = sample.operation("create-shelf", "POST", "/shelves", "shelves", **facts)
    project.with_pages().inventory(sample.inventory(operations=(one,)))
    project.build()
    two = sample.operation("create-shelf", "POST", "/shelves", "shelves", summary="New", **facts)
    project.inventory(sample.inventory(operations=(two,)))
    assert "extensions/cables" in project.build().read
