"""Changes as JSON data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from sphinxext_apiplug.checks.diff.change import Change
from sphinxext_apiplug.checks.diff.report.groups import counts
from sphinxext_apiplug.inventory.model import Api

#: Raised by one whenever a reader of the old format could misread the new one.
FORMAT: Final = 1


def to_json(old: Api, new: Api, changes: Sequence[Change]) -> bytes:
    """All changes, with both APIs' names and versions and the count of each class."""
    data = {
        "format": FORMAT,
        "old": _head(old),
        "new": _head(new),
        "summary": counts(changes),
        "changes": msgspec.to_builtins(changes),
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"


def _head(api: Api) -> dict[str, Any]:
    versions = api.microversions
    return {
        "name": api.name,
        "title": api.title,
        "version": api.version,
        "microversions": None if versions is None else msgspec.to_builtins(versions),
    }
