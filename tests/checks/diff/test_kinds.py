"""Every kind of change is found, alone, with its class, in both directions."""

from __future__ import annotations

from typing import Any

import pytest

from sphinxext_apiplug.checks.diff import diff
from sphinxext_apiplug.checks.diff.kinds import CHANGE_KINDS
from sphinxext_apiplug.inventory.model import Inventory
from tests.checks.diff.making import body, parameter, request, response, statuses
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
