"""The style sheet and the scripts of HTML pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: The folder of files that HTML builders copy into ``_static``.
STATIC: Final = Path(__file__).parent / "static"


def setup_assets(app: Sphinx) -> None:
    """Put our style sheet and scripts on every HTML page."""
    app.connect("config-inited", _add_static_path)
    app.add_css_file("apiplug.css")
    app.add_js_file("apiplug.js", loading_method="defer")
    app.add_js_file("apiplug-versions.js", loading_method="defer")
    app.add_js_file("apiplug-tabs.js", loading_method="defer")


def _add_static_path(_app: Sphinx, config: Config) -> None:
    # First, so that a project's own file of the same name wins.
    config.html_static_path.insert(0, str(STATIC))
