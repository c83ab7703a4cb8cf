"""Our nodes in the form that each builder's writer knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_apiplug.reference.convert.transforms import ToDocutils, ToHtml, Unfold
from sphinxext_apiplug.reference.nodes import Html

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

__all__ = ["setup_convert"]


def setup_convert(app: Sphinx) -> None:
    """Register the post-transforms."""
    app.add_node(Html, html=(_visit_html, None))
    app.add_post_transform(Unfold)
    app.add_post_transform(ToHtml)
    app.add_post_transform(ToDocutils)


def _visit_html(translator: HTML5Translator, node: Html) -> None:
    translator.body.append(node["html"])
    raise nodes.SkipNode
