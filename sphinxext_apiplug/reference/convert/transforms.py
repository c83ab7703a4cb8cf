"""The post-transforms that put our nodes into the form a builder's writer knows."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_apiplug.reference.convert.commits import commit_nodes, commits_html
from sphinxext_apiplug.reference.convert.doctree import (
    bracket_badges,
    disclosure_nodes,
    status_nodes,
    table_nodes,
)
from sphinxext_apiplug.reference.convert.html import (
    bar_html,
    disclosure_end,
    disclosure_start,
    only_html,
    scope_end,
    scope_start,
    statuses_html,
    table_html,
)
from sphinxext_apiplug.reference.convert.simple import simple_html
from sphinxext_apiplug.reference.domain import get_domain
from sphinxext_apiplug.reference.nodes import (
    INDEX_ENTRY,
    CommitList,
    Disclosure,
    FieldTable,
    Late,
    Only,
    Scope,
    StatusList,
    VersionBar,
)

# Others go through a document's references once more, and change them.
_LINKED: Final = frozenset({"html", "dirhtml"})
_OURS = (CommitList, Disclosure, FieldTable, Only, Scope, StatusList, VersionBar)


class Unfold(SphinxPostTransform):
    """Puts what was kept aside where it belongs, before references are resolved."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Replace the nodes in place."""
        del kwargs
        unfolded = self._as_html if ToHtml(self.document).is_supported() else _as_nodes
        for late in list(self.document.findall(Late)):
            parent = late.parent
            position = parent.index(late)
            parent[position : position + 1] = unfolded(late)

    def _as_html(self, late: Late) -> list[nodes.Node]:
        texts = [(node, simple_html(node, self._link)) for node in late.content]
        found: list[nodes.Node] = []
        for is_simple, group in groupby(texts, lambda item: item[1] is not None):
            if is_simple:
                found.append(_raw("".join(text for _, text in group if text is not None)))
            else:
                found += _placed([node for node, _ in group], late)
        return found

    def _link(self, node: addnodes.pending_xref) -> nodes.Element | None:
        """What Sphinx would put there, without its asking every domain and extension."""
        domain = get_domain(self.env)
        builder = domain.builder
        ours = node["refdomain"] == domain.name
        if builder is None or builder.name not in _LINKED or not ours:
            return None
        kind, target = node["reftype"], node["reftarget"]
        content = cast("nodes.Element", node[0])
        docname = self.env.docname
        return domain.resolve_xref(self.env, docname, builder, kind, target, node, content)


def _as_nodes(late: Late) -> list[nodes.Node]:
    return _placed(late.content, late)


def _placed(content: list[nodes.Node], late: Late) -> list[nodes.Node]:
    """Say of nodes that they come from where they were kept."""
    for top in content:
        for node in top.findall(nodes.Element):
            if node.source is None:
                node.source, node.line = late.source, late.line
    return content


class ToHtml(SphinxPostTransform):
    """For all builders that write HTML: pre-rendered blocks."""

    default_priority = 200
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Replace the nodes in place."""
        del kwargs
        for node in _ours(self.document):
            node.replace_self(_as_html(node))
        # The general index has them by now. The search would have them too, as it has the words
        # of the page, but Sphinx forgets them there in the next build that reads nothing.
        for entry in list(self.document.findall(addnodes.index)):
            if INDEX_ENTRY in entry["classes"]:
                entry.parent.remove(entry)


def _ours(document: nodes.document) -> list[nodes.Element]:
    return [node for node in document.findall(nodes.Element) if isinstance(node, _OURS)]


def _as_html(node: nodes.Element) -> list[nodes.Node]:
    if isinstance(node, FieldTable):
        return [_raw(table_html(node.rows))]
    if isinstance(node, StatusList):
        return [_raw(statuses_html(node.rows))]
    if isinstance(node, CommitList):
        return [commits_html(node.rows)]
    if isinstance(node, Only):
        return [_raw(only_html(node["versions"]))]
    if isinstance(node, VersionBar):
        return [_raw(bar_html(node["choices"], node["parameter"]))]
    if isinstance(node, Scope):
        start = scope_start(node["versions"], node["asked"])
        return [_raw(start), *node.children, _raw(scope_end())]
    repeats = bool(node.get("repeats"))
    start = disclosure_start(node["label"], node.get("versions", ""), repeats=repeats)
    return [_raw(start), *node.children, _raw(disclosure_end())]


class _Catalogues(SphinxPostTransform):
    """Tells the builder that asks field tables themselves for their messages."""

    builders = ("gettext",)


class ToDocutils(SphinxPostTransform):
    """For all other builders: docutils' own nodes."""

    default_priority = 210

    def is_supported(self) -> bool:
        """Whether the builder writes pages that aren't HTML."""
        others = (ToHtml(self.document), _Catalogues(self.document))
        return not any(other.is_supported() for other in others)

    def run(self, **kwargs: Any) -> None:
        """Replace the nodes in place."""
        del kwargs
        for node in _ours(self.document):
            # Not replace_self(), which wants attributes of what there may be none of.
            parent = node.parent
            position = parent.index(node)
            parent[position : position + 1] = _as_docutils(node)
        bracket_badges(self.document)


def _as_docutils(node: nodes.Element) -> list[nodes.Node]:
    if isinstance(node, FieldTable):
        return table_nodes(node.rows)
    if isinstance(node, StatusList):
        return status_nodes(node.rows)
    if isinstance(node, CommitList):
        return commit_nodes(node.rows)
    if isinstance(node, Disclosure):
        return disclosure_nodes(node)
    return list(node.children)


def _raw(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")
