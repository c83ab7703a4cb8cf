"""The post-transforms that put our nodes into the form a builder's writer knows."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_apiplug.reference.convert.doctree import (
    bracket_badges,
    disclosure_nodes,
    table_nodes,
)
from sphinxext_apiplug.reference.convert.html import (
    disclosure_end,
    disclosure_start,
    table_html,
)
from sphinxext_apiplug.reference.nodes import Disclosure, FieldTable


class ToHtml(SphinxPostTransform):
    """For all builders that write HTML: pre-rendered blocks."""

    default_priority = 200
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Replace the nodes in place."""
        del kwargs
        for table in list(self.document.findall(FieldTable)):
            table.replace_self(_raw(table_html(table.rows)))
        for disclosure in list(self.document.findall(Disclosure)):
            start = _raw(disclosure_start(disclosure["label"]))
            disclosure.replace_self([start, *disclosure.children, _raw(disclosure_end())])


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
        for table in list(self.document.findall(FieldTable)):
            table.replace_self(table_nodes(table))
        for disclosure in list(self.document.findall(Disclosure)):
            parent = disclosure.parent
            position = parent.index(disclosure)
            parent[position : position + 1] = disclosure_nodes(disclosure)
        bracket_badges(self.document)


def _raw(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")
