"""What is published of the example service: its inventory and its documents."""

from __future__ import annotations

import functools
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import parse_apis
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.openapi.document import build

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "api-ref" / "source"
NAME = "compute"
DEMO = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
BUSY = "3f2504e0-4f89-41d3-9a0c-0305e82c3302"
HEADER = "OpenStack-API-Version"


def settings() -> dict[str, Any]:
    """The settings of the reference that this project publishes."""
    names: dict[str, Any] = {}
    exec((SOURCE / "conf.py").read_text(encoding="utf-8"), names)
    found: dict[str, Any] = names["apiplug_apis"][NAME]
    return found


def read(*, expected: Collection[str] = (), **changes: Any) -> Inventory:
    """The inventory of what is installed; nothing may be wrong with it.

    :param expected: kinds of problems that it may have nevertheless
    """
    apis = parse_apis({NAME: {**settings(), **changes}})
    found = collect(NAME, apis[NAME], base_dir=SOURCE).inventory
    assert [item for item in found.problems if item.kind not in expected] == []
    return found


@functools.cache
def inventory() -> Inventory:
    """The same with the settings as they are, read once."""
    return read()


def versions(found: Inventory) -> list[str]:
    """Every microversion."""
    accepted = found.api.microversions
    assert accepted is not None
    low, high = accepted.low, accepted.high
    return [f"{low.major}.{minor}" for minor in range(low.minor, high.minor + 1)]


def write(found: Inventory, version: str, folder: Path) -> Path:
    """The document of a version, as a file."""
    file = folder / f"openapi-{version}.json"
    file.write_text(json.dumps(build(found, version)), encoding="utf-8")
    return file
