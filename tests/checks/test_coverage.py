"""How much of an API its code describes."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from sphinxext_apiplug.checks.coverage.badge import badge
from sphinxext_apiplug.checks.coverage.measure import ASPECTS, measure
from sphinxext_apiplug.checks.coverage.model import Coverage
from sphinxext_apiplug.checks.coverage.table import table
from sphinxext_apiplug.checks.coverage.thresholds import below
from sphinxext_apiplug.inventory.model import (
    Api,
    Extension,
    Inventory,
    Operation,
    Parameter,
    Payload,
    Policy,
    Removal,
    Response,
)
from sphinxext_apiplug.inventory.problems import Source

BODY = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "description": "What people call it."},
        "size": {"type": "integer"},
    },
}
RIGHT = Response(status=200, description="OK", payloads=(Payload(schema=BODY),))
GUESSED = Response(
    status=200, description="OK", payloads=(Payload(schema=BODY, inferred=True),)
)  # fmt: skip
REFUSED = Response(status=409, description="Conflict")
IMPLIED = Response(status=401, description="Unauthorized", inferred=True)


def operation(name: str = "racks-create", **parts: object) -> Operation:
    return Operation(
        id=name, path="/racks", resource="racks", extension="racks",
        handler=Source(object="racks:create", file="racks.py", line=7),
        **{"method": "POST", **parts},  # type: ignore[arg-type]
    )  # fmt: skip


def api(*operations: Operation) -> Inventory:
    return Inventory(
        api=Api(name="racks", namespace="racks", title="Racks", version="1"),
        extensions=tuple(
            Extension(
                alias=alias, name=alias, entry_point=f"{alias} = {alias}:X",
                distribution="racks", distribution_version="1",
            )
            for alias in ("bays", "racks")
        ),
        operations=operations,
    )  # fmt: skip


def figures(coverage: Coverage) -> dict[str, tuple[int, int]]:
    return {share.aspect: (share.covered, share.total) for share in coverage.whole.shares}


@pytest.mark.parametrize(
    ("aspect", "having", "lacking"),
    [
        ("summary", {"summary": "Create a rack"}, {}),
        ("summary", {"summary": "Create"}, {"summary": "Create", "summary_inferred": True}),
        ("description", {"description": "It takes a while."}, {}),
        ("request", {"request": (Payload(schema=BODY),)}, {}),
        (
            "request",
            {"request": (Payload(schema=BODY),)},
            {"request": (Payload(schema=BODY, inferred=True),)},
        ),
        ("response", {"responses": (RIGHT,)}, {"responses": (GUESSED,)}),
        ("policy", {"policies": (Policy(name="racks:create"),)}, {}),
        ("errors", {"responses": (REFUSED,)}, {"responses": (IMPLIED,)}),
        (
            "parameters",
            {"parameters": (Parameter(name="a", location="query", description="A."),)},
            {"parameters": (Parameter(name="a", location="query"),)},
        ),
        (
            "parameters",
            {"parameters": (
                Parameter(name="a", location="query", schema={"description": "A."}),
            )},
            {"parameters": (Parameter(name="a", location="query", schema={}),)},
        ),
    ],
)  # fmt: skip
def test_what_an_operation_has_counts(
    aspect: str, having: dict[str, object], lacking: dict[str, object]
) -> None:
    assert figures(measure(api(operation(**having))))[aspect] == (1, 1)
    found = measure(api(operation(**lacking)))
    assert figures(found)[aspect] == (0, 1)
    share = next(item for item in found.whole.shares if item.aspect == aspect)
    assert share.missing == ("racks-create",)


def test_each_field_counts_for_itself() -> None:
    found = figures(measure(api(operation(request=(Payload(schema=BODY),)))))
    assert found["parameters"] == (1, 2)


@pytest.mark.parametrize(
    ("aspect", "parts"),
    [
        ("request", {"method": "GET"}),
        ("response", {"responses": (Response(status=204, description="No Content"),)}),
        ("response", {"method": "HEAD", "responses": (RIGHT,)}),
        ("parameters", {}),
    ],
)
def test_what_does_not_apply_is_not_counted(aspect: str, parts: dict[str, object]) -> None:
    assert figures(measure(api(operation(**parts))))[aspect] == (0, 0)


def test_what_the_service_refuses_is_not_counted() -> None:
    gone = operation(removed=Removal(version="2.10"))
    assert all(total == 0 for _, total in figures(measure(api(gone))).values())


def test_thresholds_tell_how_much_is_missing_and_where() -> None:
    inventory = api(
        operation("a", summary="A"), *(operation(f"lacking-{number}") for number in range(7))
    )
    found = list(below(measure(inventory), {"summary": 90, "policy": 0, "total": 50}, inventory))
    assert [(problem.kind, problem.subject) for problem in found] == [
        ("coverage-low", "racks: summary"),
        ("coverage-low", "racks: total"),
    ]
    assert found[0].message == (
        "12.5 % (1 of 8); wanted are 90 %; missing at lacking-0, lacking-1, lacking-2, "
        "lacking-3, lacking-4 and 2 more"
    )
    assert str(found[0].source) == "racks.py:7"


def test_what_is_almost_reached_is_not_rounded_up_to_it() -> None:
    inventory = api(*(operation(f"o{number}", summary="x") for number in range(2999)), operation())
    (problem,) = below(measure(inventory), {"summary": 100}, inventory)
    assert problem.message.startswith("99.9 % (2999 of 3000)")


def test_an_api_without_operations_lacks_nothing() -> None:
    inventory = api()
    assert measure(inventory).whole.percent == 100
    wanted = {aspect.name: 100.0 for aspect in ASPECTS}
    assert not list(below(measure(inventory), wanted, inventory))


def test_the_table_has_a_line_for_each_extension_and_the_whole() -> None:
    head, lines = table(measure(api(operation(summary="Create a rack", method="GET"))))
    assert head[:4] == ("extension", "summary", "description", "request")
    # An extension without operations has nothing to describe.
    assert [line[:4] for line in lines] == [
        ("racks", "1/1", "0/1", "–"), ("all", "1/1", "0/1", "–")
    ]  # fmt: skip


def test_the_badge_says_what_it_shows_to_those_who_cannot_see_it() -> None:
    picture = ET.fromstring(badge(measure(api(operation(summary="x"))), 'a <b> & "c"'))
    percent = f"{int(measure(api(operation(summary='x'))).whole.percent)} %"
    assert picture.get("aria-label") == f'a <b> & "c": {percent}'
    assert percent in [element.text for element in picture.iter()]


def test_a_table_of_nothing_claims_nothing() -> None:
    """As where every extension failed: not 100 %."""
    _, lines = table(measure(api()))
    assert lines == [("all", *("–" for _ in ASPECTS), "–")]
