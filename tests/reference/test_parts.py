"""Extensions that one page would be too small for."""

from __future__ import annotations

from typing import Any

import pytest

from sphinxext_apiplug.inventory.model import Inventory, Operation, Payload
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.reference import index
from sphinxext_apiplug.reference.parts import parts_of
from sphinxext_apiplug.reference.slugs import part_slugs
from tests.reference import sample
from tests.reference.project import CONF, Project

# What no page of a reference may be larger than.
LIMIT = 500_000
RESOURCES = ("bolts", "nuts", "gears")


def body(fields: int) -> dict[str, Any]:
    described = {"type": ["string", "null"], "maxLength": 64, "description": "What it is."}
    return {
        "type": "object",
        "properties": {f"field-{index}": described for index in range(fields)},
        "required": ["field-0"],
    }


def operation(resource: str, number: int, fields: int = 24, **changes: Any) -> Operation:
    path = f"/{resource}/{{id}}/action" if number else f"/{resource}"
    facts = {
        "resource": resource,
        "action": f"do{number}" if number else None,
        "request": (Payload(schema=body(fields)),),
    }
    name = f"{resource}-{number}"
    return sample.operation(name, "POST", path, "core", **{**facts, **changes})


def service(count: int, fields: int = 24, aliases: tuple[str, ...] = ("core",)) -> Inventory:
    """An extension ``core`` with that many operations of each resource."""
    operations = [operation(name, index, fields) for name in RESOURCES for index in range(count)]
    extensions = tuple(sample.extension(alias) for alias in aliases)
    return sample.inventory(extensions=extensions, operations=tuple(operations), problems=())


def sized(project: Project, page_size: int = 50) -> Project:
    settings = f'json",\n        "pages": "extensions",\n        "page_size": {page_size},\n'
    project.write("conf.py", CONF.replace('json",\n', settings))
    return project


def pages(project: Project) -> list[str]:
    return sorted(file.stem for file in (project.folder / "extensions").glob("*.rst"))


def test_what_fits_stays_whole() -> None:
    assert parts_of([operation("bolts", 0), operation("nuts", 0)], 400_000) == ()


def test_resources_are_parts_in_the_order_of_their_operations() -> None:
    operations = [operation(name, index) for index in range(4) for name in RESOURCES]
    parts = parts_of(operations, 60_000)
    assert [part.name for part in parts] == list(RESOURCES)
    assert [len(part.operations) for part in parts] == [4, 4, 4]


def test_a_large_resource_is_split_by_path_and_number() -> None:
    parts = parts_of([operation("bolts", index) for index in range(10)], 50_000)
    titles = [part.title for part in parts]
    assert titles[:3] == ["/bolts", "/bolts/{id}/action", "/bolts/{id}/action (2)"]
    ids = [item.id for part in parts for item in part.operations]
    assert ids == [f"bolts-{index}" for index in range(10)]


def test_an_operation_is_never_split() -> None:
    assert parts_of([operation("bolts", 0, 2_000)], 50_000) == ()
    parts = parts_of([operation("bolts", 0, 2_000), operation("nuts", 0, 1)], 50_000)
    assert [len(part.operations) for part in parts] == [1, 1]


def test_versions_that_say_the_same_cost_no_more() -> None:
    ranges = [VersionRange(since=f"1.{n}", until=f"1.{n}") for n in range(50)]
    request = tuple(Payload(schema=body(24), versions=versions) for versions in ranges)
    assert parts_of([operation(name, 0, request=request) for name in RESOURCES], 100_000) == ()


def test_names_of_parts_are_harmless_and_differ() -> None:
    names = ["a b", "a-b", "../../etc", "", "x" * 500, "\u202egnorw"]
    slugs = part_slugs("core", names, {"core-a-b"})
    assert len(set(slugs.values())) == len(names)
    assert all(slug.startswith("core-") and "/" not in slug for slug in slugs.values())
    assert "core-a-b" not in slugs.values()


def test_a_large_extension_has_a_page_for_each_resource(project: Project) -> None:
    project.inventory(service(4))
    project.write("more.rst", "More\n====\n\n:apiplug:op:`nuts-3` of :apiplug:ext:`core`\n")
    project.write(
        "index.rst", "Racks\n=====\n\n.. toctree::\n\n   more\n\n.. apiplug-extensions::\n"
    )
    built = sized(project).build(confoverrides={"nitpicky": True})
    assert built.warnings == []
    assert pages(project) == ["core", "core-bolts", "core-gears", "core-nuts"]
    own, nuts = built.text("extensions/core.html"), built.text("extensions/core-nuts.html")
    assert 'href="core-nuts.html"' in own
    assert 'href="core-nuts.html#nuts-3"' in own
    assert 'id="nuts-3"' in nuts
    assert 'id="nuts-3"' not in own
    assert "<h1>Core: nuts" in nuts
    assert 'href="core.html#ext-core"' in nuts
    assert built.domain.objects["op", "racks:nuts-3"][0].docname == "extensions/core-nuts"
    assert 'href="extensions/core-nuts.html#nuts-3"' in built.text("more.html")
    assert 'href="extensions/core-nuts.html#nuts-3"' in built.text("index.html")
    assert 'class="apiplug-bar"' in own
    assert 'class="apiplug-bar"' in nuts


@pytest.mark.parametrize("builder", ["text", "latex", "dirhtml", "singlehtml"])
def test_every_builder_has_all_parts(project: Project, builder: str) -> None:
    project.inventory(service(4))
    built = sized(project).build(builder)
    assert built.warnings == []
    texts = [file.read_text() for file in built.outdir.rglob("*") if file.suffix in SUFFIXES]
    for name in RESOURCES:
        assert any(f"{name.capitalize()} 3" in text for text in texts)


SUFFIXES = {".txt", ".tex", ".html"}


def test_nothing_is_left_of_parts_that_are_wanted_no_more(project: Project) -> None:
    project.inventory(service(4))
    sized(project).build()
    built = sized(project, 400).build()
    assert built.warnings == []
    assert pages(project) == ["core"]
    assert 'id="nuts-3"' in built.text("extensions/core.html")
    assert built.domain.objects["op", "racks:nuts-3"][0].docname == "extensions/core"


def test_a_second_build_reads_no_part_again(project: Project) -> None:
    project.inventory(service(4))
    sized(project).build()
    assert sized(project).build().read == []


def test_parallel_builds_of_parts_give_the_same_bytes(project: Project) -> None:
    project.inventory(service(4))
    sized(project)
    one = project.build(freshenv=True).outdir
    names = [f"extensions/core-{name}.html" for name in RESOURCES] + ["extensions/core.html"]
    serial = {name: (one / name).read_bytes() for name in names}
    two = project.build(freshenv=True, parallel=2).outdir
    assert {name: (two / name).read_bytes() for name in names} == serial


def test_an_extension_may_have_the_name_of_a_part(project: Project) -> None:
    project.inventory(service(4, aliases=("core", "core-nuts")))
    built = sized(project).build()
    assert built.warnings == []
    assert len(pages(project)) == 5
    assert built.domain.objects["ext", "racks:core-nuts"][0].docname == "extensions/core-nuts"


def test_a_page_written_by_hand_is_not_split(project: Project) -> None:
    project.inventory(service(4))
    project.write("extensions/core.rst", ".. apiplug-extension:: core\n")
    built = sized(project).build()
    assert built.warnings == []
    assert pages(project) == ["core"]
    assert 'id="nuts-3"' in built.text("extensions/core.html")


def test_a_file_written_by_hand_keeps_its_name(project: Project) -> None:
    project.inventory(service(4))
    own = project.write("extensions/core-nuts.rst", ":orphan:\n\nMine\n====\n")
    built = sized(project).build()
    assert built.warnings == []
    assert "Mine" in own.read_text()
    assert len(pages(project)) == 5
    assert built.domain.objects["op", "racks:nuts-3"][0].docname.startswith(
        "extensions/core-nuts-"
    )


def test_a_part_that_there_is_not(project: Project) -> None:
    project.write("index.rst", "A\n=\n\n.. apiplug-extension:: cables\n   :part: x\n")
    assert project.build().warnings == [
        (
            "/src/index.rst:4: WARNING: extension 'cables' has no part 'x'; "
            "there are: it isn't split [apiplug.unknown-object]"
        )
    ]


@pytest.mark.parametrize("theme", ["alabaster", "furo", "pydata_sphinx_theme", "openstackdocs"])
def test_no_page_of_400_operations_is_too_large(project: Project, theme: str) -> None:
    modules = {"furo": ["furo"], "openstackdocs": ["openstackdocstheme"]}.get(theme, [])
    for name in [*modules, theme] if theme != "openstackdocs" else modules:
        pytest.importorskip(name)
    project.inventory(service(134))
    sized(project, 400)
    extensions = ["sphinxext_apiplug", *(modules if theme == "openstackdocs" else [])]
    built = project.build(confoverrides={"html_theme": theme, "extensions": extensions})
    sizes = {file.name: file.stat().st_size for file in built.outdir.rglob("*.html")}
    assert {name: size for name, size in sizes.items() if size > LIMIT} == {}
    assert len(sizes) > 10


def test_beside_hundreds_of_pages_stand_a_pages_neighbours(project: Project) -> None:
    aliases = [f"part{number:03}" for number in range(120)]
    project.inventory(
        sample.inventory(
            extensions=tuple(sample.extension(alias) for alias in aliases),
            operations=(sample.operation("list-part", "GET", "/part", "part060"),),
            problems=(),
        )
    )
    built = project.with_pages().build(confoverrides={"html_theme": "alabaster"})
    assert built.warnings == []
    page = built.text("extensions/part060.html")
    beside = page.count('class="toctree-l1')
    assert beside == 41
    assert 'class="toctree-l1' not in built.text("index.html")
    assert 'rel="next" title="Part061"' in page
    assert all(f'href="extensions/{alias}.html' in built.text("index.html") for alias in aliases)


def test_an_overview_of_thousands_of_operations_counts_them(project: Project) -> None:
    operations = [
        sample.operation(f"list-{n}", "GET", f"/x/{n}", "shelves" if n > 400 else "cables")
        for n in range(501)
    ]
    project.inventory(sample.inventory(operations=tuple(operations), problems=()))
    built = sized(project, 2_000).build()
    assert "401 operations." in built.text("index.html")
    assert "List 417" not in built.text("index.html")
    assert "List 417" in built.text("extensions/shelves.html")


def test_an_index_of_thousands_of_operations_names_their_pages(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_MOST", 2)
    project.inventory(service(4))
    text = sized(project).build().text("apiplug-index.html")
    assert 'href="extensions/core-nuts.html' in text
    assert "4 operations" in text
    assert "Nuts 3" not in text
