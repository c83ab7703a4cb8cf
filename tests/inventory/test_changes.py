"""What each microversion changed."""

from __future__ import annotations

from typing import Any

from sphinxext_apiplug.inventory.changes import Change, changes
from sphinxext_apiplug.inventory.model import (
    Api,
    Header,
    Inventory,
    Operation,
    Parameter,
    Payload,
    Response,
    VersionCheck,
)
from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.inventory.versions import VersionRange

HANDLER = Source(object="shop:Controller.create", file="shop.py", line=1)


def told(**facts: Any) -> dict[str, list[str]]:
    """Version -> what changed in an API of one operation, a text each."""
    operation = Operation(
        id="create",
        method="POST",
        path="/",
        resource="",
        extension="shop",
        handler=HANDLER,
        **facts,
    )
    versions = VersionRange.parse("2.1-2.9")
    api = Api(name="shop", namespace="shop", title="Shop", version="1", microversions=versions)
    found = changes(Inventory(api=api, operations=(operation,)))
    return {item.version: [text(change) for change in item.changes] for item in found}


def text(change: Change) -> str:
    parts = [change.kind, change.part, change.name, *change.before, "->", *change.after]
    return " ".join(part for part in parts if part).removesuffix(" ->")


def body(**versioned: Any) -> tuple[Payload, ...]:
    """Payloads from ranges of versions and their schemas."""
    return tuple(
        Payload(versions=VersionRange.parse(name), schema=schema)
        for name, schema in versioned.items()
    )


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def test_operations_come_and_go() -> None:
    assert told() == {}
    assert told(versions=VersionRange.parse("2.3-2.5")) == {
        "2.3": ["new operation"],
        "2.6": ["gone operation"],
    }


def test_fields_come_and_go_and_change() -> None:
    name = {"type": "string", "maxLength": 5}
    found = told(
        request=body(
            **{
                "2.1-2.2": obj(a=name),
                "2.3-2.4": obj("a", a={**name, "maxLength": 9}, b={}),
                "2.5-": obj("a", a={**name, "maxLength": 9}),
            }
        )
    )
    assert found == {
        "2.3": [
            "changed request a optional up to 5 characters -> required up to 9 characters",
            "new request b",
        ],
        "2.5": ["gone request b"],
    }


def test_what_is_in_a_new_field_is_not_told_again() -> None:
    inner = {"type": "array", "items": obj(b={}, c={})}
    found = told(
        request=body(
            **{
                "2.1-2.2": obj(),
                "2.3-2.4": obj(a={"type": "array", "items": obj(b={})}),
                "2.5-": obj(a=inner),
            }
        )
    )
    assert found == {"2.3": ["new request a"], "2.5": ["new request a[].c"]}


def test_values_come_one_by_one() -> None:
    old, new = ({"type": "string", "enum": values} for values in (["x", "y"], ["y", "z"]))
    found = told(request=body(**{"2.1-2.2": obj(a=old), "2.3-": obj(a=new)}))
    assert found == {"2.3": ['changed request a value `"x"` -> value `"z"`']}
    lists = [{"type": "array", "items": item} for item in (old, new)]
    found = told(request=body(**{"2.1-2.2": obj(a=lists[0]), "2.3-": obj(a=lists[1])}))
    assert found == {"2.3": ["changed request a value `x` -> value `z`"]}


def test_parameters_and_statuses() -> None:
    since = VersionRange.parse("2.4-")
    found = told(
        parameters=(Parameter(name="limit", location="query", versions=since),),
        responses=(
            Response(status=200, description="OK", versions=VersionRange.parse("-2.3")),
            Response(status=201, description="Created", versions=since),
            Response(status=400, description="Bad", versions=VersionRange.parse("-2.3")),
            Response(status=400, description="Worse", versions=since),
        ),
    )
    assert found == {"2.4": ["new query limit", "gone response 200", "new response 201"]}


def test_answers_that_get_a_body_and_lose_a_header() -> None:
    """As where an address in a header became an id in the body."""
    payloads = body(**{"2.1-2.4": {"type": "null"}, "2.5-": obj(image_id={})})
    header = Header(name="Location", versions=VersionRange.parse("-2.4"))
    answer = Response(status=202, description="Accepted", payloads=payloads, headers=(header,))
    assert told(responses=(answer,)) == {
        "2.5": ["new response image_id", "gone response header Location"]
    }


def test_a_body_that_nothing_is_known_of_has_not_lost_its_fields() -> None:
    assert told(request=body(**{"2.3-2.5": obj("unlock", unlock={})})) == {}


def test_answers_use_words_of_their_own() -> None:
    schemas = body(**{"2.1-2.2": obj(a={}), "2.3-": obj("a", a={})})
    found = told(responses=(Response(status=200, description="OK", payloads=schemas),))
    assert found == {"2.3": ["changed response a not always -> always there"]}


def test_a_version_that_code_asks_for() -> None:
    check = VersionCheck(versions=VersionRange.parse("2.7-"), source=HANDLER)
    assert told(version_checks=(check, check)) == {"2.7": ["changed code"]}


def test_an_api_without_microversions_has_no_history() -> None:
    api = Api(name="shop", namespace="shop", title="Shop", version="1")
    assert changes(Inventory(api=api)) == ()
