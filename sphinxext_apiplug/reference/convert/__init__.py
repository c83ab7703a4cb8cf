"""Our nodes in the form that each builder's writer knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_apiplug.reference.convert.transforms import ToDocutils, ToHtml, Unfold

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup_convert"]


def setup_convert(app: Sphinx) -> None:
    """Register the post-transforms."""
    app.add_post_transform(Unfold)
    app.add_post_transform(ToHtml)
    app.add_post_transform(ToDocutils)
