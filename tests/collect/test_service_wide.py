"""What holds for a whole service: its errors, their bodies, values that its data have."""

from __future__ import annotations

import json
from collections.abc import Callable

import openapi_spec_validator
import pytest

from sphinxext_apiplug.collect.api import Collected
from sphinxext_apiplug.inventory.model import Inventory, Operation
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.openapi.document import build
from tests.fakes import Site

Read = Callable[..., Collected]

RACKS = """
    from fakeapi import extensions, wsgi

    FAULT = {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "properties": {"code": {"type": "integer"}, "message": {"type": "string"}},
            "required": ["code", "message"],
        },
    }
    ODD: dict = {"type": "objekt", "properties": {"code": {"type": "integer"}}}
    TEXT = "a fault"

    BODY = {
        "type": "object",
        "properties": {
            "rack": {
                "type": "object",
                "properties": {
                    "room_id": {"type": "string"},
                    "size": {"type": "integer", "minimum": 1},
                    "note": {"type": "string"},
                },
                "required": ["room_id", "size"],
            }
        },
        "required": ["rack"],
    }
    ONCE = {"type": "array", "items": {"type": "string"}, "maxItems": 1}
    FREE = {
        "type": "object",
        "properties": {"room": ONCE, "size": {"type": "array", "items": {"type": "integer"}},
                       "limit": ONCE, "dry": {"type": "boolean"}},
        "required": ["room", "size"],
    }
    LATER = {**FREE, "required": ["room"]}

    class RacksController(wsgi.Controller):
        @extensions.expected_errors((404, 413))
        def show(self, req, id):
            '''Show a rack.'''

        @extensions.schema(BODY)
        @extensions.expected_errors(())
        def create(self, req, body):
            '''Build a rack.'''

        @extensions.query_schema(LATER, "1.3")
        @extensions.query_schema(FREE, "1.0", "1.2")
        @extensions.expected_errors(())
        def index(self, req):
            '''List racks.'''

    class Racks(extensions.Extension):
        name = alias = "racks"

        def get_resources(self):
            return [extensions.ResourceExtension("racks", RacksController(), member_name="rack")]
"""

ERRORS = {
    404: "There is nothing at this path.",
    406: "The microversion isn't supported.",
    413: {"description": "The body is too large.", "when": "body"},
}


@pytest.fixture(autouse=True)
def racks(site: Site) -> None:
    """A service with racks."""
    site.install("racks", {"racks.py": RACKS}, {"racks": "racks:Racks"})


def operation(inventory: Inventory, method: str, path: str) -> Operation:
    """The only one of that method and path."""
    (found,) = [
        item for item in inventory.operations if (item.method, item.path) == (method, path)
    ]
    return found


def statuses(found: Operation) -> dict[int, bool]:
    """Status code -> whether the service as a whole answers it."""
    return {item.status: item.common for item in found.responses}


def examples(found: Operation) -> list[tuple[str, object, str]]:
    """(path, body, versions) of each example."""
    body = [
        None if not isinstance(item.body, dict) else item.body["rack"] for item in found.examples
    ]
    return [
        (item.path, own, str(item.versions))
        for item, own in zip(found.examples, body, strict=True)
    ]


def test_errors_of_the_service(read: Read) -> None:
    """They stand where they can happen; what an operation declares itself stays its own."""
    inventory = read(errors=ERRORS, security=None).inventory
    shown = operation(inventory, "GET", "/racks/{id}")
    (missing,) = [item.description for item in shown.responses if item.status == 404]
    assert missing == "Not Found: There is nothing at this path"
    assert statuses(shown) == {
        200: False,
        404: False,
        406: True,
        413: False,
    }
    created = operation(inventory, "POST", "/racks")
    assert statuses(created) == {200: False, 400: False, 404: True, 406: True, 413: True}
    told = {item.status: item.description for item in created.responses}
    assert told[406] == "Not Acceptable: The microversion isn't supported"
    assert told[413].endswith(": The body is too large")
    assert 413 not in statuses(operation(inventory, "GET", "/racks"))


def test_fault_schema_is_one_component(read: Read) -> None:
    """Every error of every operation refers to it, in a document that is valid."""
    inventory = read(errors=ERRORS, fault_schema="racks:FAULT").inventory
    assert inventory.problems == ()
    document = build(inventory)
    openapi_spec_validator.validate(document)
    assert list(document["components"]["schemas"]["Fault"]) == ["type", "additionalProperties"]
    reference = {"$ref": "#/components/schemas/Fault"}
    shared = document["components"]["responses"]
    errors = [
        shared[name["$ref"].rpartition("/")[2]] if "$ref" in name else name
        for item in document["paths"].values()
        for each in item.values()
        for code, name in each["responses"].items()
        if code >= "400"
    ]
    assert len(errors) > 5
    for error in errors:
        assert error["content"]["application/json"]["schema"] == reference
    assert json.dumps(document).count('"message"') == 2  # its type, and that it is required


@pytest.mark.parametrize(
    ("name", "kind", "place", "message"),
    [
        ("racks:NOTHING", "load-failed", "racks.py", "no attribute 'NOTHING'"),
        ("nobody:FAULT", "load-failed", None, "No module named 'nobody'"),
        ("racks:ODD", "schema-invalid", "racks.py:12", "objekt"),
        ("racks:TEXT", "schema-invalid", "racks.py:13", "a schema must be an object"),
    ],
)
def test_a_fault_schema_that_is_none(
    read: Read, name: str, kind: str, place: str | None, message: str
) -> None:
    """It is one problem with its place, and everything else is published."""
    inventory = read(fault_schema=name).inventory
    (problem,) = inventory.problems
    assert (problem.kind, problem.subject) == (kind, "fault_schema")
    assert message in problem.message
    assert (None if problem.source is None else str(problem.source)) == place
    assert len(inventory.operations) == 3
    openapi_spec_validator.validate(build(inventory))


def test_required_query_parameters_are_in_the_call(read: Read) -> None:
    """Each range of versions has the ones that it needs."""
    inventory = read(microversions="1.0-1.4").inventory
    assert examples(operation(inventory, "GET", "/racks")) == [
        ("/racks?room=room", None, str(VersionRange.parse("1.3-1.4"))),
        ("/racks?room=room&size=10", None, str(VersionRange.parse("1.0-1.2"))),
    ]


def test_samples(read: Read) -> None:
    """The nearer to an operation, the sooner a value is taken; what isn't valid isn't taken."""
    inventory = read(
        microversions="1.0-1.4",
        samples={
            "id": "r-1",
            "room_id": "cellar",
            "room": "hall/7 & more",
            "size": 42,
            "GET /racks/{rack}": {"id": "r-2"},
            "/racks": {"limit": "5"},
            "POST /racks": {"note": "cold", "size": 0},
        },
    ).inventory
    assert examples(operation(inventory, "GET", "/racks/{id}"))[0][0] == "/racks/r-2"
    assert examples(operation(inventory, "POST", "/racks")) == [
        ("/racks", {"room_id": "cellar", "size": 42, "note": "cold"}, "–")
    ]
    newest, oldest = examples(operation(inventory, "GET", "/racks"))
    assert newest[0] == "/racks?limit=5&room=hall%2F7%20%26%20more"
    assert oldest[0] == "/racks?limit=5&room=hall%2F7%20%26%20more&size=42"
    unused = {item.subject: item.kind for item in inventory.problems}
    assert unused == {
        "samples: id": "sample-unused",
        "samples: POST /racks: size": "sample-unused",
    }


def test_samples_are_examples_of_parameters(read: Read) -> None:
    """Documents have them too, in the parameter's schema."""
    inventory = read(samples={"GET /racks/{id}": {"id": "r-2"}, "room": "hall"}).inventory
    document = build(inventory)
    openapi_spec_validator.validate(document)
    (shown, *_) = document["paths"]["/racks/{id}"]["get"]["parameters"]
    assert shown["schema"] == {"type": "string", "examples": ["r-2"]}


def test_a_namespace_and_a_package_together(site: Site, read: Read) -> None:
    """Both are published; an alias that both have is a problem of the one in the package."""
    folder = site.folder / "racks_contrib"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    head = "from fakeapi import extensions\n\n\nclass {}(extensions.Extension):\n"
    body = "    name = alias = {!r}\n"
    (folder / "bins.py").write_text(head.format("Bins") + body.format("bins"))
    (folder / "again.py").write_text(head.format("Again") + body.format("racks"))
    inventory = read(contrib="racks_contrib").inventory
    assert [(item.alias, item.origin) for item in inventory.extensions] == [
        ("bins", "racks_contrib"),
        ("racks", ""),
    ]
    (problem,) = inventory.problems
    assert (problem.kind, problem.subject) == ("alias-duplicate", "again")
    assert problem.source is not None
    assert problem.source.file == "racks_contrib/again.py"
    assert {item.extension for item in inventory.operations} == {"racks"}
    more = site.folder.parent / "more"
    more.mkdir()
    (more / "fans.py").write_text(head.format("Fans") + body.format("fans"))
    inventory = read(contrib="racks_contrib", contrib_path=["more"]).inventory
    assert [item.alias for item in inventory.extensions] == ["bins", "fans", "racks"]
    (bins,) = read(contrib="racks_contrib", enabled=["bins"]).inventory.extensions
    assert bins.alias == "bins"
