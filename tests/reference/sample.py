"""Inventories of services that don't exist."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.model import (
    Api,
    Augmentation,
    Extension,
    Inventory,
    Operation,
    Parameter,
    Payload,
    Policy,
    Response,
)
from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.inventory.versions import VersionRange

PACKAGE = "racks/api/"


def source(name: str, line: int = 1) -> Source:
    return Source(object=f"racks.api.{name}:Controller", file=f"{PACKAGE}{name}.py", line=line)


def extension(alias: str, **changes: Any) -> Extension:
    facts: dict[str, Any] = {
        "alias": alias,
        "name": alias.capitalize(),
        "entry_point": f"{alias} = racks.api.{alias}:{alias.capitalize()}",
        "distribution": "racks",
        "distribution_version": "3.1.0",
        "description": f"All about {alias}.",
    }
    return Extension(**{**facts, **changes})


def operation(name: str, method: str, path: str, alias: str, **changes: Any) -> Operation:
    facts: dict[str, Any] = {
        "id": name,
        "method": method,
        "path": path,
        "resource": alias,
        "extension": alias,
        "handler": source(alias, 10),
        "summary": name.replace("-", " ").capitalize(),
        "responses": (
            Response(status=200, description="OK"),
            Response(status=400, description="Bad Request"),
        ),
        "files": (f"{PACKAGE}{alias}.py",),
    }
    return Operation(**{**facts, **changes})


def inventory(name: str = "racks", **changes: Any) -> Inventory:
    """Two extensions, four operations; ``cables`` adds to an operation of ``shelves``."""
    body = {
        "type": "object",
        "properties": {
            "shelf": {
                "type": "object",
                "properties": {"label": {"type": "string", "maxLength": 40}},
                "required": ["label"],
            }
        },
        "required": ["shelf"],
    }
    shelf = Parameter(name="shelf_id", location="path", required=True, schema={"type": "string"})
    facts: dict[str, Any] = {
        "api": Api(
            name=name,
            namespace="racks.extensions",
            title="Racks API",
            version="3.1.0",
            base_path="/v1",
            service_type="racks",
            microversions=VersionRange.parse("1.0-1.2"),
        ),
        "extensions": (extension("cables"), extension("shelves", source=source("shelves", 3))),
        "operations": (
            operation("list-cables", "GET", "/cables", "cables"),
            operation(
                "create-shelf",
                "POST",
                "/shelves",
                "shelves",
                request=(Payload(schema=body),),
                policies=(Policy(name="racks:shelves:create", check="rule:admin"),),
                augmented_by=(Augmentation(extension="cables", handler=source("cables", 40)),),
            ),
            operation("list-shelves", "GET", "/shelves", "shelves"),
            operation("show-shelf", "GET", "/shelves/{shelf_id}", "shelves", parameters=(shelf,)),
        ),
        "sources": (f"{PACKAGE}cables.py", f"{PACKAGE}shelves.py"),
    }
    return Inventory(**{**facts, **changes})


def problem(**changes: Any) -> Problem:
    facts: dict[str, Any] = {
        "kind": "load-failed",
        "subject": "fans = racks.api.fans:Fans",
        "message": "No module named 'blades'",
        "source": source("fans", 7),
        "distribution": "racks 3.1.0",
    }
    return Problem(**{**facts, **changes})


def write(path: Path, content: Inventory) -> None:
    path.write_bytes(codec.dumps(content))
