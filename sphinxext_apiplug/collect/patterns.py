"""A short text that a simple regular expression matches."""

from __future__ import annotations

import re
from typing import Final

# The most readable member of a class, from left to right.
_PREFERRED: Final = "a1A-_.:/ @"
_ESCAPES: Final = {
    "d": "1",
    "w": "a",
    "s": " ",
    "S": "a",
    "D": "a",
    "W": "-",
    "n": "\n",
    "t": "\t",
}
_COUNT: Final = re.compile(r"\{(\d+)(?:,\d*)?\}", re.ASCII)
_MOST: Final = 256


class _BeyondError(Exception):
    """The pattern uses something that isn't followed here."""


def matching(pattern: str) -> str | None:
    """Make a text that *pattern* matches.

    Follows literals, classes, groups, alternatives and repetitions; the first
    alternative is taken, and of each repetition the fewest.

    :return: ``None`` for anything else; a caller checks the text all the same
    """
    try:
        text = _Walk(pattern).alternatives()
    except (_BeyondError, IndexError, re.error):
        return None
    return text if len(text) <= _MOST else None


class _Walk:
    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0

    def alternatives(self) -> str:
        """Everything up to the end of the group, of which the first part counts."""
        first = self._sequence()
        while self._peek() == "|":
            self._at += 1
            self._sequence()
        return first

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        char = self._text[self._at]
        self._at += 1
        return char

    def _sequence(self) -> str:
        parts = []
        while self._peek() not in {"", "|", ")"}:
            part = self._atom()
            parts.append(part * self._repeats())
            if sum(map(len, parts)) > _MOST:
                raise _BeyondError
        return "".join(parts)

    def _repeats(self) -> int:
        char = self._peek()
        count = 1
        if char and char in "*?+":
            self._at += 1
            # One of what may be missing is more readable than nothing.
            count = 0 if char == "?" else 1
        elif found := _COUNT.match(self._text, self._at):
            self._at += len(found[0])
            count = max(int(found[1]), 1 if "," in found[0] else 0)
        else:
            return count
        if self._peek() == "?":
            self._at += 1
        return min(count, _MOST)

    def _atom(self) -> str:
        char = self._take()
        match char:
            case "^" | "$":
                return ""
            case ".":
                return "a"
            case "(":
                return self._group()
            case "[":
                return self._class()
            case "\\":
                return self._escape()
            case "{" | "}" | "]":
                raise _BeyondError
        return char

    def _group(self) -> str:
        if self._peek() == "?":
            if not self._text.startswith("?:", self._at):
                raise _BeyondError
            self._at += 2
        inner = self.alternatives()
        if self._take() != ")":
            raise _BeyondError
        return inner

    def _escape(self) -> str:
        char = self._take()
        if char in "bB":
            return ""
        if char in _ESCAPES:
            return _ESCAPES[char]
        if char.isalnum():
            raise _BeyondError
        return char

    def _class(self) -> str:
        start = self._at - 1
        while self._take() != "]":
            if self._text[self._at - 1] == "\\":
                self._at += 1
        known = re.compile(self._text[start : self._at])
        candidates = (*_PREFERRED, *map(chr, range(33, 127)))
        found: str | None = next((char for char in candidates if known.fullmatch(char)), None)
        if found is None:
            raise _BeyondError
        return found
