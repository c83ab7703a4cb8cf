"""Documented policy rules, joined with operations by method and path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.model import Operation, Policy
from sphinxext_apiplug.inventory.model import Rule as NamedCheck

# A version or account that some services write before their paths.
_PREFIX = re.compile(r"^/(v[0-9]+(\.[0-9]+)?|\{api_version\})(?=/|$)")
_ACCOUNT = re.compile(r"^/\{(account_id|project_id|tenant_id)\}(?=/|$)")
_ROUTES_VARIABLE = re.compile(r":\(?\w+\)?")
_ACTION = re.compile(r"\s*\((?P<action>[^()]+)\)\s*$")
_VARIABLE = re.compile(r"\{[^{}]*\}")
_REFERENCE = re.compile(r"(?<![^\s()])rule:([^\s()]+)")


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One registered rule.

    :ivar operations: (method, path) as the rule documents them
    """

    policy: Policy
    operations: tuple[tuple[str, str], ...]


class Join(msgspec.Struct, frozen=True, kw_only=True):
    """Operations with their rules.

    :ivar named: the rules that the checks of operations' policies refer to
    :ivar unmatched: (rule name, method, path) that no operation has
    """

    operations: tuple[Operation, ...]
    named: tuple[NamedCheck, ...]
    unmatched: tuple[tuple[str, str, str], ...]


def read_rules(rules: Iterable[Any]) -> tuple[Rule, ...]:
    """Take what is needed out of oslo.policy's rule objects."""
    return tuple(
        Rule(
            policy=Policy(
                name=str(rule.name),
                check=str(rule.check_str),
                description=" ".join(str(rule.description or "").split()),
                scope_types=tuple(map(str, getattr(rule, "scope_types", None) or ())),
                deprecated=bool(getattr(rule, "deprecated_for_removal", False)),
            ),
            operations=tuple(_documented(rule)),
        )
        for rule in rules
    )


def join(operations: Sequence[Operation], rules: Sequence[Rule]) -> Join:
    """Give each operation the rules that name its method and path.

    An operation that no rule names keeps the rules that its handler asks; they
    get the check and description of the registered rule of that name. Of several
    rules that name an operation, those are asked in any case that its handler
    asks in any case; of the others nobody says when they are. A rule that names a
    path where there are actions only is meant for those that no rule names.
    """
    documented: dict[tuple[str, str, str | None], list[Policy]] = {}
    unmatched = []
    known = {_key(item.method, item.path, item.action) for item in operations}
    of_all: list[tuple[str, str, Policy]] = []
    for rule in rules:
        for method, path in rule.operations:
            key = _documented_key(method, path, known)
            if key in known:
                documented.setdefault(key, []).append(rule.policy)
            elif key[2] is None and any(item[:2] == key[:2] for item in known):
                of_all.append((key[0], key[1], rule.policy))
            else:
                unmatched.append((rule.policy.name, method, path))
    # An action that a rule names by itself isn't meant by one for all.
    for key in sorted(known - documented.keys(), key=str):
        found = [policy for method, path, policy in of_all if (method, path) == key[:2]]
        if found:
            documented[key] = found
    by_name = {rule.policy.name: rule.policy for rule in rules}
    joined = tuple(_with_policies(item, documented, by_name) for item in operations)
    return Join(operations=joined, named=_referred(joined, by_name), unmatched=tuple(unmatched))


def _referred(
    operations: Iterable[Operation], by_name: Mapping[str, Policy]
) -> tuple[NamedCheck, ...]:
    """The rules that checks refer to, and those that these refer to in turn."""
    checks = {policy.check for operation in operations for policy in operation.policies}
    found: dict[str, str] = {}
    while checks:
        names = {name for check in checks for name in _REFERENCE.findall(check)}
        come = {name: by_name[name].check for name in names - found.keys() if name in by_name}
        found |= come
        checks = set(come.values())
    return tuple(NamedCheck(name=name, check=found[name]) for name in sorted(found))


def _documented(rule: Any) -> Iterable[tuple[str, str]]:
    for operation in getattr(rule, "operations", None) or ():
        methods = operation.get("method", "")
        for method in methods if isinstance(methods, list | tuple) else [methods]:
            yield str(method).upper(), str(operation.get("path", ""))


def _with_policies(
    operation: Operation,
    documented: dict[tuple[str, str, str | None], list[Policy]],
    by_name: dict[str, Policy],
) -> Operation:
    asked = {policy.name: policy for policy in operation.policies}
    found = documented.get(_key(operation.method, operation.path, operation.action))
    if found is None:
        unique = {
            name: msgspec.structs.replace(
                by_name.get(name, policy), inferred=True, conditional=policy.conditional
            )
            for name, policy in asked.items()
        }
    else:
        unique = {policy.name: policy for policy in found}
        if len(unique) > 1 or asked:
            unique = {
                name: msgspec.structs.replace(
                    policy, conditional=_is_conditional(name, unique, asked)
                )
                for name, policy in unique.items()
            }
    policies = tuple(unique[name] for name in sorted(unique))
    return msgspec.structs.replace(operation, policies=policies)


def _is_conditional(
    name: str, documented: Mapping[str, Policy], asked: Mapping[str, Policy]
) -> bool:
    """Whether a documented rule is asked in some cases only."""
    if name in asked:
        return asked[name].conditional
    return len(documented) > 1


def _documented_key(
    method: str, path: str, known: set[tuple[str, str, str | None]]
) -> tuple[str, str, str | None]:
    path = path.partition("?")[0]
    path = _ROUTES_VARIABLE.sub("{}", path)
    suffix = _ACTION.search(path)
    action = suffix["action"].strip() if suffix else None
    path = _ACTION.sub("", path)
    below = _PREFIX.sub("", path)
    bare = _ACCOUNT.sub("", below)
    keys = [_key(method, candidate, action) for candidate in (path, below, bare)]
    found = next((key for key in keys if key in known), None)
    if found is None and action is None:
        # A rule for all actions names none of them.
        served = {item[:2] for item in known}
        found = next((key for key in keys if key[:2] in served), None)
    return found or keys[0]


def _key(method: str, path: str, action: str | None) -> tuple[str, str, str | None]:
    return method, _VARIABLE.sub("{}", path).rstrip("/"), action
