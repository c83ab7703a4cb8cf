"""Names of components: readable, short, unique."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sphinxext_apiplug.inventory.model import Operation

_WORD: Final = re.compile(r"[A-Za-z0-9]+")
# Generated code turns a component's name into a file name.
_LONGEST: Final = 60


def camel(text: str) -> str:
    """``CamelCase`` of a text's ASCII words, 60 characters at most; maybe empty."""
    words = _WORD.findall(text[: 4 * _LONGEST])
    return "".join(word[0].upper() + word[1:] for word in words)[:_LONGEST]


def slug(text: str) -> str:
    """The text's ASCII words, joined with hyphens; maybe empty."""
    return "-".join(_WORD.findall(text))


def unique(hints: Iterable[str], taken: Collection[str]) -> str:
    """The first of *hints* that is free, else the first one with a number.

    Names that differ in case alone are the same to some file systems.

    :param taken: names in use, case-folded
    """
    names = [hint for hint in hints if hint] or ["Schema"]
    for name in names:
        if name.casefold() not in taken:
            return name
    number = 2
    while f"{names[0]}{number}".casefold() in taken:
        number += 1
    return f"{names[0]}{number}"


def stem(operation: Operation) -> str:
    """What the components of an operation begin with, as in ``SegmentsCreate``."""
    handler = re.split(r"[.:]", operation.handler.object)[-1]
    name = camel(operation.resource) + camel(operation.action or handler)
    return name[:_LONGEST] or camel(operation.id) or "Operation"
