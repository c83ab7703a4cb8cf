"""Checks of a site that was built."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_apiplug.checks.site.check import check_site

PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><title>Racks</title><link rel="stylesheet" href="style.css"></head>
<body id="top"><h1 id="racks">Racks</h1>
BODY
</body></html>
"""


def told(folder: Path, body: str, **files: str) -> list[tuple[str, str, int | None, str]]:
    (folder / "sub").mkdir()
    pages = {"index.html": PAGE.replace("BODY", body), "style.css": "", "sub/index.html": PAGE}
    for name, text in {**pages, **files}.items():
        (folder / name).write_text(text.replace('"style.css"', '"../style.css"')
                                   if name.startswith("sub/") else text, "utf-8")  # fmt: skip
    return [
        (problem.kind, problem.subject, problem.source and problem.source.line, problem.message)
        for problem in check_site(folder)
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="#racks">Racks</a> <a href="#top">Up</a> <a href="">Here</a>',
        '<a href="sub/">Sub</a> <a href="sub/index.html#racks">Sub</a> <a href="sub/..">Up</a>',
        '<a href="https://example.org/x#y">Out</a> <a href="mailto:a@example.org">A</a>',
        '<a href="%69ndex.html?x=1#racks">Coded</a> <a href="/elsewhere">Root</a>',
        '<button>Copy</button> <button aria-label="Copy"></button> <button title="x"></button>',
        '<button><img src="style.css" alt="Copy"></button> <img src="style.css" alt="">',
        '<label>Name <input></label> <label for="n">Name</label> <input id="n">',
        '<input type="hidden"> <input type="submit"> <input type="button" value="Go">',
        '<select aria-label="Version"><option>1</option></select>',
        "<details><summary>More</summary>Text</details><!-- a comment -->",
    ],
)
def test_pages_that_are_right(body: str, tmp_path: Path) -> None:
    assert told(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ("<p><button>Copy</p>", "site-html", "unexpected end tag"),
        ("<p id='x'></p><p id='x'></p>", "site-html", "two elements have the id 'x'"),
        ('<a href="gone.html">Gone</a>', "site-link", "leads to no file: gone.html"),
        ('<a href="../index.html">Out</a>', "site-link", "leads to no file: ../index.html"),
        ('<script src="gone.js"></script>', "site-link", "leads to no file: gone.js"),
        ('<a href="#gone">Gone</a>', "site-link", "leads to nothing on its page: #gone"),
        ('<a href="sub/#gone">Gone</a>', "site-link", "leads to nothing on its page: sub/#gone"),
        ("<button></button>", "site-control", "a control has no name: <button>"),
        ('<button> <span aria-hidden="true"></span></button>', "site-control", "no name"),
        ('<input type="text" name="q">', "site-control", '<input name="q" type="text">'),
        ("<select><option>1</option></select>", "site-control", "no name: <select>"),
        ("<textarea></textarea>", "site-control", "no name: <textarea>"),
        ("<details><summary></summary>x</details>", "site-control", "no name: <summary>"),
        ('<a href="sub/"></a>', "site-control", 'a link has no name: <a href="sub/">'),
        ('<img src="style.css">', "site-control", "an image has no text: style.css"),
    ],
)
def test_what_is_wrong_is_told_with_its_page(
    body: str, kind: str, message: str, tmp_path: Path
) -> None:
    found = told(tmp_path, body)
    assert [item for item in found if item[0] == kind and message in item[3]]
    assert {item[1] for item in found} == {"index.html"}
    assert {item[0] for item in found} == {kind}


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("openapi.json", '{\n"a": }', 2, "not JSON: "),
        ("openapi.json", "", 1, "not JSON: "),
        ("openapi.yaml", "a: 1\nb: [\n", 3, "not YAML: "),
    ],
)
def test_published_data_is_read_back(
    name: str, text: str, line: int, message: str, tmp_path: Path
) -> None:
    ((kind, subject, found_line, found),) = told(tmp_path, "", **{name: text})
    assert (kind, subject, found_line) == ("site-file", name, line)
    assert found.startswith(message)
