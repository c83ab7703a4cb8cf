"""The search index: each word's stem is looked for once in a build, not once a page.

The pages of an API have most of their words in common, and finding the stems of each
page's words took as long as a tenth of a large site.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_stems(app: Sphinx) -> None:
    """Remember stems from the first page on: there is no index before."""
    app.connect("doctree-resolved", _remember)


def _remember(app: Sphinx, *_others: object) -> None:
    indexer = getattr(app.builder, "indexer", None)
    if indexer is not None and not hasattr(indexer.lang.stem, "cache_info"):
        indexer.lang.stem = cache(indexer.lang.stem)
