"""What can be deduced from a handler's body, as data."""

from __future__ import annotations

from collections.abc import Mapping
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

    :ivar answered: exception -> the code that the handler's class answers it with
    :ivar statuses: success codes that are returned explicitly, and in which versions
    :ivar usual: those that answers have which are given none, and in which versions
    :ivar headers: those that answers are given, in the order of the code
    :ivar refused: versions in which the handler raises whatever it is asked
    :ivar raised: error code -> why it is raised, in the order of the code
    :ivar rules: name of a policy rule -> whether it is asked in any case
    :ivar demanded: fields of the body without which it may refuse
    :ivar returns: whether any way leads to the end
    :ivar files: absolute paths of all files that were looked at
    """

    def __init__(self, answered: Mapping[type, int] | None = None) -> None:
        self.answered = answered or {}
        self.queries: dict[tuple[str, VersionRange], Query] = {}
        self.statuses: dict[tuple[int, VersionRange], None] = {}
        self.usual: dict[tuple[int, VersionRange], None] = {}
        self.headers: dict[SetHeader, None] = {}
        self.refused: list[VersionRange] = []
        self.raised: dict[int, list[str]] = {}
        self.tests: list[VersionTest] = []
        self.rules: dict[str, bool] = {}
        self.demanded: set[str] = set()
        self.returns = True
        self.files: set[str] = set()

    def take(self, other: Findings, *, answers: bool = False) -> None:
        """Add what another function says that has a part in serving the same requests.

        :param answers: it may be the one that answers; else it leaves that to this one
        """
        if answers:
            self.statuses |= other.statuses
            self.usual |= other.usual
            self.headers |= other.headers
        self.queries = {**other.queries, **self.queries}
        self.tests = [*other.tests, *self.tests]
        for status, reasons in other.raised.items():
            known = self.raised.setdefault(status, [])
            known += [reason for reason in reasons if reason not in known]
        for rule, always in other.rules.items():
            self.rules[rule] = always or self.rules.get(rule, False)
        self.demanded |= other.demanded
        self.files |= other.files
