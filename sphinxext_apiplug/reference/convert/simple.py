"""Simple nodes as HTML text, as Sphinx's own writer would write them, but at once."""

from __future__ import annotations

from html import escape

from docutils import nodes


def simple_html(node: nodes.Node) -> str | None:
    """The HTML of a node, if it and all in it are simple; otherwise nothing.

    :return: well-formed XHTML, every text in it escaped
    """
    if isinstance(node, nodes.Text):
        return escape(node.astext(), quote=False)
    if not isinstance(node, nodes.Element):
        return None
    tags = _tags(node)
    if tags is None:
        return None
    inner = [simple_html(child) for child in node.children]
    known = [text for text in inner if text is not None]
    return tags[0] + "".join(known) + tags[1] if len(known) == len(inner) else None


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
    if isinstance(node, nodes.reference) and "refuri" in node:
        kind = _class([*classes, "reference", "external"])
        return f'<a{kind} href="{escape(node["refuri"])}">', "</a>"
    if isinstance(node, nodes.bullet_list):
        return f"<ul{_class([*classes, 'simple'])}>\n", "</ul>\n"
    if isinstance(node, nodes.list_item):
        return f"<li{_class(classes)}>", "</li>\n"
    return None


def _class(names: list[str]) -> str:
    return f' class="{escape(" ".join(names))}"' if names else ""
