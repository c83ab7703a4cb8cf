"""A made-up API of any size, in the shape of a large service.

Each resource has the five operations that resources have and eight actions; each
request and response has schemas for several microversions; a few schemas are shared.
"""

from __future__ import annotations

from typing import Any, Final

from sphinxext_apiplug.inventory.model import (
    Api,
    Extension,
    Inventory,
    Operation,
    Parameter,
    Payload,
    Policy,
    Response,
    Schema,
)
from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.inventory.versions import VersionRange

#: Operations of one resource.
PER_RESOURCE: Final = 13

_ACTIONS: Final = PER_RESOURCE - 5
_FIELDS: Final = 24
_NEWEST: Final = 100
_UUID: Final = {"type": "string", "format": "uuid"}
_ERRORS: Final = (400, 401, 403, 404, 409)
_PLAIN: Final = (
    ("index", "GET", ""),
    ("create", "POST", ""),
    ("show", "GET", "/{id}"),
    ("update", "PUT", "/{id}"),
    ("delete", "DELETE", "/{id}"),
)


def inventory(operations: int) -> Inventory:
    """An API with this many operations, in extensions of one resource each."""
    resources = -(-operations // PER_RESOURCE)
    made = [item for number in range(resources) for item in _resource(number)]
    return Inventory(
        api=Api(
            name=f"synthetic-{operations}",
            namespace="synthetic.extensions",
            title="Synthetic API",
            version="1.0.0",
            base_path="/v2",
            service_type="synthetic",
            microversions=VersionRange(since="2.1", until=f"2.{_NEWEST}"),
        ),
        extensions=tuple(_extension(number) for number in range(resources)),
        operations=tuple(made[:operations]),
    )


def _extension(number: int) -> Extension:
    return Extension(
        alias=f"things{number}",
        name=f"Things{number}",
        entry_point=f"things{number} = synthetic.things{number}:Things",
        distribution="synthetic",
        distribution_version="1.0.0",
        description=f"Things of the kind {number}.",
    )


def _resource(number: int) -> list[Operation]:
    stem = f"things{number}"
    plain = [
        _operation(number, verb, method, f"/{stem}{path}", None) for verb, method, path in _PLAIN
    ]
    actions = [
        _operation(number, f"do{index}", "POST", f"/{stem}/{{id}}/action", f"do{index}")
        for index in range(_ACTIONS)
    ]
    return plain + actions


def _operation(number: int, verb: str, method: str, path: str, action: str | None) -> Operation:
    stem = f"things{number}"
    answers = "delete" not in verb
    payloads = _payloads(number, verb, action or "thing") if method in {"POST", "PUT"} else ()
    responses = _payloads(number, f"{verb}-answer", "thing") if answers and not action else ()
    query = Parameter(name="limit", location="query", schema={"type": "integer", "minimum": 0})
    identity = Parameter(name="id", location="path", required=True, schema=_UUID)
    return Operation(
        id=f"{stem}-{verb}",
        method=method,
        path=path,
        action=action,
        resource=stem,
        extension=stem,
        handler=Source(
            object=f"synthetic.{stem}:Controller.{verb}", file=f"synthetic/{stem}.py", line=1
        ),
        summary=f"{verb.title()} a thing",
        description=f"What {verb} does with things of the kind {number}.",
        parameters=(identity,) if "{id}" in path else (query,),
        request=payloads,
        responses=(
            Response(status=200 if responses else 202, description="OK", payloads=responses),
            *(Response(status=code, description=f"Error {code}.") for code in _ERRORS),
        ),
        policies=(Policy(name=f"synthetic:{stem}:{verb}", check="rule:admin_or_owner"),),
    )


def _payloads(number: int, verb: str, key: str) -> tuple[Payload, ...]:
    """Three schemas; each later one has a few fields more."""
    starts = (1, 10 + number % 40, 60 + number % 30)
    ends = (starts[1] - 1, starts[2] - 1, None)
    return tuple(
        Payload(
            schema=_schema(number, verb, key, _FIELDS + 2 * step),
            versions=VersionRange(
                since=f"2.{since}", until=None if until is None else f"2.{until}"
            ),
        )
        for step, (since, until) in enumerate(zip(starts, ends, strict=True))
    )


def _schema(number: int, verb: str, key: str, fields: int) -> Schema:
    properties: dict[str, Any] = {
        "id": _UUID,
        "name": {"type": "string", "minLength": 1, "maxLength": 255},
        "links": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"rel": {"type": "string"}, "href": {"type": "string"}},
            },
        },
    }
    for index in range(len(properties), fields):
        properties[f"{verb}-{index}"] = {
            "type": ["string", "null"],
            "maxLength": 64 + index,
            "description": f"Field {index} of {verb} of things {number}.",
        }
    inner = {
        "type": "object",
        "properties": properties,
        "required": ["name"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {key: inner},
        "required": [key],
        "additionalProperties": False,
    }
