"""Values that options take: what argparse checks before anything is sent."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def between(least: int, most: int) -> Callable[[str], int]:
    """A whole number from *least* to *most*, for ``type=``."""

    def number(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} to {most}")
        return value

    return number


def text_of(least: int, most: int) -> Callable[[str], str]:
    """A text of *least* to *most* characters, not only blanks, for ``type=``."""

    def text(given: str) -> str:
        if not least <= len(given) <= most or (least and not given.strip()):
            blank = ", not only blanks" if least else ""
            raise argparse.ArgumentTypeError(
                f"{given[:20]!r} is no text of {least} to {most} characters{blank}"
            )
        return given

    return text
