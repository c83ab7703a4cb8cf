"""What can be deduced from a handler's body, as data."""

from __future__ import annotations

from typing import Any

import msgspec

from sphinxext_apiplug.inventory.versions import VersionRange


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A query parameter that the body looks at."""

    name: str
    schema: dict[str, Any]
    versions: VersionRange


class VersionTest(msgspec.Struct, frozen=True, kw_only=True):
    """A place where the body does something else in some versions."""

    versions: VersionRange
    line: int


class Findings:
    """What the bodies of a handler and its helpers say.

    :ivar statuses: success codes that are returned explicitly, and in which versions
    :ivar raised: error code -> why it is raised, in the order of the code
    :ivar rules: names of the policy rules that are asked
    :ivar files: absolute paths of all files that were looked at
    """

    def __init__(self) -> None:
        self.queries: dict[tuple[str, VersionRange], Query] = {}
        self.statuses: dict[tuple[int, VersionRange], None] = {}
        self.raised: dict[int, list[str]] = {}
        self.tests: list[VersionTest] = []
        self.rules: list[str] = []
        self.files: set[str] = set()
