"""Generated pages in the table of contents."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes


def hidden_toctree(parent: str, docnames: list[str]) -> nodes.compound:
    """Puts documents below another one; the page itself links to them already."""
    tree = addnodes.toctree(
        parent=parent,
        entries=[(None, docname) for docname in docnames],
        includefiles=docnames,
        maxdepth=2,
        caption=None,
        glob=False,
        hidden=True,
        includehidden=False,
        numbered=0,
        titlesonly=False,
    )
    return nodes.compound("", tree, classes=["toctree-wrapper"])
