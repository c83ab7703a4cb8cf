"""What a kind of change is."""

from __future__ import annotations

import msgspec

from sphinxext_apiplug.checks.diff.change import Severity


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of change.

    :ivar name: as in ``--ignore NAME``
    :ivar request: its class in what callers send, and wherever there is no direction
    :ivar response: its class in what callers get
    :ivar sentence: what is reported, with ``{thing}``, ``{before}`` and ``{after}``
    :ivar meaning: what it means to a caller
    :ivar counterpart: the kind of the change back; maybe itself
    """

    name: str
    request: Severity
    response: Severity
    sentence: str
    meaning: str
    counterpart: str


def both(
    name: str,
    severity: Severity,
    sentence: str,
    meaning: str,
    counterpart: str = "",
    *,
    response: Severity | None = None,
) -> Kind:
    """A kind whose class is the same in both directions, unless *response* says otherwise.

    :param counterpart: default: the kind itself
    """
    return Kind(
        name=name,
        request=severity,
        response=response or severity,
        sentence=sentence,
        meaning=meaning,
        counterpart=counterpart or name,
    )


def narrowed(name: str, sentence: str, meaning: str, counterpart: str) -> Kind:
    """A kind after which less is allowed: callers may send what is refused now."""
    return both(name, "breaking", sentence, meaning, counterpart, response="compatible")


def widened(name: str, sentence: str, meaning: str, counterpart: str) -> Kind:
    """A kind after which more is allowed: callers may get what they never met."""
    return both(name, "compatible", sentence, meaning, counterpart, response="breaking")
