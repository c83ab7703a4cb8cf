"""A documentation project in a temporary folder, built as a user would."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_colors

from sphinxext_apiplug.inventory.model import Inventory
from tests.reference import sample

CONF = """\
extensions = ["sphinxext_apiplug"]
apiplug_apis = {
    "racks": {
        "inventory": "racks.json",
    },
}
"""
INDEX = """\
Racks
=====

.. apiplug-extensions::
"""


class Build(NamedTuple):
    """What came of one build.

    :ivar read: the documents that were read
    :ivar warnings: a line each, with the project's folder written as ``/src``
    """

    outdir: Path
    read: list[str]
    warnings: list[str]
    status: str
    statuscode: int
    domain: Any

    def text(self, file: str) -> str:
        return (self.outdir / file).read_text(encoding="utf-8")


class Project:
    """Sources that can be changed between builds; ``pages`` go to ``extensions/``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.write("conf.py", CONF)
        self.write("index.rst", INDEX)
        self.inventory(sample.inventory())

    def write(self, file: str, text: str) -> Path:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def inventory(self, content: Inventory, file: str = "racks.json") -> None:
        sample.write(self.folder / file, content)

    def with_pages(self) -> Project:
        self.write("conf.py", CONF.replace('json",\n', 'json",\n        "pages": "extensions",\n'))
        return self

    def build(
        self, builder: str = "html", confoverrides: dict[str, Any] | None = None, **options: Any
    ) -> Build:
        read: list[str] = []
        # Sphinx 7 shows the types only when asked.
        overrides = {"show_warning_types": True, **(confoverrides or {})}
        app = SphinxTestApp(builder, srcdir=self.folder, confoverrides=overrides, **options)
        try:
            app.connect("env-before-read-docs", lambda app, env, names: read.extend(names))
            app.build()
            return Build(
                outdir=Path(app.outdir),
                read=read,
                warnings=self._lines(app.warning.getvalue()),
                status=strip_colors(app.status.getvalue()),
                statuscode=app.statuscode,
                domain=app.env.get_domain("apiplug"),
            )
        finally:
            app.cleanup()

    def _lines(self, text: str) -> list[str]:
        plain = strip_colors(text).replace(str(self.folder), "/src")
        return [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in plain.splitlines() if line.strip()]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below *folder* with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
