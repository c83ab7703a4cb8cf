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
from sphinxext_apiplug.openapi.paths import group
from sphinxext_apiplug.openapi.sharing import share
from sphinxext_apiplug.openapi.versions import versions_of, view_of
from sphinxext_apiplug.openapi.work import Work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinxext_apiplug.inventory.model import Inventory
    from sphinxext_apiplug.openapi.versions import View


class Assembly(msgspec.Struct, frozen=True, kw_only=True):
    """A document, and where its parts come from.

    :ivar origins: the pointer's parts -> ids of the operations that stand there
    """

    document: dict[str, Any]
    origins: Mapping[tuple[str, ...], tuple[str, ...]]


def build(inventory: Inventory, microversion: str | None = None) -> dict[str, Any]:
    """The OpenAPI document of an API; for several versions take one :class:`Builder`.

    :param microversion: ``X.Y`` for the API as it is at that version (default:
        the newest), or ``"all"`` for one document in which variants carry the
        versions that they hold in
    :returns: JSON data, in the order in which it is meant to be written
    :raises UnknownMicroversionError: if the API doesn't accept that version
    """
    return Builder(inventory).assemble(microversion).document


class Builder:
    """Makes the documents of one inventory; what they share is made once.

    The documents have parts in common, which nobody may change.
    """

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._work = Work()
        self._versions = versions_of(inventory)
        served = [item for item in inventory.operations if item.removed is None]
        self._groups = group(served, inventory.api.base_path)
        self._extensions = {item.alias: item for item in inventory.extensions}

    def build(self, microversion: str | None = None) -> dict[str, Any]:
        """As :func:`build`."""
        return self.assemble(microversion).document

    def assemble(self, microversion: str | None = None) -> Assembly:
        """As :meth:`build`, with the operations that each part was made from."""
        view = view_of(self._inventory, microversion)
        schemas = SchemaComponents(self._work)
        paths, origins = self._paths(view, schemas)
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
        document = _document(self._inventory, view, paths, components)
        return Assembly(document=document, origins=origins)

    def _paths(
        self, view: View, schemas: SchemaComponents
    ) -> tuple[dict[str, dict[str, Any]], dict[tuple[str, ...], tuple[str, ...]]]:
        """What the document shows, and the operations that stand at each place.

        Operations are grouped as they are over all versions. So each one keeps its
        id and its parameters' names from version to version.
        """
        fault = self._inventory.api.fault_schema
        writer = Writer(view=view, components=schemas, fault=fault)
        header = microversion_header(self._inventory.api, view, self._versions)
        shared = [] if header is None else [header]
        paths: dict[str, dict[str, Any]] = {}
        origins: dict[tuple[str, ...], tuple[str, ...]] = {}
        for whole in self._groups:
            members = tuple(item for item in whole.members if view.shows(item.versions))
            if members:
                item = structs.replace(whole, members=members)
                written = operation(item, self._extensions, writer, shared)
                paths.setdefault(item.path, {})[item.method] = written
                origins["paths", item.path, item.method] = tuple(one.id for one in members)
        return paths, origins


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
