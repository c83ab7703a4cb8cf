"""What a kind of problem is."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Severity = Literal["error", "warning", "info"]

#: From the gravest to the mildest.
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "info")


class ProblemKind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of problem.

    :ivar name: as in ``suppress_warnings = ["apiplug.<name>"]``
    :ivar meaning: what it says, in a sentence
    :ivar remedy: what to do about it
    """

    name: str
    severity: Severity
    meaning: str
    remedy: str
