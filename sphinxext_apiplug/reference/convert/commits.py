"""Lists of commits: as HTML text, and as docutils' own nodes for every other writer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from docutils import nodes

from sphinxext_apiplug.reference.nodes import CommitRow, Html, Stretch


def commits_html(rows: Sequence[CommitRow]) -> Html:
    """A list as well-formed XHTML, every text in it escaped.

    The search finds its subjects: hashes and numbers, of which no two are the same, would
    take it longer than all the rest.
    """
    html = '<ul class="apiplug-commits simple">\n' + "".join(map(_item, rows)) + "</ul>\n"
    return Html("", nodes.Text("\n".join(map(str, rows))), html=html)


def commit_nodes(rows: Iterable[CommitRow]) -> list[nodes.Node]:
    """The same as a bullet list; nothing if there are no commits."""
    items = [nodes.list_item("", _paragraph(row)) for row in rows]
    return [nodes.bullet_list("", *items, bullet="*")] if items else []


def _item(row: CommitRow) -> str:
    text = "".join(map(_link, row.subject))
    if row.mentions:
        mentions = ", ".join(map(_link, row.mentions))
        text += f'\n<span class="apiplug-mentions">({mentions})</span>'
    if row.commit is not None:
        text += f'\n<code class="apiplug-commit">{_link(row.commit)}</code>'
    return f"<li><p>{text}</p></li>\n"


def _link(stretch: Stretch) -> str:
    text = escape(stretch.text)
    if not stretch.url:
        return text
    return f'<a class="reference external" href="{escape(stretch.url)}">{text}</a>'


def _paragraph(row: CommitRow) -> nodes.paragraph:
    paragraph = nodes.paragraph("", "", *map(_node, row.subject))
    if row.mentions:
        paragraph += [nodes.Text(" ("), *_listed(row.mentions), nodes.Text(")")]
    if row.commit is not None:
        paragraph += [nodes.Text(" "), _node(row.commit)]
    return paragraph


def _listed(stretches: Sequence[Stretch]) -> list[nodes.Node]:
    found: list[nodes.Node] = []
    for stretch in stretches:
        found += [nodes.Text(", "), _node(stretch)] if found else [_node(stretch)]
    return found


def _node(stretch: Stretch) -> nodes.Node:
    if not stretch.url:
        return nodes.Text(stretch.text)
    return nodes.reference("", stretch.text, refuri=stretch.url)
