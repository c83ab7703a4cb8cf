"""Generated pages in the table of contents."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes


def hidden_toctree(parent: str, entries: list[tuple[str | None, str]]) -> nodes.compound:
    """Puts documents below another one; the page itself links to them already.

    :param entries: (title, docname); without a title it is the document's own
    """
    tree = addnodes.toctree(
        parent=parent,
        entries=entries,
        includefiles=[docname for _title, docname in entries],
        maxdepth=2,
        caption=None,
        glob=False,
        hidden=True,
        includehidden=False,
        numbered=0,
        titlesonly=False,
    )
    return nodes.compound("", tree, classes=["toctree-wrapper"])
