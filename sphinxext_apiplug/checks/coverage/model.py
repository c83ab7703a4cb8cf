"""What coverage is counted in."""

from __future__ import annotations

import msgspec


class _Model(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all types of the model share; each says again what isn't inherited."""


class Aspect(_Model, frozen=True, kw_only=True):
    """One thing that an operation should have.

    :ivar name: as thresholds name it
    :ivar meaning: what has to be there, in a few words
    """

    name: str
    meaning: str


class Share(_Model, frozen=True, kw_only=True):
    """How many have it, of those that it applies to.

    :ivar aspect: the aspect's name
    :ivar missing: ids of the operations that don't have it, or not wholly
    """

    aspect: str
    covered: int
    total: int
    missing: tuple[str, ...] = ()

    @property
    def percent(self) -> float:
        """From 0 to 100; 100 where it applies to nothing."""
        return 100.0 * self.covered / self.total if self.total else 100.0


class Row(_Model, frozen=True, kw_only=True):
    """The shares of one extension, or of the whole API.

    :ivar alias: of the extension; empty for the whole
    """

    alias: str
    shares: tuple[Share, ...]

    @property
    def percent(self) -> float:
        """The mean of the shares that apply, from 0 to 100.

        A mean, because an operation has one summary and often a hundred fields: counted
        together, the fields alone would decide.
        """
        applying = [share.percent for share in self.shares if share.total]
        return sum(applying) / len(applying) if applying else 100.0


class Coverage(_Model, frozen=True, kw_only=True):
    """What an API's code describes, as a whole and extension by extension."""

    whole: Row
    extensions: tuple[Row, ...]
