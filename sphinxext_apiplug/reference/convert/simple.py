"""Simple nodes as HTML text, as Sphinx's own writer would write them, but at once."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TypeAlias

from docutils import nodes
from sphinx import addnodes

from sphinxext_apiplug.reference.convert.html import only_html, statuses_html, table_html
from sphinxext_apiplug.reference.nodes import FieldTable, Only, StatusList

#: Gives the reference that a pending one stands for, if it is known.
Link: TypeAlias = Callable[[addnodes.pending_xref], "nodes.Element | None"]


def simple_html(node: nodes.Node, link: Link | None = None) -> str | None:
    """The HTML of a node, if it and all in it are simple; otherwise nothing.

    :param link: resolves references; without it they aren't simple
    :return: well-formed XHTML, every text in it escaped
    """
    if isinstance(node, nodes.Text):
        return escape(node.astext(), quote=False)
    if isinstance(node, addnodes.pending_xref):
        resolved = link(node) if link is not None else None
        return simple_html(resolved, link) if resolved is not None else None
    if isinstance(node, FieldTable):
        return table_html(node.rows)
    if isinstance(node, StatusList):
        return statuses_html(node.rows)
    if not isinstance(node, nodes.Element):
        return None
    tags = _tags(node)
    if tags is None:
        return None
    parts = [tags[0]]
    for child in node.children:
        inner = simple_html(child, link)
        if inner is None:
            return None
        parts.append(inner)
    return "".join(parts) + tags[1]


def _tags(node: nodes.Element) -> tuple[str, str] | None:
    classes = [*node["classes"]]
    if isinstance(node, nodes.paragraph):
        return f"<p{_class(classes)}>", "</p>\n"
    if isinstance(node, nodes.rubric):
        level = node["heading-level"]
        return f"<h{level}{_class([*classes, 'rubric'])}>", f"</h{level}>\n"
    if isinstance(node, nodes.literal):
        return f"<code{_class([*classes, 'literal', 'notranslate'])}>", "</code>"
    if isinstance(node, nodes.abbreviation):
        return f'<abbr{_class(classes)} title="{escape(node["explanation"])}">', "</abbr>"
    if isinstance(node, nodes.inline):
        return f"<span{_class(classes)}>", "</span>"
    if isinstance(node, nodes.reference):
        return _link_tag(node), "</a>"
    if isinstance(node, Only):
        return only_html(node["versions"]), ""
    if isinstance(node, nodes.bullet_list):
        return f"<ul{_class([*classes, 'simple'])}>\n", "</ul>\n"
    if isinstance(node, nodes.list_item):
        return f"<li{_class(classes)}>", "</li>\n"
    return None


def _link_tag(node: nodes.reference) -> str:
    internal = bool(node.get("internal")) or "refuri" not in node
    kind = _class([*node["classes"], "reference", "internal" if internal else "external"])
    target = escape(node["refuri"] if "refuri" in node else f"#{node['refid']}")
    tip = f' title="{escape(node["reftitle"])}"' if "reftitle" in node else ""
    return f'<a{kind} href="{target}"{tip}>'


def _class(names: list[str]) -> str:
    return f' class="{escape(" ".join(names))}"' if names else ""
