"""What the directives show, and what they say of names that mean nothing."""

from __future__ import annotations

import pytest

from sphinxext_apiplug.inventory.versions import VersionRange
from tests.reference import sample
from tests.reference.project import Project

TWO = """\
extensions = ["sphinxext_apiplug"]
apiplug_apis = {
    "racks": {"inventory": "racks.json"},
    "bins": {"inventory": "bins.json"},
}
"""


@pytest.fixture
def two(project: Project) -> Project:
    """A project with two APIs that have the same extensions and operations."""
    project.write("conf.py", TWO)
    project.inventory(sample.inventory(), "bins.json")
    return project


def page(*lines: str) -> str:
    return "Racks\n=====\n\n" + "\n".join(lines) + "\n"


def test_all_extensions_are_sections_without_pages(project: Project) -> None:
    built = project.build("text")
    assert built.warnings == []
    text = built.text("index.txt")
    for title in ("Cables", "Shelves"):
        assert f"\n{title}\n{'=' * len(title)}\n" in text
    assert "\nCreate shelf\n------------\n" in text
    assert "2 extensions, 4 operations" in text


def test_one_extension(project: Project) -> None:
    project.write("index.rst", page(".. apiplug-extension:: shelves"))
    built = project.build("text")
    assert built.warnings == []
    text = built.text("index.txt")
    assert "\nShelves\n=======\n" in text
    assert "List cables" not in text


@pytest.mark.parametrize(
    "name", ["create-shelf", "POST /v1/shelves", "post /v1/shelves", "GET /v1/shelves/{any}"]
)
def test_one_operation(project: Project, name: str) -> None:
    project.write("index.rst", page(f".. apiplug-operation:: {name}"))
    built = project.build("text")
    assert built.warnings == []
    title = "Show shelf" if "{any}" in name else "Create shelf"
    assert f"\n{title}\n{'=' * len(title)}\n" in built.text("index.txt")


def test_a_title_of_its_own_makes_a_page_of_a_directive(project: Project) -> None:
    project.write("index.rst", page(".. toctree::", "", "   shelves"))
    project.write("shelves.rst", ".. apiplug-extension:: shelves\n")
    built = project.build()
    assert built.warnings == []
    html = built.text("shelves.html")
    assert "<title>Shelves" in html
    assert "<h1>Shelves<" in html
    assert "<h2>Create shelf<" in html


def test_anchors_are_the_operation_ids(project: Project) -> None:
    html = project.build().text("index.html")
    assert 'id="create-shelf"' in html
    assert 'id="ext-shelves"' in html


def test_the_same_operation_twice_has_two_anchors(project: Project) -> None:
    lines = [".. apiplug-operation:: list-cables", "   :no-index:", ""]
    project.write("index.rst", page(*lines, ".. apiplug-operation:: list-cables"))
    built = project.build()
    assert built.warnings == []
    html = built.text("index.html")
    assert html.count('id="list-cables"') == html.count('id="list-cables-2"') == 1


def test_links_to_the_documents(project: Project) -> None:
    project.write("index.rst", page(".. apiplug-openapi::"))
    built = project.build()
    assert built.warnings == []
    for file in ("openapi.json", "openapi.yaml", "inventory.json"):
        assert f'<a class="reference internal" href="{file}">' in built.text("index.html")
        assert (built.outdir / file).is_file()


def test_links_from_a_folder_and_in_dirhtml(project: Project) -> None:
    project.with_pages()
    assert 'href="../openapi.json"' in project.build().text("extensions/shelves.html")
    html = project.build("dirhtml").text("extensions/shelves/index.html")
    assert 'href="../../openapi.json"' in html


def test_documents_in_a_text_are_names(project: Project) -> None:
    project.write("index.rst", page(".. apiplug-openapi::"))
    built = project.build("text")
    assert built.warnings == []
    assert '"openapi.json" \N{EN DASH} the OpenAPI 3.1 document' in built.text("index.txt")


def test_documents_of_a_published_site_are_linked_from_anywhere(project: Project) -> None:
    project.write("index.rst", page(".. apiplug-openapi::"))
    overrides = {"html_baseurl": "https://docs.example.org/racks/"}
    built = project.build("latex", confoverrides=overrides)
    assert "https://docs.example.org/racks/openapi.json" in next(
        path.read_text() for path in built.outdir.glob("*.tex")
    )


def test_an_inventory_without_operations_has_no_openapi_document(project: Project) -> None:
    project.inventory(sample.inventory(operations=()))
    project.write("index.rst", page(".. apiplug-extensions::", "", ".. apiplug-openapi::"))
    built = project.build()
    assert built.warnings == []
    assert "openapi.json" not in built.text("index.html")
    assert not (built.outdir / "openapi.json").exists()
    assert (built.outdir / "inventory.json").exists()


def test_several_apis_are_told_apart(two: Project) -> None:
    lines = [".. apiplug-extension:: shelves", "   :api: bins", ""]
    lines += [".. apiplug-operation:: list-cables", "   :api: racks", ""]
    two.write("index.rst", page(*lines, ".. apiplug-openapi:: bins"))
    built = two.build()
    assert built.warnings == []
    assert 'href="bins/openapi.json"' in built.text("index.html")
    for api in ("racks", "bins"):
        assert (built.outdir / api / "openapi.json").is_file()
    assert ("ext", "bins:shelves") in built.domain.objects
    assert ("op", "racks:list-cables") in built.domain.objects


NAMES = {
    ".. apiplug-extensions:: rakcs": (
        "no API is called 'rakcs'; there are: racks [apiplug.unknown-api]"
    ),
    ".. apiplug-extension:: shelvs": (
        "API 'racks' has no extension 'shelvs'; did you mean 'shelves'? [apiplug.unknown-object]"
    ),
    ".. apiplug-operation:: crate-shelf": (
        "API 'racks' has no operation 'crate-shelf'; did you mean 'create-shelf'? "
        "[apiplug.unknown-object]"
    ),
    ".. apiplug-operation:: DELETE /v9/x": (
        "API 'racks' has no operation 'DELETE /v9/x' [apiplug.unknown-object]"
    ),
    ".. apiplug-openapi:: other": (
        "no API is called 'other'; there are: racks [apiplug.unknown-api]"
    ),
}


@pytest.mark.parametrize("line", NAMES)
def test_a_name_that_means_nothing(project: Project, line: str) -> None:
    project.write("index.rst", page("Before.", "", line, "", "After."))
    built = project.build("text")
    assert built.warnings == [f"/src/index.rst:6: WARNING: {NAMES[line]}"]
    assert built.text("index.txt") == "Racks\n*****\n\nBefore.\n\nAfter.\n"


def test_an_api_must_be_named_among_several(two: Project) -> None:
    two.write("index.rst", page(".. apiplug-extensions::"))
    assert two.build("text").warnings == [
        (
            "/src/index.rst:4: WARNING: say which API is meant; there are: bins, racks "
            "[apiplug.unknown-api]"
        )
    ]


def test_a_call_that_fits_several_operations(project: Project) -> None:
    twins = tuple(
        sample.operation(f"{name}-shelf", "POST", "/shelves/{id}/action", "shelves", action=name)
        for name in ("lock", "move")
    )
    project.inventory(sample.inventory(operations=twins))
    project.write("index.rst", page(".. apiplug-operation:: POST /v1/shelves/{id}/action lock"))
    assert project.build("text").warnings == []
    other = [
        sample.operation(f"shelf-{end}", "GET", f"/shelves/{{{end}}}", "shelves") for end in "ab"
    ]
    project.inventory(sample.inventory(operations=tuple(other)))
    project.write("index.rst", page(".. apiplug-operation:: GET /v1/shelves/{id}"))
    assert project.build("text").warnings == [
        (
            "/src/index.rst:4: WARNING: 'GET /v1/shelves/{id}' could be any of: shelf-a, shelf-b "
            "[apiplug.unknown-object]"
        )
    ]


def test_what_is_broken_stands_on_the_overview(project: Project) -> None:
    broken = sample.problem()
    mild = sample.problem(kind="alias-missing", message="has no alias", subject="shelves")
    project.inventory(sample.inventory(problems=(broken, mild)))
    text = project.build("text").text("index.txt")
    assert "\"fans = racks.api.fans:Fans\": No module named 'blades'" in text
    assert "has no alias" not in text
    assert "Create shelf" in text


def test_plugin_text_is_shown_as_it_is(project: Project) -> None:
    described = sample.extension("shelves", description='Runs --all -- "really" *now*.')
    project.inventory(sample.inventory(extensions=(described,)))
    html = project.build().text("index.html")
    assert "Runs --all -- &quot;really&quot; *now*." in html


def test_an_operation_that_differs_by_version_offers_the_choice(project: Project) -> None:
    ranges = VersionRange.parse("1.1-")
    later = sample.operation("later", "GET", "/later", "cables", versions=ranges)
    always = sample.operation("always", "GET", "/always", "cables")
    project.inventory(sample.inventory(operations=(always, later)))
    project.write("index.rst", "A\n=\n\n.. apiplug-operation:: always\n\n.. toctree::\n\n   b\n")
    shown = "".join(f".. apiplug-operation:: {name}\n\n" for name in ("always", "later"))
    project.write("b.rst", f"B\n=\n\n{shown}.. apiplug-operation:: later\n   :no-index:\n")
    directives = ".. apiplug-operation:: later\n   :no-index:\n"
    project.write("c.rst", f":orphan:\n\nC\n=\n\n{directives}")
    built = project.build()
    bars = [
        built.text(f"{name}.html").count('class="apiplug-bar"') for name in ("index", "b", "c")
    ]
    assert bars == [0, 1, 1]
