"""Policies: whether a check is stricter, as far as its form tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from sphinxext_apiplug.checks.diff.found import Found, Place, texts
from sphinxext_apiplug.inventory.model import Operation, Policy

#: Either of some conjunctions of atoms: what a check is, multiplied out.
_Clauses: TypeAlias = frozenset[frozenset[str]]

_TOKEN: Final = re.compile(r"\(|\)|(?:%\([^)]*\)s|'[^']*'|[^\s()])+")
_ALWAYS: Final[_Clauses] = frozenset({frozenset()})
_NEVER: Final[_Clauses] = frozenset()
# A check of more clauses isn't multiplied out.
_MOST_CLAUSES: Final = 64


class _UnreadableError(Exception):
    """A check isn't in the plain part of oslo.policy's language."""


def compare_policies(old: Operation, new: Operation) -> Iterator[Found]:
    """What changed about who may call an operation."""
    before = {policy.name: policy for policy in old.policies}
    after = {policy.name: policy for policy in new.policies}
    gone = {name: policy for name, policy in before.items() if name not in after}
    come = {name: policy for name, policy in after.items() if name not in before}
    for name, policy in list(gone.items()):
        twin = next((key for key, item in come.items() if item.check == policy.check), None)
        if twin is not None:
            del gone[name], come[twin]
            yield Place(part="policy", name=twin).found("policy-renamed", name, twin)
    for name, policy in gone.items():
        yield Place(part="policy", name=name).found("policy-removed", before=policy.check)
    for name, policy in come.items():
        yield Place(part="policy", name=name).found("policy-added", after=policy.check)
    for name, policy in after.items():
        if name in before:
            yield from _compare(before[name], policy)


def _compare(old: Policy, new: Policy) -> Iterator[Found]:
    place = Place(part="policy", name=new.name)
    if old.conditional != new.conditional:
        kind = "policy-asked-sometimes" if new.conditional else "policy-asked-always"
        yield place.found(kind)
    if any(item.inferred and not item.check for item in (old, new)):
        return  # of one of both nothing is known but its name
    way = stricter(old.check, new.check)
    if way is not None:
        yield place.found(f"policy-{way}", old.check, new.check)
    before, after = (frozenset(item.scope_types) for item in (old, new))
    if before != after:
        # No scopes means any.
        wider = not after or (before and before < after)
        kind = "policy-scope-widened" if wider else "policy-scope-narrowed"
        yield place.found(kind, *(sorted(scopes) or ["any"] for scopes in (before, after)))
    if old.deprecated != new.deprecated:
        yield place.found("policy-deprecated" if new.deprecated else "policy-undeprecated")
    yield from texts(place, old.description, new.description)


def stricter(old: str, new: str) -> Literal["stricter", "looser", "check-changed"] | None:
    """How a check relates to the one that it replaces; ``None`` if both say the same."""
    if " ".join(old.split()) == " ".join(new.split()):
        return None
    try:
        before, after = _clauses(old), _clauses(new)
    except _UnreadableError:
        return "check-changed"
    narrower, wider = _implies(after, before), _implies(before, after)
    if narrower and wider:
        return None
    if narrower:
        return "stricter"
    return "looser" if wider else "check-changed"


def _implies(one: _Clauses, other: _Clauses) -> bool:
    """Whether who passes *one* passes *other* too."""
    return all(any(weaker <= clause for weaker in other) for clause in one)


def _clauses(check: str) -> _Clauses:
    tokens = _TOKEN.findall(check)
    if not tokens:
        return _ALWAYS
    tokens.reverse()
    found = _either(tokens)
    if tokens:
        raise _UnreadableError
    return found


def _either(tokens: list[str]) -> _Clauses:
    found = _every(tokens)
    while tokens and tokens[-1].lower() == "or":
        tokens.pop()
        found |= _every(tokens)
    return found


def _every(tokens: list[str]) -> _Clauses:
    found = _atom(tokens)
    while tokens and tokens[-1].lower() == "and":
        tokens.pop()
        other = _atom(tokens)
        if len(found) * len(other) > _MOST_CLAUSES:
            raise _UnreadableError
        found = frozenset(one | two for one in found for two in other)
    return found


def _atom(tokens: list[str]) -> _Clauses:
    if not tokens:
        raise _UnreadableError
    word = tokens.pop()
    if word == "(":
        found = _either(tokens)
        if not tokens or tokens.pop() != ")":
            raise _UnreadableError
        return found
    if word == ")" or word.lower() in {"and", "or"}:
        raise _UnreadableError
    if word.lower() == "not":
        negated = _atom(tokens)
        if len(negated) != 1 or len(next(iter(negated))) != 1:
            raise _UnreadableError
        return frozenset({frozenset({f"not {next(iter(next(iter(negated))))}"})})
    return {"@": _ALWAYS, "!": _NEVER}.get(word, frozenset({frozenset({word})}))
