"""An inventory as an OpenAPI 3.1 document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import structs

from sphinxext_apiplug.openapi import info
from sphinxext_apiplug.openapi.bodies import Writer
from sphinxext_apiplug.openapi.components import SchemaComponents
from sphinxext_apiplug.openapi.operations import operation
from sphinxext_apiplug.openapi.parameters import microversion as microversion_header
from sphinxext_apiplug.openapi.paths import Group, group
from sphinxext_apiplug.openapi.sharing import share
from sphinxext_apiplug.openapi.versions import versions_of, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinxext_apiplug.inventory.model import Inventory
    from sphinxext_apiplug.openapi.versions import View


class Assembly(msgspec.Struct, frozen=True, kw_only=True):
    """A document, and where its parts come from.

    :ivar origins: the pointer's parts -> ids of the operations that stand there
    """

    document: dict[str, Any]
    origins: Mapping[tuple[str, ...], tuple[str, ...]]


def build(inventory: Inventory, microversion: str | None = None) -> dict[str, Any]:
    """The OpenAPI document of an API.

    :param microversion: ``X.Y`` for the API as it is at that version (default:
        the newest), or ``"all"`` for one document in which variants carry the
        versions that they hold in
    :returns: JSON data, in the order in which it is meant to be written
    :raises UnknownMicroversionError: if the API doesn't accept that version
    """
    return assemble(inventory, microversion).document


def assemble(inventory: Inventory, microversion: str | None = None) -> Assembly:
    """As :func:`build`, with the operations that each part was made from."""
    view = view_of(inventory, microversion)
    schemas = SchemaComponents()
    writer = Writer(view=view, components=schemas)
    header = microversion_header(inventory.api, view, versions_of(inventory))
    shared = [] if header is None else [header]
    paths: dict[str, dict[str, Any]] = {}
    origins: dict[tuple[str, ...], tuple[str, ...]] = {}
    for item in _groups(inventory, view):
        written = operation(item, inventory, writer, shared)
        paths.setdefault(item.path, {})[item.method] = written
        origins["paths", item.path, item.method] = tuple(member.id for member in item.members)
    used = schemas.used_by(paths)
    for name in used:
        origins["components", "schemas", name] = tuple(schemas.origins[name])
    components: dict[str, dict[str, Any]] = {"schemas": used}
    for section in share(paths):
        components[section.section] = section.components
        for name, places in section.users.items():
            ids = dict.fromkeys(
                id for path, method in places for id in origins["paths", path, method]
            )
            origins["components", section.section, name] = tuple(ids)
    return Assembly(document=_document(inventory, view, paths, components), origins=origins)


def _groups(inventory: Inventory, view: View) -> Iterator[Group]:
    """What the document shows, grouped as it is over all versions.

    So an operation keeps its id and its parameters' names from version to version.
    """
    served = [item for item in inventory.operations if item.removed is None]
    for item in group(served, inventory.api.base_path):
        members = tuple(member for member in item.members if view.shows(member.versions))
        if members:
            yield structs.replace(item, members=members)


def _document(
    inventory: Inventory,
    view: View,
    paths: dict[str, dict[str, Any]],
    components: dict[str, dict[str, Any]],
) -> dict[str, Any]:
    schemes = info.security_schemes(inventory.api)
    sections = {**components, "securitySchemes": schemes}
    filled = {
        section: dict(sorted(values.items())) for section, values in sections.items() if values
    }
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": info.info(inventory, view),
        "servers": info.servers(inventory.api),
        "security": [{name: []} for name in schemes],
        "tags": info.tags(inventory),
        "paths": paths,
    }
    if filled:
        document["components"] = filled
    return document
