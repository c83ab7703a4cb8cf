"""The one root of every exception that apiplug raises on purpose."""

from __future__ import annotations


class ApiplugError(Exception):
    """Something that a person can put right; ``str()`` says what to do.

    Subclasses carry what they know as attributes, so that a caller never has
    to parse a message.
    """


class InventoryError(ApiplugError):
    """An inventory file can't be used.

    :ivar source: where the bytes came from, as given by the caller
    :ivar reason: what is wrong with them
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class VersionError(ApiplugError, ValueError):
    """A text is not a microversion (``X.Y``) or a version range.

    :ivar text: the text that was read
    """

    def __init__(self, text: str, expected: str) -> None:
        super().__init__(f"{text!r} is not {expected}")
        self.text = text
