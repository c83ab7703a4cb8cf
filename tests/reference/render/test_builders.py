"""Every builder writes everything, without a warning."""

from __future__ import annotations

import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.reference.render.conftest import Build

BUILDERS = ("html", "dirhtml", "singlehtml", "latex", "man", "text", "epub", "gettext",
            "texinfo", "xml", "pseudoxml")  # fmt: skip
FIELDS = ("recovery_method", "service_type", "fixed_ip", "X-Trace", "marker")


class Tags(HTMLParser):
    """Collects start tags, and what is wrong with end tags."""

    VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag


def page(folder: Path) -> Tags:
    tags = Tags()
    tags.feed((folder / "index.html").read_text(encoding="utf-8"))
    assert tags.open == []
    return tags


def plain(text: str) -> str:
    """A writer's output without what it escapes underscores and hyphens with."""
    return re.sub(r"\\sphinxhyphen\{\}|\\-", "-", text).replace("\\_", "_")


@pytest.mark.parametrize("builder", BUILDERS)
def test_no_warning(build: Build, builder: str) -> None:
    build("shop", builder)


@pytest.mark.parametrize("builder", BUILDERS)
def test_no_warning_for_hostile_text(build: Build, builder: str) -> None:
    build("hostile", builder)


@pytest.mark.parametrize(
    ("builder", "file"),
    [("html", "index.html"), ("text", "index.txt"), ("latex", "shop.tex"), ("man", "shop.1"),
     ("texinfo", "shop.texi")],
)  # fmt: skip
def test_every_field_is_written(build: Build, builder: str, file: str) -> None:
    text = plain((build("shop", builder).outdir / file).read_text(encoding="utf-8"))
    assert [field for field in FIELDS if field not in text] == []


def test_nothing_of_ours_is_left_for_writers(build: Build) -> None:
    text = (build("shop", "pseudoxml").outdir / "index.pseudoxml").read_text(encoding="utf-8")
    assert "<FieldTable" not in text
    assert "<Disclosure" not in text
    assert "<raw" not in text


def test_hostile_text_makes_no_elements(build: Build) -> None:
    harmless = page(build("shop", "html").outdir).seen
    tags = page(build("hostile", "html").outdir)
    assert {tag for tag, _ in tags.seen} <= {tag for tag, _ in harmless}
    scripts = [element for element in tags.seen if element[0] == "script"]
    assert scripts == [element for element in harmless if element[0] == "script"]
    assert not [attrs for _, attrs in tags.seen if any(name.startswith("on") for name in attrs)]


def test_hostile_text_cannot_reorder_a_page(build: Build) -> None:
    text = (build("hostile", "html").outdir / "index.html").read_text(encoding="utf-8")
    assert not set(text) & set("\x00\x1b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_search_finds_fields(build: Build) -> None:
    text = (build("shop", "html").outdir / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").rstrip().removesuffix(")"))
    assert {"recovery_method", "fixed_ip", "marker", "limit"} <= set(index["terms"])
    assert "rebuild" in index["titleterms"]


def test_epub_is_well_formed(build: Build) -> None:
    folder = build("shop", "epub").outdir
    with zipfile.ZipFile(folder / "Shop.epub") as book:
        root = ET.fromstring(book.read("index.xhtml"))
    tables = [node for node in root.iter() if node.get("class") == "apiplug-fields"]
    assert tables
    assert list(root.iter("{http://www.w3.org/1999/xhtml}details"))


def test_pages_work_without_scripts(build: Build) -> None:
    tags = page(build("shop", "html").outdir)
    summaries = [attrs for tag, attrs in tags.seen if tag == "summary"]
    # The JSON of the body, the call for the older version, and the JSON of that one's.
    assert len(summaries) == 3
    # Only the marks and the rows that a script alone can tell apart.
    hidden = {attrs["class"] for _, attrs in tags.seen if "hidden" in attrs}
    assert hidden == {"apiplug-bar", "apiplug-only", "apiplug-state"}


def test_printed_pages_say_a_body_once(build: Build) -> None:
    text = (build("shop", "text").outdir / "index.txt").read_text(encoding="utf-8")
    assert text.count('"service_type": "COMPUTE"') == 1
    assert "Example until 1.1:" in text


def test_options_in_prose_keep_their_hyphens(build: Build) -> None:
    text = (build("hostile", "text").outdir / "index.txt").read_text(encoding="utf-8")
    assert "\u201cquoted\u201d" not in text


def test_descriptions_can_be_translated(build: Build, tmp_path: Path) -> None:
    folder = build("shop", "gettext").outdir
    with (folder / "index.pot").open("rb") as file:
        catalog = read_po(file, locale="de")
    message = catalog.get("Whether it is acted on.")
    assert message is not None
    message.string = "Ob darauf reagiert wird."
    target = tmp_path / "locale" / "de" / "LC_MESSAGES"
    target.mkdir(parents=True)
    with (target / "index.mo").open("wb") as file:
        write_mo(file, catalog)
    app = build("shop", "html", language="de", locale_dirs=[str(tmp_path / "locale")])
    text = (app.outdir / "index.html").read_text(encoding="utf-8")
    assert "Ob darauf reagiert wird." in text
    assert "Whether it is acted on." not in text
