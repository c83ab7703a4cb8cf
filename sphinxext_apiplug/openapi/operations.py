"""Operation objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext_apiplug.openapi.markdown import escape
from sphinxext_apiplug.openapi.parameters import parameters
from sphinxext_apiplug.openapi.variants import VENDOR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinxext_apiplug.inventory.model import Extension, Operation, Response
    from sphinxext_apiplug.openapi.bodies import Writer
    from sphinxext_apiplug.openapi.paths import Group
    from sphinxext_apiplug.openapi.versions import View


def operation(
    group: Group,
    extensions: Mapping[str, Extension],
    writer: Writer,
    shared: list[dict[str, Any]],
) -> dict[str, Any]:
    """The operation object of a group.

    :param group: with those members alone that the document shows
    :param extensions: the API's, by alias
    :param shared: references to the parameters that every operation has
    """
    members, view = group.members, writer.view
    written: dict[str, Any] = {
        "operationId": group.id,
        "tags": sorted({member.extension for member in members}),
        "summary": escape(_summary(group)),
        "description": escape(_description(group)),
    }
    if all(member.deprecated for member in members):
        written["deprecated"] = True
    own = parameters(group, view, writer.components)
    hidden = {(item["in"], item["name"].lower()) for item in own}
    own += [item for item in shared if ("header", item["name"].lower()) not in hidden]
    if own:
        written["parameters"] = own
    request = writer.request(group)
    if request is not None:
        written["requestBody"] = request
    written["responses"] = writer.responses(group)
    if not group.is_merged and (marks := view.marks(members[0].versions)):
        written[VENDOR] = marks
    written["x-apiplug"] = _provenance(group, extensions, view)
    return written


def _summary(group: Group) -> str:
    if not group.is_merged:
        member = group.members[0]
        return member.summary or f"{member.method.upper()} {group.path}"
    actions = [member.action or member.summary or member.id for member in group.members]
    listed = ", ".join(actions[:3]) + (", …" if len(actions) > 3 else "")
    return f"{group.members[0].resource or group.path}: {listed}"


def _description(group: Group) -> str:
    if not group.is_merged:
        member = group.members[0]
        return member.description or _summary(group)
    lines = [f"- {_label(member)}: {member.summary or member.id}" for member in group.members]
    return "The body says what is to be done:\n\n" + "\n".join(lines)


def _label(member: Operation) -> str:
    return f"`{member.action}`" if member.action else member.id


def _provenance(group: Group, extensions: Mapping[str, Extension], view: View) -> dict[str, Any]:
    if not group.is_merged:
        return _origin(group.members[0], extensions, view)
    return {
        "operations": [
            {"id": member.id, **_origin(member, extensions, view)} for member in group.members
        ]
    }


def _origin(member: Operation, extensions: Mapping[str, Extension], view: View) -> dict[str, Any]:
    extension = extensions.get(member.extension)
    origin: dict[str, Any] = {
        "extension": member.extension,
        "distribution": None if extension is None else origin_of(extension),
        "action": member.action,
        "handler": member.handler.object,
        "source": str(member.handler),
        "policy": [policy.name for policy in member.policies],
        "policy_in_some_cases": [item.name for item in member.policies if item.conditional],
        "augmented_by": [item.extension for item in member.augmented_by],
        "commands": [
            f"{item.program} {item.name}" for item in member.commands if view.shows(item.versions)
        ],
        "inferred": _inferred(member, view),
    }
    return {key: value for key, value in origin.items() if value}


def _inferred(member: Operation, view: View) -> list[str]:
    """What was deduced from the handler's code rather than declared.

    It is listed here, not marked there, so that equal parameters and responses
    stay equal.
    """
    shown = [item for item in member.parameters if item.inferred and view.shows(item.versions)]
    codes = [item for item in member.responses if item.inferred and view.shows(item.versions)]
    found = [f"{item.location} {item.name}" for item in shown]
    found += [f"response {item.status}" for item in codes]
    found += [
        f"body of response {item.status}" for item in member.responses if _guessed(item, view)
    ]
    found += [
        f"header {header.name}"
        for item in member.responses
        for header in item.headers
        if header.inferred and view.shows(header.versions)
    ]
    if any(item.inferred and view.shows(item.versions) for item in member.request):
        found.append("request")
    return list(dict.fromkeys(found))


def _guessed(response: Response, view: View) -> bool:
    shown = [item.inferred for item in response.payloads if view.shows(item.versions)]
    return bool(shown) and all(shown)


def origin_of(extension: Extension) -> str:
    """Name and version of the distribution that an extension came in."""
    return f"{extension.distribution} {extension.distribution_version}".strip()
