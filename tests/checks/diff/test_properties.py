"""Laws that hold for any two APIs."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sphinxext_apiplug.checks.diff import diff
from sphinxext_apiplug.checks.diff.kinds import CHANGE_KINDS
from sphinxext_apiplug.checks.diff.openapi.reading import read_document
from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.model import Inventory, Operation
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json, to_yaml
from tests.checks.diff.making import OPERATION, body, inventory, parameter, request, response
from tests.inventory.strategies import inventories

# Whole inventories are large, and a busy machine is slow to make them.
few = settings(suppress_health_check=list(HealthCheck), max_examples=25, deadline=None)

NAMES = st.sampled_from(["a", "b", "c/d", "~"])
FIELDS = st.sampled_from([
    {"type": "string"}, {"type": "integer", "minimum": 1}, {"enum": ["a", None]},
    {"type": "array", "items": {"type": "object", "properties": {"x": {"type": "null"}}}},
])  # fmt: skip
BODIES = st.dictionaries(NAMES, FIELDS, max_size=3)


@few
@given(inventories)
def test_nothing_differs_from_itself(api: Inventory) -> None:
    assert diff(api, api) == ()


@few
@given(inventories)
def test_nothing_differs_from_what_a_file_keeps_of_it(api: Inventory) -> None:
    assert diff(api, codec.loads(codec.dumps(api))) == ()


@few
@given(inventories, inventories)
def test_any_two_can_be_compared(old: Inventory, new: Inventory) -> None:
    changes = diff(old, new)
    assert {change.kind for change in changes} <= CHANGE_KINDS.keys()
    assert changes == diff(old, new)
    assert all(change.before is not change.after or not change.before for change in changes)


@few
@given(BODIES, FIELDS)
def test_one_field_more_is_one_change(fields: dict[str, Any], added: Any) -> None:
    for make in (request, response):
        (change,) = diff(make(body(fields)), make(body({**fields, "new": added})))
        assert (change.kind, change.where.name) == ("field-added", "new")


@few
@given(st.lists(NAMES, unique=True, max_size=3), st.booleans())
def test_one_parameter_more_is_one_change(names: list[str], required: bool) -> None:
    known = tuple(parameter(name=name).operations[0].parameters[0] for name in names)
    more = parameter(name="new", required=required).operations[0].parameters
    old = inventory(replace(OPERATION, parameters=known))
    (change,) = diff(old, inventory(replace(OPERATION, parameters=known + more)))
    assert change.kind == ("required-parameter-added" if required else "parameter-added")


@few
@given(st.lists(st.sampled_from(["/a", "/b", "/c/{id}"]), unique=True, max_size=3))
def test_one_operation_more_is_one_change(paths: list[str]) -> None:
    known: tuple[Operation, ...] = tuple(replace(OPERATION, id=path, path=path) for path in paths)
    (change,) = diff(inventory(*known), inventory(*known, OPERATION))
    assert (change.kind, change.where.operation) == ("operation-added", OPERATION.id)


@few
@given(BODIES, BODIES)
def test_documents_of_two_apis_differ_as_the_apis_do(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    old, new = request(body(before)), request(body(after))
    documents = [read_document(to_json(build(api, "all")), "api.json") for api in (old, new)]
    wanted = [(one.kind, one.severity, one.where.pointer) for one in diff(old, new)]
    found = [(one.kind, one.severity, one.where.pointer) for one in diff(*documents)]
    assert found == wanted


@few
@given(BODIES)
def test_json_and_yaml_say_the_same(fields: dict[str, Any]) -> None:
    document = build(request(body(fields)))
    assert read_document(to_json(document), "api") == read_document(to_yaml(document), "api")
