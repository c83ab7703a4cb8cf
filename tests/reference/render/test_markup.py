"""What is made of the texts of plugins."""

from __future__ import annotations

import time
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_apiplug.reference.convert.html import table_html
from sphinxext_apiplug.reference.markup import Block, Span, blocks, clean, line, spans
from sphinxext_apiplug.reference.nodes import FieldRow, FieldRows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("tab\tand\nbreak", "tab\tand\nbreak"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("nul\x00 esc\x1b[1m del\x7f c1\x9b", "nul esc[1m del c1"),
        ("\u202eevil\u202c \u2066x\u2069 \u200fy", "evil x y"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("שלום and עברית stay", "שלום and עברית stay"),
        ("👩\u200d💻 too", "👩\u200d💻 too"),
        ("x" * 10_000, "x" * 400 + "…"),
        ("ab " * 10_000, ("ab " * 10_000)[:19_999] + "…"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text(st.characters(exclude_categories=()), max_size=500))
def test_clean_text_is_clean(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    cleaned.encode()
    table = table_html(FieldRows(cleaned, (FieldRow(name=cleaned, description=cleaned),)))
    assert ET.fromstring(table).tag == "table"


def test_line_is_one_line_of_limited_length() -> None:
    assert line(" a\n b\t\x00c ") == "a b c"
    assert line("word " * 100, 12) == "word word w…"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("   \n \n", ()),
        ("One\ntwo.\n\nThree.", (("paragraph", "One two."), ("paragraph", "Three."))),
        ("First.\n    Indented like\n    a docstring.", (
            ("paragraph", "First. Indented like a docstring."),
        )),
        ("Takes:\n\n* a\n  b\n* c", (("paragraph", "Takes:"), ("bullets", "a b", "c"))),
        ("* a\n\n- b\n\n+ c", (("bullets", "a", "b", "c"),)),
        ("Lead\n- a\n- b", (("paragraph", "Lead"), ("bullets", "a", "b"))),
        ("*not* a list\n-1 neither", (("paragraph", "*not* a list -1 neither"),)),
        ("Do.\n\n:param req: the\n    request\n\n    still it\n:returns: x\n\nEnd.", (
            ("paragraph", "Do."), ("paragraph", "End."),
        )),
        (":raises ValueError: if\n:rtype: dict\n:type x: int", ()),
        ("Use :ref:`x` and :param", (("paragraph", "Use :ref:`x` and :param"),)),
        (".. code:: python\n\n   import os", (
            ("paragraph", ".. code:: python"), ("paragraph", "import os"),
        )),
    ],
)  # fmt: skip
def test_blocks(text: str, expected: tuple[tuple[str, ...], ...]) -> None:
    found = tuple((block.kind, *block.items) for block in blocks(text))
    assert found == expected
    assert all(isinstance(block, Block) for block in blocks(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a ``b`` c", (Span("a "), Span("b", code=True), Span(" c"))),
        ("``only``", (Span("only", code=True),)),
        ("``open", (Span("``open"),)),
        ("`b`, *star* |sub|_", (Span("b", code=True), Span(", *star* |sub|_"))),
        (":role:`b` and `a <b>`_", (Span(":role:`b` and `a <b>`_"),)),
        ("`link`_ and 5` x 3`", (Span("`link`_ and 5` x 3`"),)),
        ("````", (Span("````"),)),
    ],
)
def test_spans(text: str, expected: tuple[Span, ...]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize("word", ["`", "``a", ":param ", "* ", "x", "\u202e", ":", "\n"])
def test_no_text_takes_long(word: str) -> None:
    start = time.process_time()
    for block in blocks(word * 50_000):
        for item in block.items:
            spans(item)
    assert time.process_time() - start < 1
