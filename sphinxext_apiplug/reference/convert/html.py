"""Field tables as HTML text: one string for each, however long."""

from __future__ import annotations

from html import escape

from sphinxext_apiplug.reference.markup import Block, Spans, blocks, spans
from sphinxext_apiplug.reference.nodes import Badge, FieldRow, FieldRows

# The roles keep it a table for screen readers where a narrow window stacks its
# cells. Line breaks part the words for Sphinx's search, which drops the tags.
_HEAD = (
    '<table class="apiplug-fields" role="table" aria-label="{label}">\n<colgroup>'
    '<col class="apiplug-names" /><col /></colgroup>\n'
    '<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Field</th>\n'
    '<th role="columnheader" scope="col">Description</th></tr></thead>\n<tbody role="rowgroup">\n'
)
_FOOT = "</tbody></table>\n"
# Deeper fields are told apart by their paths, not by ever more indentation.
_MAX_DEPTH = 8


def table_html(table: FieldRows) -> str:
    """A whole table.

    :return: well-formed XHTML, every text in it escaped
    """
    rows = "".join(_row(row) for row in table.rows)
    return _HEAD.format(label=escape(table.label)) + rows + _FOOT


def disclosure_start(label: str) -> str:
    """What stands before content that is folded away."""
    return f'<details class="apiplug-more"><summary>{escape(label)}</summary>\n'


def disclosure_end() -> str:
    """What stands after it."""
    return "</details>\n"


def _row(row: FieldRow) -> str:
    style = f' style="--apiplug-depth:{min(row.depth, _MAX_DEPTH)}"' if row.depth else ""
    parent = f'<span class="apiplug-within">{escape(row.parent)}</span>' if row.parent else ""
    required = ' <span class="apiplug-required">required</span>' if row.required else ""
    badges = "".join(_badge(badge) for badge in row.badges)
    kind = f'\n<span class="apiplug-type">{escape(row.type)}</span>' if row.type else ""
    return (
        f'<tr role="row"{style}><th role="rowheader" scope="row">'
        f'<code class="apiplug-name">{parent}<bdi>{escape(row.name)}</bdi></code>'
        f'{required}{badges}{kind}</th>\n<td role="cell">{_description(row)}</td></tr>\n'
    )


def _badge(badge: Badge) -> str:
    text = escape(badge.text)
    if badge.title:
        title = escape(badge.title)
        return f' <abbr class="apiplug-badge apiplug-{badge.kind}" title="{title}">{text}</abbr>'
    return f' <span class="apiplug-badge apiplug-{badge.kind}">{text}</span>'


def _description(row: FieldRow) -> str:
    texts = "".join(_block(block) for block in blocks(row.description))
    notes = "".join(f'<p class="apiplug-note">{_inline(note)}</p>\n' for note in row.notes)
    return texts + notes


def _block(block: Block) -> str:
    texts = [_inline(spans(item)) for item in block.items]
    if block.kind == "paragraph":
        return f"<p>{texts[0]}</p>\n"
    return "<ul>" + "".join(f"<li>{text}</li>\n" for text in texts) + "</ul>\n"


def _inline(content: Spans) -> str:
    return "".join(
        f"<code>{escape(span.text)}</code>" if span.code else escape(span.text) for span in content
    )
