"""Joining documented rules with operations."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sphinxext_apiplug.inventory.model import Operation, Policy
from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.readers.policies import join, read_rules


def operation(method: str, path: str, action: str | None = None) -> Operation:
    """An operation whose handler asks the rule ``asked``."""
    return Operation(
        id="op",
        method=method,
        path=path,
        action=action,
        resource="r",
        extension="e",
        handler=Source(object="m:f", file="m.py", line=1),
        policies=(Policy(name="asked", inferred=True),),
    )


def rule(name: str, *operations: tuple[str, str]) -> SimpleNamespace:
    """A rule as oslo.policy has it."""
    return SimpleNamespace(
        name=name,
        check_str="rule:admin",
        description="Does\n  it.",
        scope_types=["project"],
        operations=[{"method": method, "path": path} for method, path in operations],
    )


@pytest.mark.parametrize(
    ("documented", "path", "action"),
    [
        ("/things", "/things", None),
        ("/things/", "/things", None),
        ("/things/{thing_id}", "/things/{id}", None),
        ("/things/:(id)", "/things/{id}", None),
        ("/things?all={all}", "/things", None),
        ("/v1/things", "/things", None),
        ("/v1.0/{account_id}/things", "/things", None),
        ("/{api_version}/things", "/things", None),
        ("/things/{id}/action (reboot)", "/things/{id}/action", "reboot"),
        ("/things/:(id)/action (reboot)", "/things/{id}/action", "reboot"),
        ("/", "/", None),
    ],
)
def test_spellings(documented: str, path: str, action: str | None) -> None:
    """The ways in which services write the path of an operation in a rule."""
    result = join([operation("POST", path, action)], read_rules([rule("r", ("POST", documented))]))
    assert result.unmatched == ()
    (policy,) = result.operations[0].policies
    assert policy == Policy(
        name="r", check="rule:admin", description="Does it.", scope_types=("project",)
    )


def test_unmatched() -> None:
    """Rules for what nobody serves are told; the operation keeps the rule it asks."""
    rules = read_rules([rule("r", ("GET", "/other"), ("POST", "/things"))])
    result = join([operation("GET", "/things")], rules)
    assert result.unmatched == (("r", "GET", "/other"), ("r", "POST", "/things"))
    assert result.operations[0].policies == (Policy(name="asked", inferred=True),)


def test_rule_that_only_the_handler_asks() -> None:
    """It is completed from the registered rule, and stays marked as deduced."""
    (joined,) = join([operation("GET", "/things")], read_rules([rule("asked")])).operations
    (policy,) = joined.policies
    assert (policy.check, policy.inferred) == ("rule:admin", True)


def test_a_rule_for_all_actions() -> None:
    """It is meant for the actions that no rule names, whatever the account is called."""
    actions = [operation("POST", "/{tenant_id}/racks/{id}", name) for name in ("grow", "reset")]
    rules = read_rules(
        [
            rule("all", ("POST", "/v1.0/{account_id}/racks/{rack}")),
            rule("one", ("POST", "/v1.0/{account_id}/racks/{rack} (reset)")),
            rule("none", ("POST", "/v1.0/{account_id}/racks/{rack} (sink)")),
        ]
    )
    joined = join(actions, rules)
    assert [[item.name for item in each.policies] for each in joined.operations] == [
        ["all"],
        ["one"],
    ]
    assert [item[0] for item in joined.unmatched] == ["none"]


def test_several_methods_and_rules() -> None:
    """One rule may document methods as a list, and one operation may have two rules."""
    first = SimpleNamespace(
        name="b",
        check_str="",
        description=None,
        operations=[{"method": ["GET", "PUT"], "path": "/x"}],
    )
    result = join([operation("PUT", "/x")], read_rules([first, rule("a", ("PUT", "/x"))]))
    assert [policy.name for policy in result.operations[0].policies] == ["a", "b"]
    assert result.unmatched == (("b", "GET", "/x"),)


def test_rules_that_checks_refer_to() -> None:
    """They are kept with those that they refer to themselves; nothing else is."""
    rules = [
        SimpleNamespace(name=name, check_str=check, description="", operations=())
        for name, check in (
            ("admin", "(role:admin or rule:owner)"),
            ("owner", "user_id:%(user_id)s or rule:admin"),
            ("asked", "role:x"),
        )
    ]
    result = join([operation("GET", "/x")], read_rules([rule("r", ("GET", "/x")), *rules]))
    assert [(item.name, item.check) for item in result.named] == [
        ("admin", "(role:admin or rule:owner)"),
        ("owner", "user_id:%(user_id)s or rule:admin"),
    ]
