"""What renderers say of an operation, an extension and their problems."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import msgspec
import pytest
from docutils import nodes
from sphinx import addnodes

from sphinxext_apiplug.inventory.model import (
    Header,
    Inventory,
    Operation,
    Payload,
    Policy,
    Removal,
    Response,
)
from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.reference.nodes import Disclosure, FieldTable, StatusList
from sphinxext_apiplug.reference.render.extension import render_extension
from sphinxext_apiplug.reference.render.operation import render_operation
from sphinxext_apiplug.reference.render.options import RenderOptions
from sphinxext_apiplug.reference.render.overview import render_overview
from sphinxext_apiplug.reference.render.problems import render_problems
from sphinxext_apiplug.reference.render.responses import reason
from sphinxext_apiplug.reference.render.signature import title_text
from sphinxext_apiplug.reference.render.source import source_uri
from tests.reference.render.inventories import CREATE, LIST, REBUILD, SHOP

OPTIONS = RenderOptions()
FACTS = "apiplug-facts"


def changed(operation: Operation, **changes: Any) -> Operation:
    return msgspec.structs.replace(operation, **changes)


def facts(operation: Operation, inventory: Inventory = SHOP) -> list[str]:
    section = render_operation(inventory, operation, OPTIONS)
    lists = [node for node in section.findall(nodes.bullet_list) if FACTS in node["classes"]]
    return [item.astext() for found in lists for item in found.children]


def targets(found: list[nodes.Node]) -> list[tuple[str, str]]:
    references = [ref for node in found for ref in node.findall(addnodes.pending_xref)]
    assert all(reference["refdomain"] == "apiplug" for reference in references)
    return [(reference["reftype"], reference["reftarget"]) for reference in references]


def test_section_carries_its_object() -> None:
    section = render_operation(SHOP, REBUILD, OPTIONS)
    assert section["ids"] == ["servers.rebuild"]
    assert section["apiplug_object"] == ("op", "servers.rebuild", "Rebuild a server")
    assert section[0].astext() == "Rebuild a server (action rebuild)"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"summary": "Create a segment. "}, "Create a segment"),
        ({"summary": "", "action": "pause"}, "pause"),
        ({"summary": " \x00", "path": "/x"}, "POST /x"),
        ({"summary": "", "path": ""}, "POST /"),
        ({"summary": "word " * 100}, "word " * 23 + "word…"),
    ],
)
def test_title(changes: dict[str, Any], expected: str) -> None:
    assert title_text(changed(CREATE, **changes)) == expected


def test_facts_of_an_operation() -> None:
    assert facts(CREATE) == [
        "needs shop:segments:create, by default rule:admin_api, scope project or system",
        "needs shop:segments:more deprecated from code",
        "provided by segments",
        "also extended by networks",
    ]


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ("-", []),
        ("1.0-1.3", []),
        ("1.2-", ["since microversion 1.2"]),
        ("-1.1", ["until microversion 1.1"]),
        ("1.1", ["only microversion 1.1"]),
        ("1.1-1.2", ["microversions 1.1 to 1.2"]),
    ],
)
def test_versions_are_named_where_they_are_fewer(versions: str, expected: list[str]) -> None:
    operation = changed(LIST, versions=type(LIST.versions).parse(versions))
    assert facts(operation)[:-1] == expected


def test_an_api_without_microversions_never_speaks_of_them() -> None:
    api = msgspec.structs.replace(SHOP.api, microversions=None)
    inventory = msgspec.structs.replace(SHOP, api=api)
    assert "version" not in render_operation(inventory, LIST, OPTIONS).astext().lower()


def test_policies_of_some_cases() -> None:
    """What a caller needs in any case comes first."""
    rules = (
        Policy(name="shop:any", conditional=True),
        Policy(name="shop:list"),
        Policy(name="shop:other", conditional=True),
    )
    found = facts(changed(LIST, policies=rules[:2]))
    assert [item for item in found if "need" in item] == ["needs shop:list", "may need shop:any"]
    labels = {
        node["label"]
        for given in (rules, rules[::2] * 2, (rules[1], *rules[1:]))
        for node in render_operation(SHOP, changed(LIST, policies=given), OPTIONS).findall(
            Disclosure
        )
    }
    assert labels >= {
        "needs 1 policy, may need 2 more",
        "may need 4 policies",
        "needs 2 policies, may need 1 more",
    }


def test_answers_without_a_body_and_with_headers() -> None:
    nothing = Payload(schema={"type": "null"}, versions=VersionRange(until="1.1"))
    answer = Response(
        status=202,
        description="Accepted",
        payloads=(nothing,),
        headers=(Header(name="Location", schema={"type": "string"}, inferred=True),),
    )
    section = render_operation(SHOP, changed(CREATE, responses=(answer,)), OPTIONS)
    text = section.astext()
    assert "Accepted; no body until 1.1" in text
    assert "Response headers 202" in text
    assert "Location" in text
    assert "Response body 202" not in text
    always = msgspec.structs.replace(nothing, versions=VersionRange())
    (plain,) = render_operation(
        SHOP, changed(CREATE, responses=(changed_answer(answer, always),)), OPTIONS
    ).findall(StatusList)
    assert plain.rows.rows[0].description == "Accepted; no body"


def changed_answer(answer: Response, *payloads: Payload) -> Response:
    return msgspec.structs.replace(answer, payloads=payloads)


def test_a_policy_without_default() -> None:
    operation = changed(LIST, policies=(Policy(name="shop:list"),))
    assert facts(operation)[0] == "needs shop:list"


@pytest.mark.parametrize(
    ("removed", "deprecated", "expected"),
    [
        (Removal(version="1.3", reason="Gone."), True, ["Removed in 1.3: Gone."]),
        (Removal(), False, ["Removed."]),
        (None, True, ["Deprecated."]),
        (None, False, []),
    ],
)
def test_notices(removed: Removal | None, deprecated: bool, expected: list[str]) -> None:
    operation = changed(LIST, removed=removed, deprecated=deprecated)
    section = render_operation(SHOP, operation, OPTIONS)
    assert [node.astext() for node in section.findall(nodes.warning)] == expected


@pytest.mark.parametrize(
    ("status", "description", "expected"),
    [
        (404, "Not Found", "Not Found"),
        (404, "not found: no such thing", "not found: no such thing"),
        (404, "No such thing", "Not Found: No such thing"),
        (201, "", "Created"),
        (599, "", "no reason given"),
        (599, "Odd", "Odd"),
    ],
)
def test_reason(status: int, description: str, expected: str) -> None:
    assert reason(Response(status=status, description=description)) == expected


def test_links_of_an_extension_lead_to_its_operations() -> None:
    extension = SHOP.extension("segments")
    assert extension is not None
    found = render_extension(SHOP, extension, RenderOptions(show_provider=False))
    assert targets(found) == [
        ("op", "shop:segments.list"), ("op", "shop:segments.create"), ("ext", "shop:networks"),
    ]  # fmt: skip
    sections = [node for node in found if isinstance(node, nodes.section)]
    assert [section["ids"] for section in sections] == [["segments.list"], ["segments.create"]]


def test_overview_leads_everywhere() -> None:
    assert targets(render_overview(SHOP, OPTIONS)) == [
        ("ext", "shop:networks"), ("op", "shop:servers.rebuild"), ("ext", "shop:segments"),
        ("op", "shop:segments.list"), ("op", "shop:segments.create"), ("ext", "shop:empty"),
    ]  # fmt: skip


def test_headings_follow_the_level() -> None:
    section = render_operation(SHOP, CREATE, RenderOptions(heading_level=3))
    assert {node["heading-level"] for node in section.findall(nodes.rubric)} == {4}


def test_examples_can_be_left_out() -> None:
    section = render_operation(SHOP, CREATE, RenderOptions(examples=False))
    assert not list(section.findall(nodes.literal_block))


def test_what_is_gone_has_no_example() -> None:
    assert not list(render_operation(SHOP, REBUILD, OPTIONS).findall(nodes.literal_block))


def test_example_asks_for_a_version_that_has_the_operation() -> None:
    served = changed(REBUILD, removed=None)
    call = next(render_operation(SHOP, served, OPTIONS).findall(nodes.literal_block))
    assert "OpenStack-API-Version: instance-ha 1.2" in call.astext()


@pytest.mark.parametrize(
    ("template", "line", "expected"),
    [
        (None, 7, ""),
        ("https://x/{version}/{file}#L{line}", 7, "https://x/22.0.0/a%20b/c%23.py#L7"),
        ("https://x/{version}/{file}#L{line}", None, "https://x/22.0.0/a%20b/c%23.py"),
        ("https://x/{file}?h={version}&{other}", 7, "https://x/a%20b/c%23.py?h=22.0.0&{other}"),
    ],
)
def test_source_link(template: str | None, line: int | None, expected: str) -> None:
    api = msgspec.structs.replace(SHOP.api, source_url=template)
    assert source_uri(api, Source(object="m:f", file="a b/c#.py", line=line)) == expected


def test_source_is_named_without_a_link() -> None:
    api = msgspec.structs.replace(SHOP.api, source_url=None)
    section = render_operation(msgspec.structs.replace(SHOP, api=api), LIST, OPTIONS)
    assert "Served by SegmentsController.index in shop/api/segments.py" in section.astext()
    assert not list(section.findall(nodes.reference))


def test_marks_are_explained_where_they_are() -> None:
    legend = "from code deduced from the code that serves the operation, not declared"
    assert legend in render_operation(SHOP, LIST, OPTIONS).astext()
    sure = changed(LIST, parameters=())
    assert "from code" not in render_operation(SHOP, sure, OPTIONS).astext()


def test_one_mark_is_enough_where_all_is_deduced() -> None:
    assert render_operation(SHOP, LIST, OPTIONS).astext().count("from code") == 2
    some = (msgspec.structs.replace(LIST.parameters[0], inferred=False), LIST.parameters[1])
    section = render_operation(SHOP, changed(LIST, parameters=some), OPTIONS)
    table = next(section.findall(FieldTable))
    assert [len(row.badges) for row in table.rows.rows] == [0, 2]


def test_problems_name_place_and_remedy() -> None:
    place = Source(object="a.b:C", file="a/b.py", line=3)
    problem = Problem(
        kind="load-failed", subject="c = a.b:C", message="No ``module``", source=place,
        distribution="a 1",
    )  # fmt: skip
    text = render_problems([problem])[0].astext()
    assert "c = a.b:C: No module" in text
    assert "In a/b.py:3, from a 1." in text
    assert "Mend the import at the given line" in text


def test_problems_name_the_place_in_a_schema() -> None:
    place = Source(object="a.b:C", file="a/b.py", line=3)
    problem = Problem(
        kind="schema-invalid", subject="c", message="Wrong.", source=place,
        pointer="/properties/type", distribution="a 1",
    )  # fmt: skip
    assert "In a/b.py:3, at /properties/type, from a 1." in render_problems([problem])[0].astext()
    assert str(problem) == "a/b.py:3: c: Wrong. (at /properties/type, a 1)"


def test_no_problems_no_nodes() -> None:
    assert render_problems([]) == []


def test_a_problem_of_an_unknown_kind_is_still_shown() -> None:
    text = render_problems([Problem(kind="new-kind", subject="x", message="Odd.")])[0].astext()
    assert "x: Odd." in text


def test_tables_survive_pickling_and_copying() -> None:
    section = render_operation(SHOP, CREATE, OPTIONS)
    tables = [table.rows for table in section.findall(FieldTable)]
    for twin in (pickle.loads(pickle.dumps(section)), section.deepcopy(), copy.deepcopy(section)):
        assert [table.rows for table in twin.findall(FieldTable)] == tables
    assert len(tables) == 3
