"""What extensions add to answers of operations which aren't theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinxext_apiplug.collect.api import Collected
from sphinxext_apiplug.inventory.model import Inventory, Operation, Payload
from tests.fakes import Site

Read = Callable[..., Collected]

MODULE = """
    from fakeapi import extensions, wsgi

    BOAT = {"type": "object", "properties": {"name": {"type": "string"}},
            "required": ["name"], "additionalProperties": False}
    ONE = {"type": "object", "properties": {"boat": BOAT}}
    MANY = {"type": "object", "properties": {"boats": {"type": "array", "items": BOAT}}}

    class BoatsController(wsgi.Controller):
        @extensions.response_body_schema(ONE, "2.1", "2.3")
        @extensions.response_body_schema(ONE, "2.4")
        def show(self, req, id):
            '''Show a boat.'''

        @extensions.response_body_schema(MANY)
        def index(self, req):
            '''List boats.'''

        def update(self, req, id, body):
            '''Change a boat, and answer as nobody knows.'''

    class Boats(extensions.Extension):
        name = "Boats"
        alias = "boats"

        def get_resources(self):
            return [extensions.ResourceExtension(
                "boats", BoatsController(), member_name="boat")]

    class HarbourController(wsgi.Controller):
        {handlers}

    class Harbour(extensions.Extension):
        name = "Harbour"
        alias = "harbour"

        def get_controller_extensions(self):
            return [extensions.ControllerExtension(self, "boats", HarbourController())]
"""

FIELD = '"berth/no": {"type": "integer", "description": "Where it lies."}'
#: Adds a field to one boat, in versions that cut one of the answer's own ranges in two.
SHOW = f"""
        @wsgi.extends
        @extensions.response_body_schema(
            {{"type": "object", "properties": {{"boat": {{"properties": {{{FIELD}}},
              "required": ["berth/no"]}}}}}}, "2.2")
        def show(self, req, resp_obj, id):
            pass
"""
#: Adds the same to each of many.
INDEX = f"""
        @wsgi.extends
        @extensions.response_body_schema(
            {{"properties": {{"boats": {{"items": {{"properties": {{{FIELD}}}}}}}}}}})
        def index(self, req, resp_obj):
            pass
"""
BERTH = {"type": "integer", "description": "Where it lies."}


@pytest.fixture
def inventory(site: Site, read: Read) -> Callable[[str], Inventory]:
    """The inventory of a service with handlers that add to another extension's answers."""

    def make(handlers: str) -> Inventory:
        text = MODULE.replace("{handlers}", handlers.strip())
        points = {"boats": "boats:Boats", "harbour": "boats:Harbour"}
        site.install("boats", {"boats.py": text}, points)
        return read().inventory

    return make


def operation(inventory: Inventory, id: str) -> Operation:
    """One operation."""
    found = inventory.operation(id)
    assert found is not None
    return found


def answers(inventory: Inventory, id: str) -> tuple[Payload, ...]:
    """The bodies of an operation that went well."""
    (response,) = [item for item in operation(inventory, id).responses if item.status < 400]
    return response.payloads


def test_field_of_one(inventory: Callable[[str], Inventory]) -> None:
    """It is there in the versions that have it, and required if it says so."""
    found = inventory(SHOW)
    assert found.problems == ()
    assert [str(item.versions) for item in answers(found, "boats-show")] == [
        "2.1",
        "2.2–2.3",
        "2.4–",
    ]
    without, *rest = answers(found, "boats-show")
    assert without.provided_by == {}
    for payload in rest:
        boat = payload.schema["properties"]["boat"]
        assert boat["properties"] == {"name": {"type": "string"}, "berth/no": BERTH}
        assert boat["required"] == ["berth/no", "name"]
        assert boat["additionalProperties"] is False
        assert payload.provided_by == {"/properties/boat/properties/berth~1no": "harbour"}


def test_field_of_many(inventory: Callable[[str], Inventory]) -> None:
    """In the items of an array; other operations' answers stay as they are."""
    found = inventory(INDEX)
    assert found.problems == ()
    (payload,) = answers(found, "boats-list")
    items = payload.schema["properties"]["boats"]["items"]
    assert items["properties"]["berth/no"] == BERTH
    assert items["required"] == ["name"]
    assert list(payload.provided_by.values()) == ["harbour"]
    assert all(not item.provided_by for item in answers(found, "boats-show"))
    assert [item.extension for item in operation(found, "boats-list").augmented_by] == ["harbour"]


@pytest.mark.parametrize(
    "handlers",
    [
        # A name is a text: it has no fields.
        INDEX.replace(FIELD, f'"name": {{"properties": {{{FIELD}}}}}'),
        # The field is there already.
        SHOW.replace("berth/no", "name"),
        # Nobody knows what is answered.
        SHOW.replace("def show(self, req, resp_obj, id)", "def update(self, req, resp_obj, id)"),
        # The versions have nothing in common.
        SHOW.replace('"2.2")', '"1.0", "1.9")'),
    ],
    ids=["no place", "there already", "no answer", "other versions"],
)
def test_field_without_a_place(inventory: Callable[[str], Inventory], handlers: str) -> None:
    """One problem that says where it is declared; the operation is published."""
    found = inventory(handlers)
    (problem,) = found.problems
    assert problem.kind == "augments-unknown"
    assert problem.subject.startswith("harbour")
    assert problem.source is not None
    assert problem.source.object.startswith("boats:HarbourController.")
    assert operation(found, "boats-show").summary == "Show a boat"
    for id in ("boats-show", "boats-list"):
        assert all(not item.provided_by for item in answers(found, id))
        assert "berth" not in repr(answers(found, id))


def test_schema_that_is_broken(inventory: Callable[[str], Inventory]) -> None:
    """It is the fault of the extension that has it."""
    found = inventory(INDEX.replace('"type": "integer"', '"type": "number of berths"'))
    assert {item.subject.partition(" ")[0] for item in found.problems} == {"harbour"}
    assert operation(found, "boats-list").summary == "List boats"
