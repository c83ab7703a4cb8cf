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
    """A place where the body does something else in some versions.

    :ivar function: that the place is in: the handler, or a helper
    """

    versions: VersionRange
    function: Any
    line: int


class SetHeader(msgspec.Struct, frozen=True, kw_only=True):
    """A header that an answer is given.

    :ivar status: of the answer; ``None`` if it has the code that success has otherwise
    """

    name: str
    status: int | None
    versions: VersionRange


class Findings:
    """What the bodies of a handler and its helpers say.

    :ivar statuses: success codes that are returned explicitly, and in which versions
    :ivar headers: those that answers are given, in the order of the code
    :ivar refused: versions in which the handler raises whatever it is asked
    :ivar raised: error code -> why it is raised, in the order of the code
    :ivar rules: name of a policy rule -> whether it is asked in any case
    :ivar files: absolute paths of all files that were looked at
    """

    def __init__(self) -> None:
        self.queries: dict[tuple[str, VersionRange], Query] = {}
        self.statuses: dict[tuple[int, VersionRange], None] = {}
        self.headers: dict[SetHeader, None] = {}
        self.refused: list[VersionRange] = []
        self.raised: dict[int, list[str]] = {}
        self.tests: list[VersionTest] = []
        self.rules: dict[str, bool] = {}
        self.files: set[str] = set()
