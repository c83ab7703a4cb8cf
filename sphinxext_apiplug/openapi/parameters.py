"""Parameter objects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from sphinxext_apiplug.inventory.model import Api, Operation, Parameter
from sphinxext_apiplug.inventory.versions import hull
from sphinxext_apiplug.openapi import names
from sphinxext_apiplug.openapi.markdown import escape
from sphinxext_apiplug.openapi.paths import parameter_names
from sphinxext_apiplug.openapi.patterned import parameters_by_pattern
from sphinxext_apiplug.openapi.references import references
from sphinxext_apiplug.openapi.schemas import rebuild
from sphinxext_apiplug.openapi.variants import VENDOR, choice
from sphinxext_apiplug.openapi.work import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_apiplug.openapi.components import SchemaComponents
    from sphinxext_apiplug.openapi.paths import Group
    from sphinxext_apiplug.openapi.versions import View

# OpenAPI gives these to the media types and the security schemes.
_RESERVED: Final = frozenset({"accept", "content-type", "authorization"})
# re.escape() escapes more than ECMAScript allows.
_REGEX_SIGN: Final = re.compile(r"[\^$\\.*+?()\[\]{}|/]")
# Longer lists say nothing that the pattern doesn't.
_LONGEST_LIST: Final = 200


def parameters(group: Group, view: View, components: SchemaComponents) -> list[dict[str, Any]]:
    """The parameters of a group: path, then query, then header, in reading order.

    :param components: gets the schemas that refer to definitions
    """
    found: dict[tuple[str, str], list[_Own]] = {}
    for member in group.members:
        renamed = dict(zip(_own_names(member, group), group.parameters, strict=True))
        for parameter in member.parameters:
            if _belongs(parameter, renamed, view) and not parameter.by_pattern:
                is_path = parameter.location == "path"
                name = renamed[parameter.name] if is_path else parameter.name
                schema = _schema(parameter, member, components)
                own = _Own(parameter=parameter, schema=schema)
                found.setdefault((parameter.location, name), []).append(own)
    written = [_path_parameter(name, found.pop(("path", name), [])) for name in group.parameters]
    order = ("query", "header")
    for (location, name), same in sorted(found.items(), key=lambda item: order.index(item[0][0])):
        everywhere = len(same) >= len(group.members)
        written.append(_parameter(name, location, same, view, everywhere=everywhere))
    by_pattern = [
        parameter
        for member in group.members
        for parameter in member.parameters
        if parameter.by_pattern and view.shows(parameter.versions)
    ]
    if by_pattern:
        written.append(parameters_by_pattern(by_pattern, {item["name"] for item in written}, view))
    return written


class _Own(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter as one member of a group has it, its schema as it is written."""

    parameter: Parameter
    schema: dict[str, Any]


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


def _path_parameter(name: str, same: Sequence[_Own]) -> dict[str, Any]:
    written: dict[str, Any] = {"name": name, "in": "path", "required": True, **_described(same)}
    return {**written, "schema": _either(same) if same else {"type": "string"}}


def _parameter(
    name: str, location: str, same: Sequence[_Own], view: View, *, everywhere: bool
) -> dict[str, Any]:
    written: dict[str, Any] = {"name": name, "in": location, **_described(same)}
    marks = view.marks(hull(item.parameter.versions for item in same))
    if everywhere and not marks and all(item.parameter.required for item in same):
        written["required"] = True
    written["schema"] = _either(same)
    if marks:
        written[VENDOR] = marks
    return written


def _described(same: Sequence[_Own]) -> dict[str, str]:
    texts = (item.parameter.description for item in same)
    description = next(filter(None, texts), "")
    return {"description": escape(description)} if description else {}


def _either(same: Sequence[_Own]) -> dict[str, Any]:
    return choice([item.schema for item in same], None, keyword="anyOf")


def _schema(
    parameter: Parameter, member: Operation, components: SchemaComponents
) -> dict[str, Any]:
    schema = parameter.schema
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    work = components.work
    if work.once(schema, "refers", lambda: next(references(schema), None) is not None):
        name = names.camel(parameter.name)
        return components.place(schema, [name, f"{name}Parameter"], member.id)
    written: dict[str, Any] = work.once(schema, "inline", lambda: rebuild(schema, tidy))
    return written


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
