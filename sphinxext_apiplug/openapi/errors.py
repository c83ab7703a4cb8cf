"""What can go wrong in asking for a document."""

from __future__ import annotations

from sphinxext_apiplug.inventory.errors import ApiplugError


class UnknownMicroversionError(ApiplugError, LookupError):
    """The API has no such microversion.

    :ivar asked: the text that was asked for
    :ivar available: the microversions there are, oldest first; maybe none
    """

    def __init__(self, api: str, asked: str, available: tuple[str, ...]) -> None:
        there = ", ".join((*available, "all")) if available else "only all: it has none"
        super().__init__(f"{api} has no microversion {asked!r}; there is: {there}")
        self.asked = asked
        self.available = available
