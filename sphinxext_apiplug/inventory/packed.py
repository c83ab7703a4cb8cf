"""The model again, with schemas that stay JSON text until they are asked for.

Whoever reads a packed inventory sees no difference, but for the time that each
look at a schema takes, and the memory that the others don't.
"""

from __future__ import annotations

from typing import cast

import msgspec

from sphinxext_apiplug.inventory.model import Inventory, Operation, Response, Schema
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange


class PackedPayload(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What :class:`.model.Payload` is, field by field."""

    text: msgspec.Raw = msgspec.field(name="schema")
    versions: VersionRange = ALL_VERSIONS
    provided_by: dict[str, str] = {}
    inferred: bool = False

    def __post_init__(self) -> None:
        """Refuse what can't be a schema now, not when somebody asks for it."""
        if bytes(memoryview(self.text)[:1]) not in {b"{", b"t", b"f"}:
            raise ValueError("a schema is an object or a boolean")

    @property
    def schema(self) -> Schema:
        """The schema, made anew each time."""
        return cast("Schema", msgspec.json.decode(self.text))


class PackedResponse(Response, frozen=True, kw_only=True, omit_defaults=True):
    """A response with packed payloads."""

    payloads: tuple[PackedPayload, ...] = ()  # type: ignore[assignment]


class PackedOperation(Operation, frozen=True, kw_only=True, omit_defaults=True):
    """An operation with packed payloads."""

    request: tuple[PackedPayload, ...] = ()  # type: ignore[assignment]
    responses: tuple[PackedResponse, ...] = ()


class PackedInventory(Inventory, frozen=True, kw_only=True, omit_defaults=True):
    """An inventory with packed payloads."""

    operations: tuple[PackedOperation, ...] = ()
