"""Microversions: which the client knows, and which both sides speak."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from compute_example.cli.errors import ClientError


class Microversion(NamedTuple):
    """A version such as 2.5; they compare as numbers do, part by part."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


#: The oldest and the newest version that these commands were written for.
OLDEST: Final = Microversion(2, 1)
NEWEST: Final = Microversion(2, 5)


def parse(text: str) -> Microversion:
    """Read ``2.5``.

    :raises ValueError: for anything else
    """
    match = re.fullmatch(r"([1-9][0-9]*)\.(0|[1-9][0-9]*)", text, re.ASCII)
    if match is None:
        raise ValueError(f"{text!r} is no microversion: one looks like {NEWEST}")
    return Microversion(int(match[1]), int(match[2]))


def newest_common(oldest: Microversion, newest: Microversion) -> Microversion:
    """The newest version that the service and these commands know.

    :param oldest: the service's oldest
    :param newest: the service's newest
    :raises ClientError: if there is none
    """
    common = min(newest, NEWEST)
    if common < max(oldest, OLDEST):
        raise ClientError(
            f"the service speaks microversions {oldest} to {newest}, this client {OLDEST} to "
            f"{NEWEST}: one of them is too old"
        )
    return common
