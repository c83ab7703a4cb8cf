"""Building the hand-written inventories, and comparing with snapshots."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.testing.util import SphinxTestApp

SNAPSHOTS = Path(__file__).parent / "snapshots"
UPDATE = "APIPLUG_UPDATE_SNAPSHOTS"

Build: TypeAlias = Callable[..., SphinxTestApp]
Matches: TypeAlias = Callable[[str, str], None]

CONF = """
extensions = ["tests.reference.render.throwaway"]
project = "Shop"
author = copyright = "people"
version = release = "1"
man_pages = [("index", "shop", "Shop", "people", 1)]
"""


def note_resolved(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep what a writer gets."""
    (app.srcdir / f"{docname}.resolved").write_text(doctree.pformat(), encoding="utf-8")


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    """Build a document that shows an inventory; no warning may come of it."""
    # Two applications at once register each other's nodes, hence one at a time.
    apps: list[SphinxTestApp] = []

    def run(inventory: str, builder: str, **overrides: object) -> SphinxTestApp:
        for app in apps:
            app.cleanup()
        apps.clear()
        folder = tmp_path / f"{inventory}-{builder}"
        folder.mkdir()
        (folder / "conf.py").write_text(CONF, encoding="utf-8")
        text = f"Shop\n====\n\nReference\n---------\n\n.. show:: {inventory}\n"
        (folder / "index.rst").write_text(text, encoding="utf-8")
        app = SphinxTestApp(builder, srcdir=folder, confoverrides=dict(overrides))
        apps.append(app)
        app.connect("doctree-resolved", note_resolved)
        app.build()
        assert app.warning.getvalue() == ""
        return app

    yield run
    for app in apps:
        app.cleanup()


@pytest.fixture
def matches() -> Matches:
    """Compare with a file of snapshots/; it is written only if asked for."""

    def check(name: str, text: str) -> None:
        path = SNAPSHOTS / f"{name}.txt"
        # Before 0.22, docutils wrote booleans as Python does.
        text = text.replace('="True"', '="1"').replace('="False"', '="0"')
        if os.environ.get(UPDATE):
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no snapshot {path.name}: look at the text, then set {UPDATE}=1"
        assert text == path.read_text(encoding="utf-8")

    return check
