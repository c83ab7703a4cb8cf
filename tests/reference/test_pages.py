"""Generated pages: names, files, and who owns them."""

from __future__ import annotations

import re

import pytest
from docutils import nodes

from sphinxext_apiplug.reference.slugs import slugs
from tests.reference import sample
from tests.reference.project import Project, tree

HOSTILE = {
    "up": "../../etc/passwd",
    "root": "/etc/passwd",
    "tag": "<script>alert(1)</script>",
    "long": "x" * 10_000,
    "long words": "many words " * 900 + "end",
    "rtl": "\u202egnorw\u202c \u200f",
    "nul": "a\0b",
    "device": "con",
    "device with suffix": "NUL.txt",
    "index": "index",
    "markup": "a\n\n.. raw:: html\n\n   <script>alert(1)</script>",
    "field": ":api: other",
    "blank": "  two  blanks ",
    "percent": "50%25",
    "role": "`x`_ |y| *z*",
    "backslash": "a\\b\\",
    "dots": "..",
    "hidden": ".git",
    "accents": "\N{LATIN SMALL LETTER E WITH ACUTE}t\u00e9",
}


@pytest.mark.parametrize("alias", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_alias_gets_a_harmless_page(project: Project, alias: str) -> None:
    handler = sample.source("things")
    operation = sample.operation("list-things", "GET", "/things", alias, handler=handler, files=())
    extensions = (sample.extension(alias, name=alias),)
    project.inventory(sample.inventory(extensions=extensions, operations=(operation,)))
    project.with_pages()
    before = {path.name for path in project.folder.parent.iterdir()}
    built = project.build(confoverrides={"nitpicky": True})
    assert built.warnings == []
    [page] = (project.folder / "extensions").iterdir()
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,70}\.rst", page.name)
    assert {path.name for path in project.folder.parent.iterdir()} == before
    html = built.text(f"extensions/{page.stem}.html")
    assert "List things" in html
    assert "<script>alert" not in html + built.text("index.html")
    assert built.domain.objects["ext", f"racks:{alias}"][0].docname == f"extensions/{page.stem}"


@pytest.mark.parametrize("alias", ["shelves", "OS-EXT-AZ", "a.b", "x_1", "7"])
def test_a_good_alias_is_the_name_of_its_page(alias: str) -> None:
    assert slugs([("racks", alias)]) == {("racks", alias): alias}


def test_names_never_differ_in_case_alone() -> None:
    keys = [("racks", "Fans"), ("racks", "fans"), ("racks", "FANS"), ("bins", "fans")]
    names = slugs(keys)
    assert len({name.casefold() for name in names.values()}) == 4
    assert names == slugs(reversed(keys))


def test_a_digest_that_is_somebodys_alias() -> None:
    made = slugs([("racks", "a b")])["racks", "a b"]
    both = slugs([("racks", "a b"), ("racks", made)])
    assert both["racks", made] == made
    assert both["racks", "a b"] != made


def test_pages_stand_in_the_contents(project: Project) -> None:
    built = project.with_pages().build()
    assert built.warnings == []
    assert built.domain.env.toctree_includes == {
        "index": ["extensions/cables", "extensions/shelves"]
    }
    assert "<h1>Shelves<" in built.text("extensions/shelves.html")


def test_the_contents_of_a_page_name_each_operation(project: Project) -> None:
    built = project.with_pages().build()
    contents = built.domain.env.tocs["extensions/shelves"]
    entries = list(contents.findall(nodes.reference))
    assert len(entries) > 1
    assert all(entry.astext() for entry in entries)


def test_an_unchanged_page_keeps_its_time(project: Project) -> None:
    project.with_pages().build()
    page = project.folder / "extensions" / "shelves.rst"
    before = page.stat().st_mtime_ns
    project.build(freshenv=True)
    assert page.stat().st_mtime_ns == before


def test_the_page_of_a_gone_extension_goes(project: Project) -> None:
    project.with_pages().build()
    project.inventory(sample.inventory(extensions=(sample.extension("cables"),)))
    built = project.build()
    assert built.warnings == []
    assert [path.name for path in (project.folder / "extensions").iterdir()] == ["cables.rst"]


def test_pages_go_when_they_are_wanted_no_more(project: Project) -> None:
    conf = (project.folder / "conf.py").read_text()
    project.with_pages().build()
    project.write("conf.py", conf)
    built = project.build()
    assert built.warnings == []
    assert list((project.folder / "extensions").iterdir()) == []
    assert "<h2>Shelves<" in built.text("index.html")


def test_other_files_in_the_folder_stay(project: Project) -> None:
    project.write("extensions/notes.rst", ":orphan:\n\nNotes\n=====\n")
    project.with_pages().build()
    project.inventory(sample.inventory(extensions=(), operations=()))
    project.build()
    assert list(tree(project.folder / "extensions")) == ["notes.rst"]


def test_a_page_written_by_hand_may_take_the_place(project: Project) -> None:
    text = "Our shelves\n===========\n\n.. apiplug-extension:: shelves\n   :api: racks\n"
    page = project.write("extensions/shelves.rst", text)
    built = project.with_pages().build()
    assert built.warnings == []
    assert page.read_text() == text
    assert "extensions/shelves" in built.domain.env.toctree_includes["index"]


def test_a_page_about_something_else_is_kept(project: Project) -> None:
    text = ":orphan:\n\nWhat shelves are\n================\n"
    page = project.write("extensions/shelves.rst", text)
    built = project.with_pages().build()
    assert built.warnings == [
        (
            "/src/extensions/shelves.rst:1: WARNING: the page of extension 'shelves' can't be "
            "generated over this hand-written file [apiplug.page-exists]"
        )
    ]
    assert page.read_text() == text
    assert built.domain.env.toctree_includes["index"] == ["extensions/cables"]


def test_a_folder_may_have_the_name_of_a_page(project: Project) -> None:
    (project.folder / "extensions" / "shelves.rst").mkdir(parents=True)
    [warning] = project.with_pages().build("text").warnings
    assert warning.endswith("[apiplug.page-exists]")


def test_two_apis_may_share_a_folder(project: Project) -> None:
    conf = 'extensions = ["sphinxext_apiplug"]\napiplug_apis = {\n'
    for name in ("a", "b"):
        conf += f'    "{name}": {{"inventory": "racks.json", "pages": "extensions"}},\n'
    project.write("conf.py", conf + "}\n")
    both = ".. apiplug-extensions:: a\n\n.. apiplug-extensions:: b\n"
    project.write("index.rst", f"Racks\n=====\n\n{both}")
    built = project.build()
    assert built.warnings == []
    assert len(list((project.folder / "extensions").iterdir())) == 4


def test_sources_in_another_markup_have_no_pages(project: Project) -> None:
    conf = (project.with_pages().folder / "conf.py").read_text()
    project.write("conf.py", f"{conf}source_suffix = {{'.txt': 'restructuredtext'}}\n")
    project.write("index.txt", "Racks\n=====\n\n.. apiplug-extensions::\n")
    built = project.build()
    assert built.warnings == [
        (
            "/src/conf.py:2: WARNING: 'pages' makes .rst files, which source_suffix in conf.py "
            "doesn't name [apiplug.setting-invalid]"
        )
    ]
    assert "<h2>Shelves<" in built.text("index.html")


def test_a_folder_that_is_a_file_has_no_pages(project: Project) -> None:
    (project.with_pages().folder / "extensions").write_text("by hand")
    built = project.build()
    [warning] = built.warnings
    assert "WARNING: 'pages' can't be written: " in warning
    assert warning.endswith("extensions/cables.rst: Not a directory [apiplug.setting-invalid]")
    assert "<h2>Shelves<" in built.text("index.html")
    assert (project.folder / "extensions").read_text() == "by hand"
