"""Whether a text mentions a change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from sphinxext_apiplug.checks.diff import Change

_LITERAL: Final = re.compile(r"`+([^`]+)`+")
_PLACEHOLDER: Final = re.compile(r"\\\{[^{}]*\\\}")
_NAME_PARTS: Final = re.compile(r"[.\[\]]+")
_CALL: Final = re.compile(r"(?P<method>\S+) (?P<path>\S+)(?: \((?P<action>.+)\))?")


class Text:
    """The notes of a release, to be searched."""

    def __init__(self, notes: Iterable[str]) -> None:
        self._all = "\n".join(notes)
        self._literals = "\n".join(_LITERAL.findall(self._all))

    def has_name(self, name: str) -> bool:
        """Whether a name is there; an ordinary word counts between backquotes alone."""
        text = self._literals if name.isalpha() else self._all
        return bool(name) and _has(text, rf"(?<![\w/{{-]){re.escape(name)}(?![\w/}}-])")

    def has_version(self, version: str) -> bool:
        """Whether a version is there."""
        return _has(self._all, rf"(?<![\w.]){re.escape(version)}(?!\.?\w)")

    def has_path(self, path: str, base: str) -> bool:
        """Whether a path is there, with what stands before it or without.

        What its parameters are called doesn't matter.
        """
        own = path.removeprefix(base.rstrip("/"))
        if len(own) <= 1:
            return False
        pattern = _PLACEHOLDER.sub(r"[{<][^{}<>/]*[}>]", re.escape(own))
        start = rf"(?<![\w}}>-])(?:{re.escape(base.rstrip('/'))})?"
        return _has(self._all, rf"{start}{pattern}(?!/?[\w{{<-])")


def mentions(text: Text, change: Change, alias: str, base: str) -> bool:
    """Whether any of what names a change is in the text.

    :param alias: of the extension that provides the operation; maybe empty
    :param base: what stands before every path of the API
    """
    where = change.where
    names = [alias, where.operation, *_names(change)]
    if any(map(text.has_name, names)) or any(map(text.has_version, _versions(change))):
        return True
    called = _CALL.fullmatch(where.call)
    if called is None:
        return False
    action = called["action"]
    # All actions of a resource have the same path.
    return text.has_name(action) if action else text.has_path(called["path"], base)


def _names(change: Change) -> Iterator[str]:
    """A field's name, whole and its last part; what the API is said to be otherwise."""
    name = change.where.name
    yield name
    yield from (part for part in _NAME_PARTS.split(name)[-2:] if part)
    if change.where.part == "api":
        values = (change.before, change.after)
        yield from (str(value) for value in values if isinstance(value, str | int))


def _versions(change: Change) -> Iterator[str]:
    """The microversions from which a change is seen."""
    yield from (item.since for item in change.where.versions if item.since is not None)


def _has(text: str, pattern: str) -> bool:
    return re.search(pattern, text) is not None
