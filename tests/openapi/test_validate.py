"""What makes a document invalid, and where it came from."""

from __future__ import annotations

import copy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import structs

from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.model import Inventory, Parameter, Payload, Response
from sphinxext_apiplug.inventory.problems import Problem
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.validate import validate
from tests.openapi import inventories

COMMAND = (sys.executable, "-m", "sphinxext_apiplug.openapi")
CREATE = 1  # where zones-create stands among the operations


def with_create(**fields: Any) -> Inventory:
    """The ordinary inventory with another zones-create."""
    inventory = inventories.ordinary()
    given = list(inventory.operations)
    given[CREATE] = structs.replace(given[CREATE], examples=(), **fields)
    return structs.replace(inventory, operations=tuple(given))


def with_body(zone: Any, **definitions: Any) -> Inventory:
    schema = {"type": "object", "properties": {"zone": zone}}
    if definitions:
        schema["$defs"] = definitions
    return with_create(request=(Payload(schema=schema),))


BROKEN = {
    "bad-type": (
        with_body({"type": "nonsense"}),
        "/components/schemas/ZonesCreateRequest/properties/zone/type",
        "'nonsense' is not valid under any of the given schemas",
    ),
    "bad-type-in-definition": (
        with_body({"$ref": "#/$defs/thing"}, thing={"type": "object", "required": "a"}),
        "/components/schemas/Thing/required",
        "'a' is not of type 'array'",
    ),
    "wrong-default": (
        with_body({"type": "object", "default": 3}),
        "/components/schemas/ZonesCreateRequest/properties/zone",
        "3 is not of type 'object'",
    ),
    "reference-to-nothing": (
        with_body({"$ref": "#/$defs/nowhere"}),
        "/components/schemas/ZonesCreateRequest/properties/zone",
        "'#/$defs/nowhere' refers to nothing",
    ),
    "reference-to-elsewhere": (
        with_body({"$ref": "http://192.0.2.1/schema"}),
        "/components/schemas/ZonesCreateRequest/properties/zone",
        "'http://192.0.2.1/schema' isn't in this document",
    ),
    "reference-to-itself": (
        with_create(request=(Payload(schema={"$ref": "#"}),)),
        "/components/schemas/ZonesCreateRequest",
        "'#/components/schemas/ZonesCreateRequest' refers to itself",
    ),
    "bad-parameter": (
        with_create(parameters=(Parameter(name="x", location="query", schema={"minimum": "a"}),)),
        "/paths/~1v1~1zones/post/parameters/0/schema/minimum",
        "'a' is not of type 'number'",
    ),
    "bad-status": (
        with_create(responses=(Response(status=999, description="Much."),)),
        "/paths/~1v1~1zones/post/responses",
        "Unevaluated properties are not allowed ('999' was unexpected)",
    ),
}


@pytest.mark.parametrize("version", [None, "all"])
@pytest.mark.parametrize(("inventory", "pointer", "message"), BROKEN.values(), ids=BROKEN)
def test_problem_names_pointer_extension_and_handler(
    inventory: Inventory, pointer: str, message: str, version: str | None
) -> None:
    problems = validate(build(inventory, version), inventory)
    assert problems == (
        Problem(
            kind="openapi-invalid",
            subject="zones-create",
            message=message,
            source=inventory.operations[CREATE].handler,
            distribution="plugin 7.1.0",
            extension="zones",
            pointer=pointer,
        ),
    )


def test_component_of_an_action_leads_to_that_action() -> None:
    inventory = inventories.ordinary()
    pause = structs.replace(
        inventory.operations[4], request=(Payload(schema={"type": 1}),), examples=()
    )
    broken = structs.replace(
        inventory, operations=(*inventory.operations[:4], pause, *inventory.operations[5:])
    )
    (problem,) = validate(build(broken), broken)
    assert (problem.subject, problem.source) == ("hosts-action-pause", pause.handler)


def test_fault_of_what_several_share_is_the_first_ones() -> None:
    inventory = inventories.ordinary()
    limit = Parameter(name="limit", location="query", schema={"minimum": "a"})
    given = (structs.replace(item, parameters=(limit,)) for item in inventory.operations[:2])
    broken = structs.replace(inventory, operations=tuple(given))
    problems = validate(build(broken), broken)
    assert {(problem.subject, problem.pointer) for problem in problems} == {
        ("zones-index", "/components/parameters/Limit/schema/minimum")
    }


def rename(document: dict[str, Any]) -> None:
    document["paths"]["/v1/zones"]["get"]["operationId"] = "zones-create"


def forget_title(document: dict[str, Any]) -> None:
    del document["info"]["title"]


@pytest.mark.parametrize(
    ("change", "subject", "pointer"),
    [(rename, "zones-create", "/paths/~1v1~1zones/post"), (forget_title, "zones", "/info")],
)
def test_changed_document(
    change: Callable[[dict[str, Any]], None], subject: str, pointer: str
) -> None:
    inventory = inventories.ordinary()
    document = copy.deepcopy(build(inventory))
    change(document)
    (problem,) = validate(document, inventory)
    assert (problem.subject, problem.pointer) == (subject, pointer)


def test_an_api_without_any_schema_is_valid() -> None:
    ordinary = inventories.ordinary()
    alone = structs.replace(
        ordinary.operations[0],
        path="/things",
        parameters=(),
        request=(),
        responses=(Response(status=204, description="Done"),),
    )
    inventory = structs.replace(ordinary, operations=(alone,))
    document = build(inventory)
    assert "schemas" not in document["components"]
    assert validate(document, inventory) == ()


def test_several_faults_are_several_problems() -> None:
    inventory = with_body({"type": "nonsense"})
    update = structs.replace(inventory.operations[3], path="/zones/{zone_id}/x")
    update = structs.replace(update, responses=(Response(status=7, description="x"),))
    broken = structs.replace(
        inventory, operations=(*inventory.operations[:3], update, *inventory.operations[4:])
    )
    problems = validate(build(broken), broken)
    assert [problem.subject for problem in problems] == ["zones-create", "zones-update"]


def test_building_imports_no_validator() -> None:
    code = (
        "import sys; from sphinxext_apiplug.openapi import document, text, validate;"
        "print('openapi_spec_validator' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert run.stdout == "False\n"


def run_command(folder: Path, inventory: Inventory, *versions: str) -> Any:
    file = folder / "inventory.json"
    file.write_bytes(codec.dumps(inventory))
    run = subprocess.run(
        [*COMMAND, str(file), *versions], capture_output=True, check=True, text=True
    )
    assert run.stderr == ""
    return msgspec.json.decode(run.stdout, type=list[Problem])


def test_command_writes_problems(tmp_path: Path) -> None:
    inventory = with_body({"type": "nonsense"})
    found = run_command(tmp_path, inventory, "1.0", "1.3")
    assert tuple(found) == validate(build(inventory), inventory)


def test_command_validates_each_version(tmp_path: Path) -> None:
    payload = Payload(schema={"type": "nonsense"}, versions=VersionRange(since="1.1", until="1.1"))
    inventory = with_create(request=(payload,))
    assert run_command(tmp_path, inventory) == []
    assert len(run_command(tmp_path, inventory, "each")) == 1


def test_command_writes_an_empty_array_if_all_is_well(tmp_path: Path) -> None:
    assert run_command(tmp_path, inventories.ordinary()) == []


@pytest.mark.parametrize(
    ("content", "version", "message"),
    [
        (b"{}", "all", "has format 0"),
        (None, "all", "No such file"),
        (codec.dumps(inventories.ordinary()), "9.9", "no microversion '9.9'"),
    ],
)
def test_command_says_why_it_validated_nothing(
    tmp_path: Path, content: bytes | None, version: str, message: str
) -> None:
    file = tmp_path / "inventory.json"
    if content is not None:
        file.write_bytes(content)
    run = subprocess.run(
        [*COMMAND, str(file), version], capture_output=True, check=False, text=True
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert message in run.stderr
