"""What can be wrong with a document that is to be compared."""

from __future__ import annotations

from sphinxext_apiplug.inventory.errors import ApiplugError


class DocumentError(ApiplugError):
    """A file is no OpenAPI document that can be read.

    :ivar source: where it came from, as given by the caller
    :ivar pointer: JSON pointer to what is wrong; empty for the whole
    :ivar reason: what is wrong with it
    """

    def __init__(self, source: str, pointer: str, reason: str) -> None:
        place = f"{source}: {pointer}" if pointer else source
        super().__init__(f"{place}: {reason}")
        self.source = source
        self.pointer = pointer
        self.reason = reason
