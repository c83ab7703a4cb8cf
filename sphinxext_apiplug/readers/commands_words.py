"""Names of commands, paths and arguments as words that can be compared."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

#: Lower-case words; singular and plural are the same.
Words: TypeAlias = tuple[str, ...]

_EDGE: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")
# What names of arguments add to the name of what they identify.
_KEYS: Final = frozenset({"id", "name", "uuid"})
_VARIABLE: Final = re.compile(r"\{[^{}]*\}")


def words_of(name: str) -> Words:
    """The words of a name in any usual spelling."""
    found = [word for word in _EDGE.sub(" ", name).lower().split() if word]
    # Once the mark of an extension's resources and actions.
    if len(found) > 1 and found[0] == "os":
        del found[0]
    return tuple(map(_singular, found))


def thing_of(name: str) -> Words:
    """What an argument identifies: ``segment_id`` a segment."""
    found = words_of(name)
    return found[:-1] if len(found) > 1 and found[-1] in _KEYS else found


def steps_of(path: str) -> tuple[Words, ...]:
    """The words of each step of a path; a variable has none."""
    steps = [step for step in path.split("/") if step]
    return tuple(() if _VARIABLE.fullmatch(step) else words_of(step) for step in steps)


def _singular(word: str) -> str:
    """The same for singular and plural: good enough to compare words, not to be read."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word[:-1] if word.endswith(("sse", "she", "che", "xe", "ze", "use")) else word
