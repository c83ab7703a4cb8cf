"""Texts from plugins, made fit to be shown.

A text is data: whatever shows it escapes it. Taken out here is what no page
and no file can show harmlessly: control characters, marks that turn the
direction of the text around them, and halves of characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but not tab and line break
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks
    "\ud800-\udfff\ufeff\ufffe\uffff]"  # no characters at all
)
# How JSON writes control characters; no backslash of its own stands before.
_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\(?:[bfr]|u00)")
_MARKUP = re.compile(r"[<>\"'`\\/]|\.\.")

#: A longer name is cut.
LONGEST_NAME: Final = 200


def clean(text: str) -> str:
    """The text without what can't be shown."""
    return _UNSHOWABLE.sub("", text)


def may_be_unclean(data: Any) -> bool:
    """Whether any text in some data might need cleaning; found out at one look."""
    try:
        text = msgspec.json.encode(data).decode()
    except UnicodeEncodeError:  # Half a character.
        return True
    return bool(_UNSHOWABLE.search(text) or _ESCAPED.search(text))


def clean_name(text: str) -> str:
    """A name on one line, of bearable length."""
    name = " ".join(clean(text).split())
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def faults_of_name(text: str) -> tuple[str, ...]:
    """What shouldn't be in a name, in words; empty if it is in order."""
    faults = []
    if _UNSHOWABLE.search(text):
        faults.append("control characters or direction marks")
    if _MARKUP.search(text):
        faults.append("quotes, slashes, dots in a row or angle brackets")
    if len(text) > LONGEST_NAME:
        faults.append(f"more than {LONGEST_NAME} characters")
    return tuple(faults)


def clean_deep(value: Any) -> Any:
    """Plain data with every text in it cleaned, keys included."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean_deep(key): clean_deep(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(clean_deep(item) for item in value)
    return value
