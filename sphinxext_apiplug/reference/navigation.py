"""Tables of contents: each page's own in full, those of all others by their titles.

A theme that shows the whole site beside every page has Sphinx copy the table of
contents of every page for every page. With each operation in it, that is the
square of their number: it took a third of a large site's time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx.environment.adapters.toctree import document_toc

from sphinxext_apiplug.reference.domain import get_domain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_BUILDERS: Final = frozenset({"html", "dirhtml"})
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


def _generated(app: Sphinx) -> set[str]:
    """The documents that hold many sections which nobody wrote."""
    domain = get_domain(app.env)
    versions = (entries for key, entries in domain.objects.items() if key[0] == "version")
    return {*domain.pages.values(), *(entry.docname for entries in versions for entry in entries)}
