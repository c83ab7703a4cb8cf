"""Comparing the policies of operations: who may call them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from sphinxext_apiplug.checks.diff.found import Found, Place, texts
from sphinxext_apiplug.checks.diff.policy_checks import Rules, all_pass, referred, stricter
from sphinxext_apiplug.inventory.model import Inventory, Operation, Policy


class PolicyComparer:
    """Compares policies with what the rules that they refer to mean in either API."""

    def __init__(self, old: Inventory, new: Inventory) -> None:
        self._old, self._new = (
            {rule.name: rule.check for rule in api.rules} for api in (old, new)
        )

    def compare(self, old: Operation, new: Operation) -> Iterator[Found]:
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
            kind = "policy-removed"
            if _is_implied(policy, self._old, after.values(), self._new):
                kind = "policy-removed-implied"
            yield Place(part="policy", name=name).found(kind, before=_check(policy))
        for name, policy in come.items():
            kind = "policy-added"
            if _is_implied(policy, self._new, before.values(), self._old):
                kind = "policy-added-implied"
            yield Place(part="policy", name=name).found(kind, after=_check(policy))
        for name, policy in after.items():
            if name in before:
                yield from self._same(before[name], policy)

    def _same(self, old: Policy, new: Policy) -> Iterator[Found]:
        place = Place(part="policy", name=new.name)
        if old.conditional != new.conditional:
            kind = "policy-asked-sometimes" if new.conditional else "policy-asked-always"
            yield place.found(kind)
        if not _is_known(old) or not _is_known(new):
            return
        way = stricter(old.check, new.check, self._old, self._new)
        if way is not None:
            yield place.found(f"policy-{way}", *self._said(old.check, new.check))
        before, after = (frozenset(item.scope_types) for item in (old, new))
        if before != after:
            # No scopes means any.
            wider = not after or (before and before < after)
            kind = "policy-scope-widened" if wider else "policy-scope-narrowed"
            yield place.found(kind, *(sorted(scopes) or ["any"] for scopes in (before, after)))
        if old.deprecated != new.deprecated:
            yield place.found("policy-deprecated" if new.deprecated else "policy-undeprecated")
        yield from texts(place, old.description, new.description)

    def _said(self, old: str, new: str) -> tuple[str, str]:
        """Both checks; if they are the same but for rules, with what those mean."""
        if old.split() != new.split():
            return old, new
        first, second = referred(old, self._old), referred(new, self._new)
        return _explained(old, first, second), _explained(new, second, first)


def _explained(check: str, rules: Rules, others: Rules) -> str:
    other = [f"{name} is {text}" for name, text in rules.items() if others.get(name) != text]
    return f"{check}, where {' and '.join(other)}" if other else check


def _check(policy: Policy) -> str | msgspec.UnsetType:
    return policy.check if _is_known(policy) else msgspec.UNSET


def _is_known(policy: Policy) -> bool:
    """Whether more is known of it than its name."""
    return bool(policy.check) or not policy.inferred


def _is_implied(policy: Policy, rules: Rules, others: Iterable[Policy], own: Rules) -> bool:
    """Whether who passes all that the other API asks passes this one anyway."""
    if not _is_known(policy):
        return False
    checks = [item.check for item in others if _is_known(item) and not item.conditional]
    return all_pass(checks, own, policy.check, rules)
