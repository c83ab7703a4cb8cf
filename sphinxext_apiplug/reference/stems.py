"""The search index: each word's stem is looked for once in a build, not once a page.

The pages of an API have most of their words in common, and finding the stems of each
page's words took as long as a tenth of a large site.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder


def setup_stems(app: Sphinx) -> None:
    """Remember stems from when pages are about to be written."""
    app.connect("write-started", _remember)


def _remember(_app: Sphinx, builder: Builder) -> None:
    indexer = getattr(builder, "indexer", None)
    if indexer is not None:
        indexer.lang.stem = cache(indexer.lang.stem)
