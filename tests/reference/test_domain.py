"""The domain: references, objects, index, and its data."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
from sphinx.testing.util import SphinxTestApp

from sphinxext_apiplug.reference.domain import ApiplugDomain, get_domain
from sphinxext_apiplug.reference.objects import ObjectEntry
from sphinxext_apiplug.reference.slices import SliceKey
from tests.reference.project import Project

PAGES = ".. toctree::\n\n   shelves\n   cables\n\n"


def project_with(project: Project, text: str) -> Project:
    """Both extensions on pages of their own, and a page that refers to them."""
    project.write("shelves.rst", ".. apiplug-extension:: shelves\n")
    project.write("cables.rst", ".. apiplug-extension:: cables\n")
    project.write("index.rst", f"Racks\n=====\n\n{PAGES}{text}\n")
    return project


REFERENCES = {
    ":apiplug:op:`racks:create-shelf`": ("shelves.html#create-shelf", "Create shelf"),
    ":apiplug:op:`create-shelf`": ("shelves.html#create-shelf", "Create shelf"),
    ":apiplug:op:`POST /v1/shelves`": ("shelves.html#create-shelf", "Create shelf"),
    ":apiplug:op:`GET /v1/shelves/{id}`": ("shelves.html#show-shelf", "Show shelf"),
    ":apiplug:op:`a new one <create-shelf>`": ("shelves.html#create-shelf", "a new one"),
    ":apiplug:ext:`cables`": ("cables.html#ext-cables", "Cables"),
    ":apiplug:ext:`racks:cables`": ("cables.html#ext-cables", "Cables"),
    ":any:`create-shelf`": ("shelves.html#create-shelf", "Create shelf"),
    ":ref:`apiplug-index`": ("apiplug-index.html", "API operations"),
}


@pytest.mark.parametrize("role", REFERENCES)
def test_references_lead_to_their_objects(project: Project, role: str) -> None:
    built = project_with(project, f"See {role}.").build(confoverrides={"nitpicky": True})
    assert built.warnings == []
    uri, text = REFERENCES[role]
    sentence = built.text("index.html").partition("<p>See ")[2].partition("</p>")[0]
    assert f'href="{uri}"' in sentence
    assert f">{text}</" in sentence


DANGLING = {
    ":apiplug:op:`drop-shelf`": (
        "no operation 'drop-shelf' is described here [apiplug.unknown-object]"
    ),
    ":apiplug:ext:`racks:fans`": (
        "no extension 'racks:fans' is described here [apiplug.unknown-object]"
    ),
    ":apiplug:op:`bins:list`": (
        "no API is called 'bins'; see operation 'bins:list' [apiplug.unknown-api]"
    ),
}


@pytest.mark.parametrize("role", DANGLING)
def test_references_that_lead_nowhere(project: Project, role: str) -> None:
    built = project_with(project, role).build("text")
    assert built.warnings == [f"/src/index.rst:9: WARNING: {DANGLING[role]}"]


def test_a_warning_can_be_suppressed(project: Project) -> None:
    overrides = {"suppress_warnings": ["apiplug.unknown-object"]}
    built = project_with(project, ":apiplug:op:`no`").build("text", confoverrides=overrides)
    assert built.warnings == []


def test_a_reference_that_fits_two_apis(project: Project) -> None:
    conf = 'extensions = ["sphinxext_apiplug"]\napiplug_apis = {\n'
    conf += '    "a": {"inventory": "racks.json"},\n    "b": {"inventory": "racks.json"},\n}\n'
    project.write("conf.py", conf)
    both = ".. apiplug-extensions:: a\n\n.. apiplug-extensions:: b\n\n"
    project.write("index.rst", f"Racks\n=====\n\n{both}:apiplug:op:`list-cables`\n")
    assert project.build("text").warnings == [
        (
            "/src/index.rst:8: WARNING: operation 'list-cables' could be any of: "
            "a:list-cables, b:list-cables [apiplug.unknown-object]"
        )
    ]


def test_what_renderers_link_to_may_lie_elsewhere(project: Project) -> None:
    # The operation is also extended by cables, which this site doesn't describe.
    project.write("index.rst", "Racks\n=====\n\n.. apiplug-operation:: create-shelf\n")
    built = project.build(confoverrides={"nitpicky": True})
    assert built.warnings == []


@pytest.mark.parametrize("parallel", [0, 2])
def test_an_object_described_twice(project: Project, parallel: int) -> None:
    names = [f"page{number}" for number in range(8)]
    for name in names:
        project.write(f"{name}.rst", f":orphan:\n\n{name}\n=====\n")
    described = ":orphan:\n\nTitle\n=====\n\n.. apiplug-operation:: list-cables\n"
    project.write("a.rst", described)
    project.write("z.rst", described)
    project.write("index.rst", "Racks\n=====\n\n:apiplug:op:`list-cables`\n")
    built = project.build(parallel=parallel)
    assert built.warnings == [
        (
            "/src/z.rst:6: WARNING: operation 'racks:list-cables' is described in 'a' too; "
            "give one of them the option :no-index: [apiplug.duplicate-object]"
        )
    ]
    assert 'href="a.html#list-cables"' in built.text("index.html")


def test_no_index_leaves_an_object_to_another_place(project: Project) -> None:
    project.write("a.rst", ":orphan:\n\nA\n=\n\n.. apiplug-extension:: cables\n   :no-index:\n")
    project.write("index.rst", "Racks\n=====\n\n.. apiplug-extensions::\n")
    built = project.build()
    assert built.warnings == []
    assert built.domain.objects["op", "racks:list-cables"][0].docname == "index"


def test_objects_inv_names_every_object(project: Project) -> None:
    built = project.build()
    assert list(built.domain.get_objects()) == [
        ("racks:cables", "Cables", "extension", "index", "ext-cables", 1),
        ("racks:shelves", "Shelves", "extension", "index", "ext-shelves", 1),
        ("racks:create-shelf", "POST /v1/shelves", "operation", "index", "create-shelf", 1),
        ("racks:list-cables", "GET /v1/cables", "operation", "index", "list-cables", 1),
        ("racks:list-shelves", "GET /v1/shelves", "operation", "index", "list-shelves", 1),
        ("racks:show-shelf", "GET /v1/shelves/{shelf_id}", "operation", "index", "show-shelf", 1),
    ]
    assert "POST /v1/shelves" in built.text("searchindex.js")


def test_the_index_is_by_path(project: Project) -> None:
    built = project.build()
    index = built.domain.indices[0](built.domain)
    headings = [(name, [row.name for row in rows]) for name, rows in index.generate()[0]]
    assert headings == [
        ("/v1/cables", ["GET /v1/cables"]),
        ("/v1/shelves", ["GET /v1/shelves", "POST /v1/shelves", "GET /v1/shelves/{shelf_id}"]),
    ]
    assert index.generate(["elsewhere"]) == ([], False)
    assert "GET /v1/cables" in built.text("apiplug-index.html")


@pytest.fixture
def domain(project: Project) -> Iterator[ApiplugDomain]:
    app = SphinxTestApp(srcdir=project.folder)
    try:
        yield get_domain(app.env)
    finally:
        app.cleanup()


KEY = SliceKey("racks", "op", "list")


def entry(docname: str) -> ObjectEntry:
    return ObjectEntry(docname, 3, "list", "List", "GET /list", "/list")


def test_clear_doc_forgets_one_document(domain: ApiplugDomain) -> None:
    for docname in ("b", "a"):
        domain.note_object("op", "racks:list", entry(docname))
        domain.note_slice(docname, KEY, "digest")
    domain.clear_doc("a")
    assert domain.objects == {("op", "racks:list"): [entry("b")]}
    assert domain.slices == {"b": {KEY: "digest"}}
    domain.clear_doc("b")
    assert domain.objects == {}
    assert domain.slices == {}


def test_merge_takes_the_named_documents_alone(domain: ApiplugDomain) -> None:
    domain.note_object("op", "racks:mine", entry("mine"))
    for docname in ("theirs", "stale"):
        domain.note_object("op", f"racks:{docname}", entry(docname))
        domain.note_slice(docname, KEY, "digest")
    other = deepcopy(domain.data)
    for docname in ("theirs", "stale"):
        domain.clear_doc(docname)
    domain.merge_domaindata({"theirs"}, other)
    assert sorted(name for _role, name in domain.objects) == ["racks:mine", "racks:theirs"]
    assert domain.slices == {"theirs": {KEY: "digest"}}


def test_data_of_another_version_is_read_anew(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.build()
    monkeypatch.setattr(ApiplugDomain, "data_version", ApiplugDomain.data_version + 1)
    built = project.build()
    assert built.read == ["index"]
    assert len(built.domain.objects) == 6
