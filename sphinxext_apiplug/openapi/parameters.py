"""Parameter objects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sphinxext_apiplug.inventory.versions import hull
from sphinxext_apiplug.openapi import names
from sphinxext_apiplug.openapi.components import canonical
from sphinxext_apiplug.openapi.markdown import escape
from sphinxext_apiplug.openapi.paths import parameter_names
from sphinxext_apiplug.openapi.schemas import rebuild
from sphinxext_apiplug.openapi.variants import VENDOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_apiplug.inventory.model import Api, Operation, Parameter
    from sphinxext_apiplug.openapi.paths import Group
    from sphinxext_apiplug.openapi.versions import View

# OpenAPI gives these to the media types and the security schemes.
_RESERVED: Final = frozenset({"accept", "content-type", "authorization"})
# re.escape() escapes more than ECMAScript allows.
_REGEX_SIGN: Final = re.compile(r"[\^$\\.*+?()\[\]{}|/]")
# Longer lists say nothing that the pattern doesn't.
_LONGEST_LIST: Final = 200


def parameters(group: Group, view: View) -> list[dict[str, Any]]:
    """The parameters of a group: path, then query, then header, in reading order."""
    found: dict[tuple[str, str], list[Parameter]] = {}
    for member in group.members:
        renamed = dict(zip(_own_names(member, group), group.parameters, strict=True))
        for parameter in member.parameters:
            if _belongs(parameter, renamed, view):
                name = parameter.name
                if parameter.location == "path":
                    name = renamed[name]
                found.setdefault((parameter.location, name), []).append(parameter)
    written: list[dict[str, Any]] = []
    for name in group.parameters:
        same = found.pop(("path", name), [])
        written.append(_path_parameter(name, same))
    order = ("query", "header")
    for (location, name), same in sorted(found.items(), key=lambda item: order.index(item[0][0])):
        everywhere = len(same) >= len(group.members)
        written.append(_parameter(name, location, same, view, everywhere=everywhere))
    return written


def _own_names(member: Operation, group: Group) -> tuple[str, ...]:
    """The names in a member's own path that stand where the group's names stand."""
    own = parameter_names(member.path)
    # The base path may hold parameters too; a member's path doesn't show those.
    return (*group.parameters[: len(group.parameters) - len(own)], *own)


def _belongs(parameter: Parameter, renamed: dict[str, str], view: View) -> bool:
    if not view.shows(parameter.versions):
        return False
    if parameter.location == "path":
        return parameter.name in renamed
    return not (parameter.location == "header" and parameter.name.lower() in _RESERVED)


def _path_parameter(name: str, same: Sequence[Parameter]) -> dict[str, Any]:
    written: dict[str, Any] = {"name": name, "in": "path", "required": True}
    description = next((item.description for item in same if item.description), "")
    if description:
        written["description"] = escape(description)
    written["schema"] = _schema(same) if same else {"type": "string"}
    return written


def _parameter(
    name: str, location: str, same: Sequence[Parameter], view: View, *, everywhere: bool
) -> dict[str, Any]:
    written: dict[str, Any] = {"name": name, "in": location}
    description = next((item.description for item in same if item.description), "")
    if description:
        written["description"] = escape(description)
    marks = view.marks(hull(item.versions for item in same))
    if everywhere and not marks and all(item.required for item in same):
        written["required"] = True
    written["schema"] = _schema(same)
    if marks:
        written[VENDOR] = marks
    return written


def _schema(same: Sequence[Parameter]) -> dict[str, Any]:
    distinct = {canonical(item.schema): item.schema for item in same}
    written = [_written(schema) for schema in distinct.values()]
    return written[0] if len(written) == 1 else {"anyOf": written}


def _written(schema: dict[str, Any] | bool) -> dict[str, Any]:
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}

    def change(part: dict[str, Any]) -> dict[str, Any]:
        if isinstance(part.get("description"), str):
            part["description"] = escape(part["description"])
        return part

    copy = rebuild(schema, change)
    return copy if isinstance(copy, dict) else {}


def microversion(api: Api, view: View, versions: Sequence[str]) -> dict[str, Any] | None:
    """The header that asks for a microversion; ``None`` if the API has none."""
    if api.microversions is None or not versions:
        return None
    before = f"{api.service_type} " if api.service_type else ""
    asked = str(view.version) if view.version is not None else versions[-1]
    schema: dict[str, Any] = {"type": "string"}
    if not view.all_versions:
        schema["enum"] = [f"{before}{asked}"]
        description = f"Asks for microversion {asked}, which this document describes."
    else:
        escaped = _REGEX_SIGN.sub(r"\\\g<0>", before)
        schema["pattern"] = rf"^{escaped}[0-9]+\.[0-9]+$"
        if len(versions) <= _LONGEST_LIST:
            schema["enum"] = [f"{before}{version}" for version in versions]
        description = f"The microversion to use, {versions[0]} to {versions[-1]}."
    description += f" Without this header a service answers as in {versions[0]}."
    return {
        "name": api.microversion_header,
        "in": "header",
        "description": description,
        "schema": schema,
        "example": f"{before}{asked}",
    }


def microversion_component(api: Api) -> str:
    """The name of the microversion header's component."""
    return names.camel(api.microversion_header) or "Microversion"
