"""Read ``apiplug_apis`` from a documentation project's ``conf.py``."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Any, Final

from sphinxext_apiplug.cli.errors import ConfError

#: Where a conf.py usually stands, seen from the project's root.
USUAL_FOLDERS: Final = (".", "doc/source", "docs/source", "docs", "doc", "api-ref/source")

_NAME: Final = "conf.py"


def find(base: Path) -> Path | None:
    """The first usual folder below *base* whose conf.py speaks of ``apiplug_apis``.

    A conf.py that doesn't is never run.
    """
    for folder in USUAL_FOLDERS:
        file = base / folder / _NAME
        if file.is_file() and b"apiplug_apis" in file.read_bytes():
            return file.parent
    return None


def read(folder: Path, variable: str = "apiplug_apis") -> object:
    """Run a conf.py as sphinx-build does.

    :returns: its *variable* as it stands there, unchecked; an empty dict if it has none
    :raises ConfError: if there is no conf.py, or it fails
    """
    # Sphinx takes a while to import, and a namespace needs none of it.
    from sphinx.config import Config
    from sphinx.errors import ConfigError
    from sphinx.util.tags import Tags

    try:
        # What a conf.py prints doesn't belong into the document on standard output.
        with contextlib.redirect_stdout(sys.stderr):
            config = Config.read(folder.resolve(), overrides={}, tags=Tags())
    except (ConfigError, OSError) as error:
        raise ConfError(str(folder), _last_line(str(error))) from error
    config.add(variable, {}, "env", (dict,))
    value: Any = config[variable]
    return value


def _last_line(text: str) -> str:
    """The line of Sphinx's message that names the error, without the traceback."""
    if "Traceback (most recent call last)" not in text:
        return text.strip()
    return f"conf.py failed: {text.strip().splitlines()[-1]}"
