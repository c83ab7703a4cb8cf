"""What a docs job should check of an API, as settings."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

#: What coverage is counted of, and ``total`` for the mean of all.
CoverageName = Literal[
    "summary", "description", "request", "response", "policy", "errors", "parameters", "total"
]
Percent = Annotated[float, Meta(ge=0, le=100)]


class Checks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``apiplug check`` and the builder ``apiplug-check`` look at.

    Paths are relative to conf.py.

    :ivar coverage: how much of the API its code must describe
    :ivar handwritten: a folder with a reference for os-api-ref
    :ivar inventory: an inventory file that was kept, for what changed since
    :ivar samples: a folder of example files
    :ivar notes: a project of ``apiplug_projects`` whose release notes must mention what
        changed between its ``inventories``, and since
    :ivar ignore: findings that are known and accepted: a kind of problem, or a kind and a
        glob pattern of its subject, as in ``handwritten-missing versions-*``
    """

    coverage: dict[CoverageName, Percent] = {}
    handwritten: str | None = None
    inventory: str | None = None
    samples: str | None = None
    notes: str | None = None
    ignore: tuple[str, ...] = ()
