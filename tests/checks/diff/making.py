"""A small API, and others that differ from it in one thing."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from sphinxext_apiplug.inventory.model import (
    Api,
    Extension,
    Header,
    Inventory,
    Operation,
    Parameter,
    Payload,
    Policy,
    Response,
)
from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.inventory.versions import VersionRange

HANDLER = Source(object="shop.api:Controller.create", file="shop/api.py", line=7)
API = Api(
    name="shop",
    namespace="shop.extensions",
    title="Shop API",
    version="1.0",
    base_path="/v1",
    service_type="shop",
    microversions=VersionRange(since="1.0", until="1.5"),
)
EXTENSION = Extension(
    alias="os-things",
    name="Things",
    entry_point="things = shop.api:Things",
    distribution="shop",
    distribution_version="1.0",
)
OPERATION = Operation(
    id="things-create",
    method="POST",
    path="/things",
    resource="things",
    extension="os-things",
    handler=HANDLER,
    strict_query=(),
)


OK = Response(status=200, description="OK")
COMMON = Response(status=415, description="The body isn't JSON.", common=True)


def body(properties: dict[str, Any], *required: str, **keywords: Any) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(required), **keywords,
    }  # fmt: skip


def inventory(*operations: Operation, api: Api = API, **parts: Any) -> Inventory:
    given = {"extensions": (EXTENSION,), **parts}
    return Inventory(api=api, operations=operations, **given)


def api(**fields: Any) -> Inventory:
    return inventory(OPERATION, api=replace(API, **fields))


def extension(**fields: Any) -> Inventory:
    return inventory(OPERATION, extensions=(replace(EXTENSION, **fields),))


def operation(**fields: Any) -> Inventory:
    return inventory(replace(OPERATION, **fields))


def policy(**fields: Any) -> Inventory:
    given = {"name": "shop:create", "check": "role:admin", **fields}
    return operation(policies=(Policy(**given),))


def parameter(**fields: Any) -> Inventory:
    given = {"name": "limit", "location": "query", "schema": {"type": "integer"}, **fields}
    return operation(parameters=(Parameter(**given),))


def request(schema: Any, **fields: Any) -> Inventory:
    return operation(request=(Payload(schema=schema, **fields),))


def response(schema: Any, description: str = "OK", **fields: Any) -> Inventory:
    payload = Payload(schema=schema, **fields)
    answer = Response(status=200, description=description, payloads=(payload,))
    return operation(responses=(answer,))


def headers(*listed: Header) -> Inventory:
    answer = Response(status=200, description="OK", headers=listed)
    return operation(responses=(answer,))


def statuses(*codes: int) -> Inventory:
    return operation(responses=tuple(Response(status=code, description="x") for code in codes))
