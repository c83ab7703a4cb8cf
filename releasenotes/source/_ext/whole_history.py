"""Show release notes where git's history is cut short: a shallow clone, a source archive.

reno asks the history in which version each note came, and fails where a part of it is
missing. There, all notes are shown under one heading instead, through reno's own cache
file, which is removed after the build.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

import yaml
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

ROOT: Final = Path(__file__).resolve().parents[3]
NOTES: Final = ROOT / "releasenotes" / "notes"
CACHE: Final = NOTES / "reno.cache"

logger = logging.getLogger(__name__)


def is_whole() -> bool:
    """Whether all of the history is there."""
    git = subprocess.run(
        ["git", "rev-parse", "--is-shallow-repository"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return git.stdout.strip() == "false"


def write_cache(app: Sphinx) -> None:
    """Tell reno of all notes, without history, if it couldn't find out by itself."""
    if CACHE.exists() or is_whole():
        return
    logger.info("git's history is cut short: all release notes go under one heading")
    files = {file.relative_to(ROOT).as_posix(): file for file in sorted(NOTES.glob("*.yaml"))}
    cache = {
        "notes": [{"version": "All releases", "files": [[name, ""] for name in files]}],
        "dates": [],
        "file-contents": {
            name: yaml.safe_load(file.read_text(encoding="utf-8")) for name, file in files.items()
        },
    }
    CACHE.write_text(yaml.safe_dump(cache), encoding="utf-8")
    app.connect("build-finished", lambda _app, _exception: CACHE.unlink())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Be ready before anything is read."""
    app.connect("builder-inited", write_cache)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
