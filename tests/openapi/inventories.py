"""Inventories made by hand: an ordinary service, a hostile one, and small oddities."""

from __future__ import annotations

from typing import Any

from sphinxext_apiplug.inventory.model import (
    Api,
    Augmentation,
    Contact,
    Example,
    Extension,
    Inventory,
    License,
    Operation,
    Parameter,
    Payload,
    Policy,
    Removal,
    Response,
    Security,
    Server,
)
from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.inventory.versions import VersionRange

UUID = {"type": "string", "format": "uuid"}
NAME = {"type": "string", "minLength": 1, "maxLength": 255}
HOSTNAME = {"type": "string", "pattern": "^[a-z0-9.-]+$", "description": "A host's name."}


def handler(name: str, line: int = 10) -> Source:
    """A function in some plugin's code."""
    return Source(object=f"plugin.api:Controller.{name}", file="plugin/api.py", line=line)


def declared(*statuses: int) -> tuple[Response, ...]:
    """Responses without bodies."""
    texts = {401: "The token is missing or invalid.", 403: "The policy forbids it."}
    return tuple(
        Response(status=status, description=texts.get(status, f"Answer {status}."))
        for status in statuses
    )


def path_parameter(name: str, description: str = "") -> Parameter:
    """A required UUID in the path."""
    return Parameter(
        name=name, location="path", required=True, schema=UUID, description=description
    )


def extension(alias: str, description: str = "") -> Extension:
    """An extension that a distribution called plugin declares."""
    return Extension(
        alias=alias,
        name=alias.title(),
        entry_point=f"{alias} = plugin.{alias}:Extension",
        distribution="plugin",
        distribution_version="7.1.0",
        description=description,
    )


def wrapped(key: str, properties: dict[str, Any], *required: str) -> dict[str, Any]:
    """The body schema of a create or update: one key, and an object below it."""
    inner = {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {key: inner},
        "required": [key],
        "additionalProperties": False,
    }


def _zones() -> tuple[Operation, ...]:
    old = wrapped("zone", {"name": NAME}, "name")
    new = wrapped("zone", {"name": NAME, "enabled": {"type": "boolean"}}, "name")
    body = {
        "type": "object",
        "properties": {"zone": {"$ref": "#/$defs/zone"}},
        "$defs": {
            "zone": {
                "type": "object",
                "properties": {
                    "uuid": UUID,
                    "hosts": {"type": "array", "items": {"$ref": "#/$defs/hostname"}},
                    "parent": {"$ref": "#/$defs/zone"},
                },
            },
            "hostname": HOSTNAME,
            "unused": {"type": "string"},
        },
    }
    versioned = (
        Payload(schema=old, versions=VersionRange(since="1.0", until="1.1")),
        Payload(schema=new, versions=VersionRange(since="1.2")),
    )
    found = Response(status=200, description="The zone.", payloads=(Payload(schema=body),))
    return (
        Operation(
            id="zones-index",
            method="GET",
            path="/zones",
            resource="zones",
            extension="zones",
            handler=handler("index"),
            summary="List zones",
            description="Lists zones.\n\nNewest first.",
            parameters=(
                Parameter(name="limit", location="query", schema={"type": "integer"}),
                Parameter(
                    name="enabled",
                    location="query",
                    schema={"type": "boolean"},
                    versions=VersionRange(since="1.2"),
                    inferred=True,
                ),
            ),
            responses=declared(200, 401, 403),
            policies=(Policy(name="plugin:zones:index", check="role:reader"),),
        ),
        Operation(
            id="zones-create",
            method="POST",
            path="/zones",
            resource="zones",
            extension="zones",
            handler=handler("create", 20),
            summary="Create a zone",
            description="Creates a zone.",
            request=versioned,
            responses=(
                Response(status=201, description="Created.", payloads=(Payload(schema=body),)),
                *declared(400, 401, 403, 409),
            ),
            examples=(
                Example(
                    path="/zones",
                    body={"zone": {"name": "a"}},
                    versions=VersionRange(until="1.1"),
                ),
                Example(
                    path="/zones",
                    body={"zone": {"name": "a", "enabled": True}},
                    versions=VersionRange(since="1.2"),
                ),
            ),
        ),
        Operation(
            id="zones-show",
            method="GET",
            path="/zones/{id}",
            resource="zones",
            extension="zones",
            handler=handler("show", 30),
            summary="Show a zone",
            description="Shows a zone.",
            parameters=(path_parameter("id", "The zone."),),
            responses=(found, *declared(401, 403, 404)),
            augmented_by=(Augmentation(extension="hosts", handler=handler("extend")),),
        ),
        Operation(
            id="zones-update",
            method="PUT",
            path="/zones/{zone_id}",
            resource="zones",
            extension="zones",
            handler=handler("update", 40),
            summary="Update a zone",
            description="Updates a zone.",
            parameters=(path_parameter("zone_id", "The zone."),),
            request=versioned,
            responses=(found, *declared(400, 401, 403, 404)),
        ),
    )


def _actions() -> tuple[Operation, ...]:
    pause = {
        "type": "object",
        "properties": {"pause": {"type": "null"}},
        "required": ["pause"],
        "additionalProperties": False,
    }
    move = {
        "type": "object",
        "properties": {
            "move": {
                "type": "object",
                "properties": {"host": {"$ref": "#/$defs/hostname"}},
                "required": ["host"],
            }
        },
        "required": ["move"],
        "$defs": {"hostname": HOSTNAME},
    }
    force = {**move, "properties": {"move": {"type": "object", "properties": {}}}}
    common: dict[str, Any] = {
        "method": "POST",
        "path": "/hosts/{id}/action",
        "resource": "hosts",
        "extension": "hosts",
        "parameters": (path_parameter("id", "The host."),),
    }
    return (
        Operation(
            id="hosts-action-pause",
            action="pause",
            handler=handler("pause", 50),
            summary="Pause a host",
            request=(Payload(schema=pause),),
            responses=declared(202, 401, 404),
            examples=(Example(path="/hosts/1/action", body={"pause": None}),),
            **common,
        ),
        Operation(
            id="hosts-action-move",
            action="move",
            handler=handler("move", 60),
            summary="Move a host",
            versions=VersionRange(since="1.1"),
            request=(
                Payload(schema=move, versions=VersionRange(since="1.1", until="1.2")),
                Payload(schema=force, versions=VersionRange(since="1.3")),
            ),
            responses=declared(200, 401, 403, 404),
            **common,
        ),
        Operation(
            id="hosts-action-evacuate",
            action="evacuate",
            handler=handler("evacuate", 70),
            responses=declared(202, 409),
            **common,
        ),
        Operation(
            id="hosts-action-lock",
            action="lock",
            handler=handler("lock", 80),
            removed=Removal(version="1.1", reason="It never worked."),
            responses=declared(410),
            **common,
        ),
    )


def _roots() -> tuple[Operation, ...]:
    return (
        Operation(
            id="versions-show",
            method="GET",
            path="/",
            resource="versions",
            extension="zones",
            handler=handler("versions", 90),
            responses=declared(300),
        ),
        Operation(
            id="hosts-detail",
            method="GET",
            path="/hosts/detail",
            resource="hosts",
            extension="hosts",
            handler=handler("detail", 100),
            deprecated=True,
        ),
    )


def ordinary() -> Inventory:
    """Two extensions, versions 1.0 to 1.3, actions, a removed operation, definitions."""
    return Inventory(
        api=Api(
            name="zones",
            namespace="plugin.extensions",
            title="Zones API",
            version="7.1.0",
            description="Keeps zones and hosts.",
            base_path="/v1",
            service_type="zones",
            microversions=VersionRange(since="1.0", until="1.3"),
            servers=(Server(url="https://{region}.zones.test/v1/", description="A region."),),
            contact=Contact(name="Zone makers", url="https://zones.test"),
            license=License(name="Apache License 2.0", identifier="Apache-2.0"),
            security=Security(),
        ),
        extensions=(extension("zones", "Zones and what is in them."), extension("hosts")),
        operations=_zones() + _actions() + _roots(),
    )


def bare() -> Inventory:
    """No microversions, no security, nothing that need not be there; a recursive body."""
    tree: dict[str, Any] = {
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$ref": "#"}}},
    }
    return Inventory(
        api=Api(name="bare", namespace="bare.extensions", title="", version=""),
        extensions=(extension("trees"),),
        operations=(
            Operation(
                id="trees-create",
                method="POST",
                path="",
                resource="trees",
                extension="trees",
                handler=handler("create"),
                request=(Payload(schema=tree),),
            ),
            Operation(
                id="trees-delete",
                method="DELETE",
                path="/trees/{id}/",
                resource="trees",
                extension="trees",
                handler=handler("delete"),
            ),
        ),
    )


HOSTILE = (
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "x" * 10_000,
    "\u202eright to left",
    "[a](javascript:alert(1)) <img src=x onerror=alert(1)> eval(1)",
    "yes",
    "1.0",
    "0o14",
    "- a\n  b: c\n\ttab \n",
    "\U0001f4a5 ${x} {{x}} `<b>`",
)


def hostile() -> Inventory:
    """Every text that a plugin gives is out to break something."""
    operations = tuple(
        Operation(
            id=f"op-{number}",
            method="POST",
            path=f"/things{number}/{{id}}",
            resource=text,
            extension=text,
            handler=Source(object=text, file=text),
            summary=text,
            description=text,
            parameters=(Parameter(name=text, location="query", description=text),),
            request=(
                Payload(
                    schema={
                        "type": "object",
                        "title": text,
                        "description": text,
                        "properties": {text: {"const": text, "description": text}},
                    }
                ),
            ),
            responses=(Response(status=200, description=text), *declared(401)),
        )
        for number, text in enumerate(HOSTILE)
    )
    return Inventory(
        api=Api(name="hostile", namespace=HOSTILE[0], title=HOSTILE[0], version=HOSTILE[0]),
        extensions=tuple(extension(text, text) for text in HOSTILE),
        operations=operations,
    )
