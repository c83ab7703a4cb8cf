"""Field tables as HTML: escaped, well-formed, accessible."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from sphinxext_apiplug.reference.convert.html import table_html
from sphinxext_apiplug.reference.markup import Span
from sphinxext_apiplug.reference.nodes import Badge, FieldRow, FieldRows

NASTY = "<script>alert(1)</script>\"'&</table>--><!--]]>"


def parsed(*rows: FieldRow, label: str = "Request body") -> ET.Element:
    return ET.fromstring(table_html(FieldRows(label, rows)))


@pytest.mark.parametrize(
    "row",
    [
        FieldRow(name=NASTY),
        FieldRow(name="a", parent=NASTY),
        FieldRow(name="a", type=NASTY),
        FieldRow(name="a", description=NASTY),
        FieldRow(name="a", description=f"``{NASTY}``"),
        FieldRow(name="a", description=f"* {NASTY}"),
        FieldRow(name="a", notes=((Span(NASTY),),)),
        FieldRow(name="a", notes=((Span(NASTY, code=True),),)),
        FieldRow(name="a", badges=(Badge(NASTY, "from"),)),
        FieldRow(name="a", badges=(Badge("a", "from", NASTY),)),
    ],
)
def test_every_text_is_escaped(row: FieldRow) -> None:
    table = parsed(row)
    assert not list(table.iter("script"))
    values = [value for element in table.iter() for value in element.attrib.values()]
    assert NASTY in [*table.itertext(), *values]
    assert "<script" not in table_html(FieldRows(NASTY, (row,)))


def test_label_is_escaped() -> None:
    assert parsed(FieldRow(name="a"), label=NASTY).get("aria-label") == NASTY


def test_readers_by_ear_get_a_table() -> None:
    table = parsed(FieldRow(name="b", parent="a.", depth=1, mark="required"))
    roles = [cell.get("role") for cell in table.iter("th")]
    assert roles == ["columnheader", "columnheader", "rowheader"]
    assert table.get("aria-label") == "Request body"
    name = table.find(".//code")
    assert name is not None
    assert "".join(name.itertext()) == "a.b"


def test_words_of_different_cells_are_apart() -> None:
    # Sphinx's search drops tags and puts nothing in their place.
    text = "".join(parsed(FieldRow(name="name", type="string", description="Text.")).itertext())
    assert {"name", "string", "Text."} <= set(text.split())


def test_depth_is_shown_and_limited() -> None:
    rows = [FieldRow(name="a", depth=depth) for depth in (0, 1, 30)]
    styles = [row.get("style") for row in parsed(*rows).iter("tr")][1:]
    assert styles == [None, "--apiplug-depth:1", "--apiplug-depth:8"]
