"""Small inventories for a test, and a look at what is made of them."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from sphinxext_apiplug.inventory.model import (
    Inventory,
    Operation,
)
from tests.openapi import inventories
from tests.openapi.inventories import handler


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        operation["operationId"]: operation
        for item in document["paths"].values()
        for operation in item.values()
    }


def small(*given: Operation, **api: Any) -> Inventory:
    """A bare inventory with other operations."""
    bare = inventories.bare()
    return structs.replace(bare, operations=given, api=structs.replace(bare.api, **api))


def plain(id: str, method: str, path: str, **fields: Any) -> Operation:
    return Operation(
        id=id,
        method=method,
        path=path,
        resource="trees",
        extension="trees",
        handler=handler(id),
        **fields,
    )
