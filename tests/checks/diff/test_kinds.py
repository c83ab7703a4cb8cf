"""Every kind of change is found, alone, with its class, in both directions."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sphinxext_apiplug.checks.diff import diff
from sphinxext_apiplug.checks.diff.kinds import CHANGE_KINDS
from sphinxext_apiplug.inventory.model import Example, Header, Inventory
from tests.checks.diff.making import (
    COMMON,
    OK,
    OPERATION,
    api,
    body,
    headers,
    inventory,
    operation,
    parameter,
    request,
    response,
    statuses,
)
from tests.checks.diff.rows import BODIES, VALUES, WHOLE

FEWEST_KINDS = 60


def named(rows: tuple[tuple[str, Any, Any], ...]) -> Any:
    return pytest.mark.parametrize(("kind", "old", "new"), rows, ids=[row[0] for row in rows])


def assert_is_all(kind: str, old: Inventory, new: Inventory, direction: str = "request") -> None:
    """There is that change and no other one; on the way back there is its counterpart."""
    for name, one, two in ((kind, old, new), (CHANGE_KINDS[kind].counterpart, new, old)):
        (change,) = diff(one, two)
        assert change.kind == name
        assert change.severity == getattr(CHANGE_KINDS[name], direction)
        assert change.message.endswith(".")
        assert not {"{thing}", "{before}", "{after}", "``"} & set(change.message.split())


@named(WHOLE)
def test_api_extension_or_operation(kind: str, old: Inventory, new: Inventory) -> None:
    assert_is_all(kind, old, new)


@named(BODIES)
def test_request_body(kind: str, old: Any, new: Any) -> None:
    assert_is_all(kind, request(old), request(new))


@named(BODIES)
def test_response_body(kind: str, old: Any, new: Any) -> None:
    assert_is_all(kind, response(old), response(new), "response")


@named(VALUES)
def test_request_field(kind: str, old: Any, new: Any) -> None:
    assert_is_all(kind, request(body({"a": old})), request(body({"a": new})))


@named(VALUES)
def test_response_field(kind: str, old: Any, new: Any) -> None:
    before, after = (response(body({"list": {"items": body({"a": one})}})) for one in (old, new))
    assert_is_all(kind, before, after, "response")
    (change,) = diff(before, after)
    assert (change.where.name, change.where.pointer) == ("list[].a", "/list/[]/a")
    assert change.where.status == 200


@named(VALUES)
def test_parameter(kind: str, old: Any, new: Any) -> None:
    assert_is_all(kind, parameter(schema=old), parameter(schema=new))


@named(VALUES)
def test_header_of_an_answer(kind: str, old: Any, new: Any) -> None:
    before, after = (headers(Header(name="Location", schema=one)) for one in (old, new))
    assert_is_all(kind, before, after, "response")
    (change,) = diff(before, after)
    assert (change.where.part, change.where.name) == ("response-header", "Location")


@named(VALUES)
def test_body_of_errors(kind: str, old: Any, new: Any) -> None:
    before, after = (api(fault_schema=body({"error": one})) for one in (old, new))
    assert_is_all(kind, before, after, "response")
    (change,) = diff(before, after)
    assert (change.where.part, change.where.pointer) == ("fault", "/error")


def test_a_body_of_errors_that_comes_to_be_known() -> None:
    for old, new, kind in (
        (None, body({}), "body-schema-added"), (body({}), None, "body-schema-removed"),
    ):  # fmt: skip
        (change,) = diff(api(fault_schema=old), api(fault_schema=new))
        assert (change.kind, change.severity) == (kind, "documentation")
        assert "the body of errors" in change.message


def test_the_name_of_a_header_is_written_anyhow() -> None:
    old, new = (headers(Header(name=name)) for name in ("location", "Location"))
    assert diff(old, new) == ()


def test_what_the_service_answers_to_all_calls_is_told_once() -> None:
    other = replace(OPERATION, id="things-list", method="GET")
    old, new = (
        inventory(*(replace(item, responses=answers) for item in (OPERATION, other)))
        for answers in ((OK,), (OK, COMMON))
    )
    (change,) = diff(old, new)
    assert (change.kind, change.after) == ("common-status-added", 415)
    # An operation that comes to answer what others answered before is told of itself.
    one = inventory(replace(OPERATION, responses=(OK, COMMON)), replace(other, responses=(OK,)))
    (change,) = diff(one, new)
    assert (change.kind, change.where.operation) == ("error-status-added", "things-list")


def test_a_name_that_a_pattern_covers_is_not_gone() -> None:
    by_name, pattern = (
        parameter(name="tag:a", schema={"type": "string"}),
        {"name": "^tag:", "by_pattern": True},
    )
    (change,) = diff(by_name, parameter(**pattern, schema={"type": "string"}))
    assert change.kind == "parameter-pattern-added"
    narrower = parameter(**pattern, schema={"type": "string", "maxLength": 1})
    assert [change.kind for change in diff(by_name, narrower)] == [
        "maximum-length-lowered", "parameter-pattern-added",
    ]  # fmt: skip
    broken = parameter(name="(", by_pattern=True)
    assert {change.kind for change in diff(by_name, broken)} == {
        "parameter-removed", "parameter-pattern-added",
    }  # fmt: skip


def test_commands_and_examples_are_no_part_of_the_api() -> None:
    example = Example(path="/things", body={"a": 1})
    assert diff(inventory(OPERATION), operation(examples=(example,))) == ()


def test_every_kind_has_a_row_and_a_counterpart() -> None:
    rows = {row[0] for row in (*WHOLE, *BODIES, *VALUES)}
    assert rows | {CHANGE_KINDS[name].counterpart for name in rows} == CHANGE_KINDS.keys()
    assert len(CHANGE_KINDS) >= FEWEST_KINDS
    for name, kind in CHANGE_KINDS.items():
        assert CHANGE_KINDS[kind.counterpart].counterpart == name


def test_a_response_whose_schema_comes_to_be_known_breaks_nobody() -> None:
    (change,) = diff(response({}), response(body({"a": {"type": "string"}}, "a")))
    assert (change.kind, change.severity) == ("type-narrowed", "compatible")
    (change,) = diff(statuses(200), response(body({}), description="x"))
    assert (change.kind, change.severity) == ("body-schema-added", "documentation")
