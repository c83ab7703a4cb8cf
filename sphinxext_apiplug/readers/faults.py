"""What was wrong with a schema, and the log that it is noted in."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from sphinxext_apiplug.readers.plain import Loop, Unknown

_LONGEST_QUOTE: Final = 60
_MOST_FINDINGS: Final = 100


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was dropped from a schema, or could be kept only in part.

    :ivar kind: a kind of problem
    :ivar pointer: JSON pointer into the schema as the plugin wrote it
    :ivar message: one sentence for a person
    """

    kind: Literal["schema-invalid", "schema-adapted", "value-mocked"]
    pointer: str
    message: str


class Log:
    """Findings in the order in which they were made, each of them once."""

    def __init__(self) -> None:
        self._findings: dict[Finding, None] = {}

    def __len__(self) -> int:
        return len(self._findings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was noted, up to a number that a person would read."""
        found = tuple(self._findings)
        if len(found) <= _MOST_FINDINGS:
            return found
        more = f"has {len(found) - _MOST_FINDINGS} more faults like these"
        rest = Finding(kind=found[_MOST_FINDINGS].kind, pointer="", message=more)
        return (*found[:_MOST_FINDINGS], rest)

    def invalid(self, pointer: str, message: str) -> None:
        """Note what isn't JSON Schema."""
        self._findings[Finding(kind="schema-invalid", pointer=pointer, message=message)] = None

    def adapted(self, pointer: str, message: str) -> None:
        """Note what JSON Schema 2020-12 can't say like this."""
        self._findings[Finding(kind="schema-adapted", pointer=pointer, message=message)] = None

    def unknown(self, value: Unknown, pointer: str, message: str) -> None:
        """Note what has no JSON form, unless that is noted already."""
        if value.mocked:
            self._findings[Finding(kind="value-mocked", pointer=pointer, message=message)] = None
        elif not value.noted:
            self.adapted(pointer, message)


def join(pointer: str, *parts: str | int) -> str:
    """A JSON pointer some steps further down."""
    steps = (str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    return "/".join((pointer, *steps))


def quote(value: object) -> str:
    """A plain value as a message shows it: short, on one line."""
    match value:
        case str():
            text = repr(value)
        case None | True | False:
            text = {None: "null", True: "true", False: "false"}[value]
        case Unknown() | Loop():
            text = str(value)
        case dict():
            text = "an object"
        case list():
            text = "a list"
        case _:
            text = str(value)
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "\u2026"
