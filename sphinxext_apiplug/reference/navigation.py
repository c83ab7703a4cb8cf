"""Tables of contents: each page's own in full, those of all others by their titles.

A theme that shows the whole site beside every page has Sphinx copy the table of
contents of every page for every page. With each operation in it, that is the
square of their number: it took a third of a large site's time. Where there are
hundreds of pages, those beside a page are its neighbours alone, for the same reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx import addnodes
from sphinx.environment.adapters.toctree import document_toc

from sphinxext_apiplug.reference.domain import get_domain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

_BUILDERS: Final = frozenset({"html", "dirhtml"})
# With more generated pages than these, nobody looks for one in a list beside the page.
_MOST_BESIDE: Final = 100
# So many before the page and after it are still of use.
_NEAR: Final = 20
# Sphinx's own name for how much of a document stands in tables of contents.
_DEPTH: Final = "tocdepth"


def setup_navigation(app: Sphinx) -> None:
    """Shorten the pages' contents before they are written."""
    navigation = Navigation()
    app.connect("write-started", navigation.shorten)
    # Ahead of the themes, which make something of the page's own contents.
    app.connect("html-page-context", navigation.lengthen, priority=100)
    app.connect("html-page-context", navigation.shorten_again, priority=900)


class Navigation:
    """Which documents stand in other pages' contents by their titles alone."""

    def __init__(self) -> None:
        self._shortened: frozenset[str] = frozenset()
        self._trees: list[_Tree] = []

    def shorten(self, app: Sphinx, builder: Builder) -> None:
        """Limit how deep the contents of generated documents go."""
        if builder.name not in _BUILDERS:
            return
        metadata = app.env.metadata
        # What a document says of itself stays.
        found = [name for name in _generated(app) if _DEPTH not in metadata[name]]
        for docname in found:
            metadata[docname][_DEPTH] = 1
        self._shortened = frozenset(found)
        domain = get_domain(app.env)
        parts = (placed.docname for found in domain.parts.values() for placed in found)
        pages = frozenset(domain.pages.values()).union(parts)
        if len(pages) > _MOST_BESIDE:
            self._trees = [
                _Tree(node, pages) for node in _toctrees(app.env) if pages & _refs(node)
            ]

    def lengthen(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document,
    ) -> None:
        """Give a page its own contents in full, while the theme looks at them."""
        del templatename, doctree
        for tree in self._trees:
            tree.narrow(pagename)
        if pagename not in self._shortened:
            return
        env, builder = app.env, app.builder
        del env.metadata[pagename][_DEPTH]
        contents = document_toc(env, pagename, builder.tags)
        context["toc"] = builder.render_partial(contents)["fragment"]  # type: ignore[attr-defined]

    def shorten_again(self, app: Sphinx, pagename: str, *_others: object) -> None:
        """Shorten the page's contents for the pages after it."""
        if pagename in self._shortened:
            app.env.metadata[pagename][_DEPTH] = 1


class _Tree:
    """A table of contents with generated pages in it.

    :param pages: the generated pages, there and elsewhere
    """

    def __init__(self, node: addnodes.toctree, pages: frozenset[str]) -> None:
        self._node = node
        self._pages = pages
        self._entries: list[tuple[str | None, str]] = node["entries"]
        refs = [ref for _title, ref in self._entries if ref in pages]
        self._places = {ref: place for place, ref in enumerate(refs)}

    def narrow(self, pagename: str) -> None:
        """Leave what stands near a page; none of the generated ones if it isn't one."""
        place = self._places.get(pagename)
        self._node["entries"] = [
            (title, ref)
            for title, ref in self._entries
            if ref not in self._pages
            or (place is not None and abs(self._places[ref] - place) <= _NEAR)
        ]


def _toctrees(env: BuildEnvironment) -> Iterator[addnodes.toctree]:
    """The nodes that Sphinx makes tables of contents from, whatever page it is for."""
    for tree in (env.master_doctree, *env.tocs.values()):
        yield from tree.findall(addnodes.toctree)


def _refs(node: addnodes.toctree) -> frozenset[str]:
    return frozenset(ref for _title, ref in node["entries"])


def _generated(app: Sphinx) -> set[str]:
    """The documents that hold many sections which nobody wrote."""
    domain = get_domain(app.env)
    found = {
        entry.docname
        for (role, _name), entries in domain.objects.items()
        for entry in entries
        if role == "version"
    }
    # The contents of a split page are its parts, not its operations.
    found |= {docname for key, docname in domain.pages.items() if key not in domain.parts}
    return found | {placed.docname for parts in domain.parts.values() for placed in parts}
