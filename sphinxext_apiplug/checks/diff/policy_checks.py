"""The language of policies' checks: which one is stricter, as far as their form tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

#: Either of some conjunctions of atoms: what a check is, multiplied out.
_Clauses: TypeAlias = frozenset[frozenset[str]]
#: Name -> check of what checks refer to as ``rule:NAME``.
Rules: TypeAlias = Mapping[str, str]

NO_RULES: Final[Rules] = MappingProxyType({})

_TOKEN: Final = re.compile(r"\(|\)|(?:%\([^)]*\)s|'[^']*'|[^\s()])+")
_ALWAYS: Final[_Clauses] = frozenset({frozenset()})
_NEVER: Final[_Clauses] = frozenset()
_REFERENCE: Final = "rule:"
_NOT: Final = "not "
# A check of more clauses isn't multiplied out.
_MOST_CLAUSES: Final = 64


class _UnreadableError(Exception):
    """A check isn't in the plain part of oslo.policy's language."""


def stricter(
    old: str, new: str, before: Rules = NO_RULES, after: Rules = NO_RULES
) -> Literal["stricter", "looser", "check-changed"] | None:
    """How a check relates to the one that it replaces; ``None`` if both say the same.

    :param before: the rules of the old API
    :param after: those of the new one
    """
    before, after = _alike(old, new, before, after)
    is_same = " ".join(old.split()) == " ".join(new.split())
    if is_same and referred(old, before) == referred(new, after):
        return None
    try:
        one, two = _clauses(old, before), _clauses(new, after)
    except _UnreadableError:
        return "check-changed"
    narrower, wider = _implies(two, one), _implies(one, two)
    if narrower and wider:
        return None
    if narrower:
        return "stricter"
    return "looser" if wider else "check-changed"


def all_pass(checks: Iterable[str], rules: Rules, other: str, others: Rules) -> bool:
    """Whether who passes all of some checks surely passes another API's check too."""
    joined = " and ".join(f"({check})" for check in checks if check.strip()) or "@"
    rules, others = _alike(joined, other, rules, others)
    try:
        return _implies(_clauses(joined, rules), _clauses(other, others))
    except _UnreadableError:
        return False


def referred(check: str, rules: Rules) -> dict[str, str]:
    """The rules that a check refers to, and those that these refer to in turn."""
    found: dict[str, str] = {}
    left = [check]
    while left:
        come = {name: rules[name] for name in _names(left.pop()) if name in rules}
        left += [text for name, text in come.items() if name not in found]
        found |= come
    return found


def _names(check: str) -> list[str]:
    words = _TOKEN.findall(check)
    return [word.removeprefix(_REFERENCE) for word in words if word.startswith(_REFERENCE)]


def _alike(old: str, new: str, before: Rules, after: Rules) -> tuple[Rules, Rules]:
    """Both APIs' rules, without names of which one of both doesn't know what they mean.

    An inventory of an older apiplug has no rules at all.
    """
    sides = [(check, referred(check, rules)) for check, rules in ((old, before), (new, after))]
    unknown = {
        name
        for check, rules in sides
        for text in (check, *rules.values())
        for name in _names(text)
        if name not in rules
    }
    first, second = (
        {name: text for name, text in rules.items() if name not in unknown} for _, rules in sides
    )
    return first, second


def _implies(one: _Clauses, other: _Clauses) -> bool:
    """Whether who passes *one* passes *other* too."""
    return all(any(weaker <= clause for weaker in other) for clause in one)


def _clauses(check: str, rules: Rules) -> _Clauses:
    tokens = _TOKEN.findall(check)
    if not tokens:
        return _ALWAYS
    tokens.reverse()
    found = _either(tokens, rules)
    if tokens:
        raise _UnreadableError
    return found


def _either(tokens: list[str], rules: Rules) -> _Clauses:
    found = _every(tokens, rules)
    while tokens and tokens[-1].lower() == "or":
        tokens.pop()
        found |= _every(tokens, rules)
    return found


def _every(tokens: list[str], rules: Rules) -> _Clauses:
    found = _atom(tokens, rules)
    while tokens and tokens[-1].lower() == "and":
        tokens.pop()
        found = _both(found, _atom(tokens, rules))
    return found


def _both(one: _Clauses, other: _Clauses) -> _Clauses:
    if len(one) * len(other) > _MOST_CLAUSES:
        raise _UnreadableError
    return frozenset(first | second for first in one for second in other)


def _atom(tokens: list[str], rules: Rules) -> _Clauses:
    if not tokens:
        raise _UnreadableError
    word = tokens.pop()
    if word == "(":
        found = _either(tokens, rules)
        if not tokens or tokens.pop() != ")":
            raise _UnreadableError
        return found
    if word == ")" or word.lower() in {"and", "or"}:
        raise _UnreadableError
    if word.lower() == "not":
        return _negated(_atom(tokens, rules))
    name = word.removeprefix(_REFERENCE)
    if name != word and name in rules:
        # What refers to itself stays a name.
        return _clauses(rules[name], {key: rules[key] for key in rules if key != name})
    return {"@": _ALWAYS, "!": _NEVER}.get(word, frozenset({frozenset({word})}))


def _negated(clauses: _Clauses) -> _Clauses:
    found = _ALWAYS
    for clause in sorted(clauses, key=sorted):
        found = _both(found, frozenset(frozenset({_opposite(word)}) for word in clause))
    return found


def _opposite(word: str) -> str:
    return word.removeprefix(_NOT) if word.startswith(_NOT) else f"{_NOT}{word}"
