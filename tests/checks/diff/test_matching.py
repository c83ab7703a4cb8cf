"""Which operations are the same, and what is told of those that aren't."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sphinxext_apiplug.checks.diff import diff
from sphinxext_apiplug.checks.diff.policy_checks import stricter
from sphinxext_apiplug.inventory.model import Parameter, Policy, Rule
from tests.checks.diff.making import (
    API,
    HANDLER,
    OPERATION,
    body,
    inventory,
    operation,
    parameter,
    policy,
    request,
)

TEXT = {"type": "string"}


def test_a_path_whose_parameters_have_other_names_is_the_same() -> None:
    old, new = (
        operation(
            path=f"/things/{{{name}}}",
            parameters=(Parameter(name=name, location="path", required=True, schema=TEXT),),
        )
        for name in ("id", "thing_id")
    )
    (change,) = diff(old, new)
    assert (change.kind, change.severity) == ("path-parameter-renamed", "documentation")
    assert (change.before, change.after) == ("id", "thing_id")


def test_a_renamed_path_parameter_is_compared_with_itself() -> None:
    old, new = (
        operation(
            path=f"/things/{{{name}}}",
            parameters=(Parameter(name=name, location="path", schema=schema),),
        )
        for name, schema in (("id", TEXT), ("uuid", {**TEXT, "format": "uuid"}))
    )
    assert [change.kind for change in diff(old, new)] == ["path-parameter-renamed", "format-added"]


def test_another_path_is_another_operation() -> None:
    changes = diff(operation(), operation(path="/goods"))
    assert [(one.kind, one.where.call) for one in changes] == [
        ("operation-added", "POST /v1/goods"),
        ("operation-removed", "POST /v1/things"),
    ]


def test_actions_of_one_path_are_told_apart() -> None:
    old = inventory(replace(OPERATION, action="pause"), replace(OPERATION, id="b", action="stop"))
    new = inventory(replace(OPERATION, action="pause"))
    (change,) = diff(old, new)
    assert (change.kind, change.where.call) == ("operation-removed", "POST /v1/things (stop)")


def test_a_base_path_may_be_written_in_the_paths() -> None:
    new = inventory(replace(OPERATION, path="/v1/things"), api=replace(API, base_path=""))
    assert diff(inventory(OPERATION), new) == ()


def test_headers_are_called_the_same_in_any_case() -> None:
    old, new = (parameter(name=name, location="header") for name in ("X-Thing", "x-thing"))
    assert diff(old, new) == ()


def test_a_change_says_where_the_handler_is() -> None:
    (change,) = diff(request(body({})), request(body({"a": TEXT})))
    assert change.source == HANDLER
    assert change.where.operation == OPERATION.id


def test_what_is_refused_isnt_compared() -> None:
    from sphinxext_apiplug.inventory.model import Removal

    gone = Removal(version="1.2")
    old = inventory(replace(request(body({})).operations[0], removed=gone))
    new = inventory(replace(request(body({"a": TEXT}, "a")).operations[0], removed=gone))
    assert diff(old, new) == ()


def test_definitions_that_refer_to_themselves_come_to_an_end() -> None:
    def tree(leaf: object) -> object:
        node = body({"leaf": leaf, "children": {"items": {"$ref": "#/$defs/node"}}})
        return {"$ref": "#/$defs/node", "$defs": {"node": node}}

    changes = diff(request(tree(TEXT)), request(tree({"type": "integer"})))
    assert [change.where.name for change in changes] == ["leaf"]


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ("role:admin", "role:admin", None),
        ("role:admin or role:owner", "role:owner  or role:admin", None),
        ("@", "role:admin", "stricter"),
        ("", "role:admin", "stricter"),
        ("role:admin", "!", "stricter"),
        ("role:admin", "role:admin or role:owner", "looser"),
        ("role:a and (role:b or role:c)", "role:a", "looser"),
        ("not role:guest", "role:a and not role:guest", "stricter"),
        ("rule:owner", "rule:admin", "check-changed"),
        ("project_id:%(project_id)s", "project_id:%(project_id)s and role:a", "stricter"),
        ("role:a or", "role:a", "check-changed"),
        ("(role:a", "role:a", "check-changed"),
        ("'Member':%(role.name)s", "@", "looser"),
    ],
)
def test_checks_are_compared_as_far_as_their_form_tells(
    old: str, new: str, way: str | None
) -> None:
    assert stricter(old, new) == way


ADMIN = {"admin": "role:admin"}


@pytest.mark.parametrize(
    ("old", "new", "before", "after", "way"),
    [
        ("rule:admin", "rule:any", ADMIN, {**ADMIN, "any": "rule:admin or role:a"}, "looser"),
        ("rule:admin", "rule:admin", ADMIN, {"admin": "role:admin and role:a"}, "stricter"),
        ("rule:admin", "rule:admin", ADMIN, {}, None),
        ("rule:admin", "rule:admin and role:a", ADMIN, {}, "stricter"),
        ("rule:admin", "role:admin", ADMIN, {}, None),
        ("not rule:any", "not role:a", {"any": "role:a or role:b"}, {}, "looser"),
        ("not rule:both", "not role:a", {"both": "role:a and role:b"}, {}, "stricter"),
        ("rule:x", "rule:x", {"x": "rule:x or role:a"}, {"x": "rule:x"}, "stricter"),
        ("rule:admin", "role:a", {"admin": "(role:a"}, {}, "check-changed"),
    ],
)
def test_checks_say_what_the_rules_in_them_say(
    old: str, new: str, before: dict[str, str], after: dict[str, str], way: str | None
) -> None:
    assert stricter(old, new, before, after) == way


def test_a_check_that_is_another_by_its_rules_alone_says_what_they_are() -> None:
    old, new = (
        replace(policy(check="rule:admin"), rules=(Rule(name="admin", check=check),))
        for check in ("role:admin", "role:admin or role:owner")
    )
    (change,) = diff(old, new)
    assert change.kind == "policy-looser"
    assert change.before == "rule:admin, where admin is role:admin"
    assert change.after == "rule:admin, where admin is role:admin or role:owner"


@pytest.mark.parametrize(
    ("check", "conditional", "kind"),
    [
        ("role:admin", False, "policy-added-implied"),
        ("role:owner", False, "policy-added"),
        ("role:admin", True, "policy-added"),
    ],
)
def test_a_policy_that_refuses_nobody_more_breaks_nobody(
    check: str, conditional: bool, kind: str
) -> None:
    known = Policy(name="shop:create", check=check, conditional=conditional)
    added = Policy(name="shop:see", check="role:admin", conditional=True)
    (change,) = diff(operation(policies=(known,)), operation(policies=(known, added)))
    assert change.kind == kind


def test_a_check_that_comes_to_be_known_is_no_change() -> None:
    unknown = operation(policies=(Policy(name="shop:create", inferred=True),))
    assert diff(unknown, policy()) == ()


def test_a_field_of_which_nothing_else_is_said_may_be_required() -> None:
    (change,) = diff(request({}), request({"required": ["name"]}))
    assert (change.kind, change.where.name) == ("required-field-added", "name")


def test_an_alternative_more_widens() -> None:
    old = request(body({"id": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}))
    new = request(body({"id": {"anyOf": [{"type": "integer"}, {"type": "null"}, TEXT]}}))
    (change,) = diff(old, new)
    assert (change.kind, change.after) == ("type-widened", "string or integer or null")


def test_ends_of_an_interval_that_say_the_same_are_the_same() -> None:
    number = {"type": "integer"}
    old = request(body({"size": {**number, "exclusiveMinimum": 0, "minimum": 0}}))
    assert diff(old, request(body({"size": {**number, "minimum": 1}}))) == ()
    assert diff(request(body({"a": TEXT})), request(body({"a": {**TEXT, "minLength": 0}}))) == ()
