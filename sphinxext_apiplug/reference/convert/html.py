"""Our nodes as HTML text: one string for each table, however long."""

from __future__ import annotations

from html import escape

from sphinxext_apiplug.reference.markup import Block, Spans, blocks, spans
from sphinxext_apiplug.reference.nodes import (
    Badge,
    FieldRow,
    FieldRows,
    Fold,
    StatusRow,
    StatusRows,
)

# The roles keep it a table for screen readers where a narrow window stacks its
# cells. Line breaks part the words for Sphinx's search, which drops the tags.
_HEAD = (
    '<table class="apiplug-fields" role="table" aria-label="{label}">\n'
    '<colgroup class="apiplug-names"></colgroup>\n'
    '<thead><tr role="row"><th role="columnheader">{column}</th>\n'
    '<th role="columnheader">Description</th></tr></thead>\n<tbody>\n'
)
_FOOT = "</tbody></table>\n"
# Deeper fields are told apart by their paths, not by ever more indentation.
_MAX_DEPTH = 8
_MARKS = {"required": "required", "not always": "maybe"}
# A row that shows only where a version of its own is chosen.
_STATE = ' class="apiplug-state" hidden="hidden"'


def table_html(table: FieldRows) -> str:
    """A whole table.

    :return: well-formed XHTML, every text in it escaped
    """
    rows = "".join(_rows(row) for row in table.rows)
    return _HEAD.format(label=escape(table.label), column=escape(table.column)) + rows + _FOOT


def statuses_html(statuses: StatusRows) -> str:
    """A list of status codes."""
    rows = "".join(_status(row) for row in statuses.rows)
    return f'<dl class="apiplug-responses">\n{rows}</dl>\n'


def disclosure_start(label: str, versions: str = "", *, repeats: bool = False) -> str:
    """What stands before content that is folded away.

    :param repeats: it is the body of the call above it
    """
    name = "apiplug-more apiplug-body" if repeats else "apiplug-more"
    kind = f'class="{name}"{_versions(versions)}'
    return f"<details {kind}><summary>{escape(label)}</summary>\n"


def disclosure_end() -> str:
    """What stands after it."""
    return "</details>\n"


def scope_start(versions: str, asked: str) -> str:
    """What stands before content that holds in some versions.

    :param asked: the version that a request in it asks for
    """
    header = f' data-asked="{escape(asked)}"' if asked else ""
    return f'<div class="apiplug-scope"{_versions(versions)}{header}>\n'


def scope_end() -> str:
    """What stands after it."""
    return "</div>\n"


def only_html(versions: str) -> str:
    """The versions of the element that this stands in."""
    return f'<span class="apiplug-only"{_versions(versions)} hidden="hidden"></span>'


def bar_html(choices: str, parameter: str) -> str:
    """An empty place for the choice of a version; a script fills it."""
    names = f'data-choices="{escape(choices)}" data-parameter="{escape(parameter)}"'
    return f'<div class="apiplug-bar" {names} hidden="hidden"></div>\n'


def _versions(versions: str) -> str:
    return f' data-versions="{escape(versions)}"' if versions else ""


def _rows(row: FieldRow) -> str:
    """The row, and for readers who choose a version the row as it is in each one."""
    if not row.states:
        return _row(row, _versions(row.versions))
    states = "".join(_row(state, _STATE + _versions(state.versions)) for state in row.states)
    return _row(row, ' class="apiplug-whole"' + _versions(row.versions)) + states


def _row(row: FieldRow, attributes: str) -> str:
    style = f' style="--apiplug-depth:{min(row.depth, _MAX_DEPTH)}"' if row.depth else ""
    parent = f'<span class="apiplug-within">{escape(row.parent)}</span>' if row.parent else ""
    mark = f' <span class="apiplug-{_MARKS[row.mark]}">{row.mark}</span>' if row.mark else ""
    badges = "".join(_badge(badge) for badge in row.badges)
    kind = f"\n<small>{escape(row.type)}</small>" if row.type else ""
    return (
        f'<tr role="row"{style}{attributes}><th role="rowheader" scope="row">'
        f'<code class="apiplug-name">{parent}<bdi>{escape(row.name)}</bdi></code>'
        f'{mark}{badges}{kind}</th>\n<td role="cell">{_description(row)}</td></tr>\n'
    )


def _status(row: StatusRow) -> str:
    group = f"apiplug-{row.status // 100}xx"
    badges = "".join(_badge(badge) for badge in row.badges)
    scope = _versions(row.versions)
    return (
        f'<dt{scope}><code class="apiplug-status {group}">{row.status}</code></dt>\n'
        f"<dd{scope}><p>{_inline(spans(row.description))}{badges}</p></dd>\n"
    )


def _badge(badge: Badge) -> str:
    text = escape(badge.text)
    if badge.title:
        title = escape(badge.title)
        return f' <abbr class="apiplug-badge apiplug-{badge.kind}" title="{title}">{text}</abbr>'
    return f' <span class="apiplug-badge apiplug-{badge.kind}">{text}</span>'


def _description(row: FieldRow) -> str:
    texts = "".join(_block(block) for block in blocks(row.description)) if row.description else ""
    notes = "".join(f'<p class="apiplug-note">{_inline(note)}</p>\n' for note in row.notes)
    return texts + notes + "".join(_fold(fold) for fold in row.folded)


def _fold(fold: Fold) -> str:
    notes = "".join(f'<p class="apiplug-note">{_inline(note)}</p>\n' for note in fold.content)
    summary = f"<summary>{escape(fold.label)}</summary>\n"
    return f'<details class="apiplug-fold">{summary}{notes}</details>\n'


def _block(block: Block) -> str:
    texts = [_inline(spans(item)) for item in block.items]
    if block.kind == "paragraph":
        return f"<p>{texts[0]}</p>\n"
    return "<ul>" + "".join(f"<li>{text}</li>\n" for text in texts) + "</ul>\n"


def _inline(content: Spans) -> str:
    return "".join(
        f"<code>{escape(span.text)}</code>" if span.code else escape(span.text) for span in content
    )
