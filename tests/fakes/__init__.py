"""Distributions that tests make up, installed for real into a folder of their own."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Mapping
from pathlib import Path

NAMESPACE = "fakeapi.extensions"

#: An extension that is in order; every table of bad ones has it too, to be published.
GOOD = """
    from fakeapi import extensions, wsgi

    class ThingsController(wsgi.Controller):
        @extensions.expected_errors(404)
        def show(self, req, id):
            '''Show a thing.'''
            return {"thing": id}

    class Things(extensions.Extension):
        '''Things that are in order.'''
        name = "Things"
        alias = "things"

        def get_resources(self):
            return [extensions.ResourceExtension("things", ThingsController(),
                                                 member_name="thing")]
"""


class Site:
    """A folder that works as ``site-packages``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(Path(__file__).parent / "fakeapi", folder / "fakeapi")

    def install(
        self,
        name: str,
        modules: Mapping[str, str],
        entry_points: Mapping[str, str],
        *,
        namespace: str = NAMESPACE,
        version: str = "1.2.3",
    ) -> None:
        """Install a distribution.

        :param modules: path below the site -> source text
        :param entry_points: entry-point name -> ``module:attr``
        """
        for path, text in modules.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(textwrap.dedent(text), encoding="utf-8")
        info = self.folder / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        lines = [f"[{namespace}]", *(f"{key} = {value}" for key, value in entry_points.items())]
        (info / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        metadata = (
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nLicense: Apache-2.0\n"
        )
        (info / "METADATA").write_text(metadata, encoding="utf-8")

    def install_good(self) -> None:
        """Install the extension that is in order."""
        self.install("goodthings", {"goodthings.py": GOOD}, {"things": "goodthings:Things"})
