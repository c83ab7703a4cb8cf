"""Comparing what a service says of all calls: which errors any may get, and their body."""

from __future__ import annotations

from collections.abc import Iterator

from sphinxext_apiplug.checks.diff.found import Found, Place
from sphinxext_apiplug.checks.diff.schemas import SchemaComparer
from sphinxext_apiplug.inventory.model import Inventory

_API = Place(part="api")
_FAULT = Place(part="fault")


def compare_services(old: Inventory, new: Inventory, schemas: SchemaComparer) -> Iterator[Found]:
    """Which common errors came and went, and what changed of the body of errors."""
    before, after = common_statuses(old), common_statuses(new)
    for status in sorted(before - after):
        yield _API.found("common-status-removed", before=status)
    for status in sorted(after - before):
        yield _API.found("common-status-added", after=status)
    one, two = old.api.fault_schema, new.api.fault_schema
    if one is not None and two is not None:
        yield from schemas.compare(one, two, _FAULT)
    elif one is not None:
        yield _FAULT.found("body-schema-removed")
    elif two is not None:
        yield _FAULT.found("body-schema-added")


def common_statuses(inventory: Inventory) -> frozenset[int]:
    """The codes that the service answers before any extension is asked."""
    return frozenset(
        response.status
        for operation in inventory.operations
        for response in operation.responses
        if response.common
    )
