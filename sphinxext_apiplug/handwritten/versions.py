"""The microversions that folders of samples are named after."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_VERSION: Final = re.compile(r"v(\d+\.\d+)")


def version_of(path: Path) -> str | None:
    """The microversion that a folder is named after, as ``v2.26``."""
    found = (_VERSION.fullmatch(part) for part in reversed(path.parts))
    return next((match[1] for match in found if match is not None), None)
