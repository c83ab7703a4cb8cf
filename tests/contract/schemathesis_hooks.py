"""A check of our own, which schemathesis loads beside its own."""

from __future__ import annotations

import re
from typing import Any

import schemathesis

#: What a schema can't say, so that only the service can refuse it.
KNOWN_REASONS = re.compile(
    r"could not be found|is too small for image|is on host|must end after it begins"
)


@schemathesis.check
def refusals_are_told(ctx: Any, response: Any, case: Any) -> None:
    """What the document allows is refused with 400 for what only the service knows."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if response.status_code != 400:
        return
    message = next(iter(response.json().values()))["message"]
    assert KNOWN_REASONS.search(message), f"Schema-valid request rejected: {message}"
