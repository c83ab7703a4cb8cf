r"""Python's regular expressions as ECMA-262's, which JSON Schema is defined with.

The result is valid with the ``u`` flag, which validators use: there an escape
that isn't needed (``\ ``, ``\~``) is an error, as is a lone ``{`` or ``]``. It is
valid for Python too, where some validators run.
"""

from __future__ import annotations

import re
import warnings
from typing import Final, NamedTuple

_LONGEST: Final = 20_000
_SYNTAX: Final = frozenset("^$\\.*+?()[]{}|/")
# Escapes that mean the same to both.
_SHARED: Final = frozenset("dDsSwWbBfnrtv")
_QUANTIFIER: Final = re.compile(r"\{(\d*)(,?)(\d*)\}", re.ASCII)
_HEX: Final = re.compile(r"x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}")
_LONG_HEX: Final = re.compile(r"U([0-9a-fA-F]{8})")
_OCTAL: Final = re.compile(r"0[0-7]{0,2}|[0-3][0-7]{2}")
_NUMBER: Final = re.compile(r"[1-9][0-9]?")
_GROUP: Final = re.compile(r"\(\?(?:P<(\w+)>|P=(\w+)\)|(#)[^)]*\)|([aiLmsux]*)(-[ims]+)?([:)]))")
_KEPT_GROUP: Final = re.compile(r"\(\?(?:[:=!]|<[=!])")
_RANGE: Final = re.compile(r"([a-z])-([a-z])|([A-Z])-([A-Z])")


class Ecma(NamedTuple):
    """A pattern for ECMA-262.

    :ivar pattern: ``None`` if there is no way to say it
    :ivar loss: what it says less than the original; empty if nothing
    """

    pattern: str | None
    loss: str = ""


class _UnsayableError(Exception):
    """ECMA-262 has nothing like it."""


def to_ecma(pattern: str) -> Ecma:
    """Translate a pattern, keeping what it matches wherever that can be done."""
    if len(pattern) > _LONGEST:
        return Ecma(None, f"has {len(pattern)} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return Ecma(None, f"is no regular expression ({error})")
    try:
        return _Translator(pattern).run()
    except _UnsayableError as error:
        return Ecma(None, f"uses {error}, which ECMA-262 doesn't have")


class _Translator:
    """Walks over a pattern that Python accepts."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._out: list[str] = []
        self._flags: list[frozenset[str]] = [frozenset()]
        self._losses: dict[str, None] = {}
        self._groups = 0
        self._names: dict[str, int] = {}

    def run(self) -> Ecma:
        while self._at < len(self._text):
            self._step()
        return Ecma("".join(self._out), ", ".join(self._losses))

    def _put(self, text: str, width: int = 1) -> None:
        self._out.append(text)
        self._at += width

    def _on(self, flag: str) -> bool:
        return flag in self._flags[-1]

    def _step(self) -> None:
        char = self._text[self._at]
        match char:
            case "\\":
                self._escape()
            case "[":
                self._class()
            case "(":
                self._open()
            case ")":
                self._flags.pop()
                self._put(")")
            case "{" | "*" | "+" | "?":
                self._repeat(char)
            case "}" | "]" | "/":
                self._put(char if char == "/" else "\\" + char)
            case "^" | "$" | ".":
                self._put(self._position(char))
            case _:
                self._literal(char)

    def _literal(self, char: str) -> None:
        if self._on("x") and char.isspace():
            self._put("")
        elif self._on("x") and char == "#":
            end = self._text.find("\n", self._at)
            self._at = len(self._text) if end < 0 else end
        else:
            self._put(self._cased(char))

    def _cased(self, char: str) -> str:
        """A literal character, in both cases if case doesn't matter."""
        other = char.swapcase()
        if not self._on("i") or other == char or len(other) != 1:
            return char
        return f"[{char}{other}]"

    def _position(self, char: str) -> str:
        if char == ".":
            return r"[\s\S]" if self._on("s") else "."
        if not self._on("m"):
            return char
        return r"(?:^|(?<=\n))" if char == "^" else r"(?=\n|$)"

    def _repeat(self, char: str) -> None:
        if char == "{":
            found = _QUANTIFIER.match(self._text, self._at)
            low, comma, high = found.groups() if found else ("", "", "")
            if found is None or not (low or high or comma):
                self._put("\\{")
                return
            self._put(f"{{{low or 0}{comma}{high}}}", len(found[0]))
        else:
            self._put(char)
        follow = self._text[self._at : self._at + 1]
        if follow == "?":
            self._put("?")
        elif follow == "+":
            self._losses["a possessive repetition, written as an ordinary one"] = None
            self._at += 1

    def _open(self) -> None:
        kept = _KEPT_GROUP.match(self._text, self._at)
        if kept or not self._text.startswith("(?", self._at):
            self._flags.append(self._flags[-1])
            self._groups += kept is None
            self._put(kept[0] if kept else "(", len(kept[0]) if kept else 1)
            return
        if self._text.startswith("(?>", self._at):
            self._losses["an atomic group, written as an ordinary one"] = None
            self._flags.append(self._flags[-1])
            self._put("(?:", 3)
            return
        found = _GROUP.match(self._text, self._at)
        if found is None:
            raise _UnsayableError("a conditional group")
        self._python_group(found)

    def _python_group(self, found: re.Match[str]) -> None:
        name, reference, comment, flags, minus, end = found.groups()
        if name:
            # A number says the same in every engine; names are written differently.
            self._groups += 1
            self._names[name] = self._groups
            self._flags.append(self._flags[-1])
            self._put("(", len(found[0]))
            return
        if reference:
            self._put(f"(?:\\{self._names[reference]})", len(found[0]))
            return
        if comment:
            self._put("", len(found[0]))
            return
        active = (self._flags[-1] | set(flags or "")) - set(minus or "")
        if end == ":":
            self._flags.append(active)
            self._put("(?:", len(found[0]))
        else:
            self._flags[-1] = active
            self._put("", len(found[0]))

    def _escape(self) -> None:
        rest = self._text[self._at + 1 : self._at + 12]
        if rest[0] in "AZ":
            self._put("^" if rest[0] == "A" else "$", 2)
        elif number := _NUMBER.match(rest):
            if octal := _OCTAL.match(rest):
                self._put(_hexadecimal(int(octal[0], 8)), 1 + len(octal[0]))
            else:
                self._put(f"(?:\\{number[0]})", 1 + len(number[0]))
        else:
            text, width, literal = _common_escape(rest)
            self._put(self._cased(text) if literal else text, width)

    def _class(self) -> None:
        """Translate ``[...]``."""
        self._put("[")
        if self._text.startswith("^", self._at):
            self._put("^")
        first = True
        start = len(self._out)
        while first or self._text[self._at] != "]":
            first = False
            char = self._text[self._at]
            if char == "\\":
                text, width, _ = _class_escape(self._text[self._at + 1 : self._at + 12])
                self._put(text, width)
            else:
                self._put("\\" + char if char in "[]" else char)
        if self._on("i"):
            self._out.append(_other_case("".join(self._out[start:])))
        self._put("]")


def _common_escape(rest: str) -> tuple[str, int, bool]:
    """Translate what follows a backslash: text, width, and if it is one character."""
    char = rest[0]
    if char in _SHARED or _HEX.match(rest):
        found = _HEX.match(rest)
        return "\\" + (found[0] if found else char), 1 + (len(found[0]) if found else 1), False
    if char == "a":
        return r"\x07", 2, False
    if octal := _OCTAL.match(rest):
        return _hexadecimal(int(octal[0], 8)), 1 + len(octal[0]), False
    if long := _LONG_HEX.match(rest):
        return chr(int(long[1], 16)), 1 + len(long[0]), True
    if char in _SYNTAX:
        return "\\" + char, 2, False
    if char.isalnum() and char.isascii():
        raise _UnsayableError(f"\\{char}")
    return char, 2, True


def _class_escape(rest: str) -> tuple[str, int, bool]:
    if rest[0] in "-^":
        return "\\" + rest[0], 2, False
    return _common_escape(rest)


def _hexadecimal(number: int) -> str:
    return f"\\x{number:02x}"


def _other_case(members: str) -> str:
    """What to add to a class so that case doesn't matter."""
    text = re.sub(r"\\(?:x..|u....|u\{\w+\}|.)", "", members)
    ranges = "".join(item[0].swapcase() for item in _RANGE.finditer(text))
    singles = _RANGE.sub("", text)
    return ranges + "".join(
        char.swapcase() for char in singles if char.isalpha() and len(char.swapcase()) == 1
    )
