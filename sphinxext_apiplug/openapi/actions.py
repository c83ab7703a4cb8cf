"""The bodies of actions: of several at one path, each tells which one it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_apiplug.inventory.model import Operation, Response, Schema
    from sphinxext_apiplug.openapi.work import Work


def action_schema(work: Work, action: str, schema: Schema) -> Schema:
    """The schema of an action's body: titled, with the action's key and no other one.

    The key decides which handler is called, so a body without it never meets
    the schema, whether the schema asks for it or not.
    """
    made: Schema = work.once(schema, ("action", action), lambda: _action_schema(action, schema))
    return made


def is_body_of(action: str | None, body: Any) -> bool:
    """Whether an example's body can reach the handler of an action, or of no action."""
    if action is None:
        return body is not msgspec.UNSET
    return isinstance(body, dict) and action in body


def _action_schema(action: str, schema: Schema) -> Schema:
    if isinstance(schema, bool):
        schema = {"type": "object", "required": [action], "properties": {action: schema}}
    made: dict[str, Any] = {"title": action, "type": "object", **schema}
    required = made.get("required", [])
    if isinstance(required, list) and action not in required:
        made["required"] = [action, *required]
    if made.get("additionalProperties") is not False:
        made.setdefault("maxProperties", 1)
    return made


def action_texts(same: Sequence[tuple[Operation, Response]]) -> str:
    """Why one status code comes; where it depends on the action, a line for each reason."""
    reasons: dict[str, list[str]] = {}
    for member, response in same:
        if response.description:
            reasons.setdefault(response.description, []).append(member.action or member.id)
    if len(reasons) < 2:
        return next(iter(reasons), "")
    # A blank line would end the list.
    return "\n".join(
        f"- {', '.join(dict.fromkeys(names))}: {' '.join(text.split())}"
        for text, names in reasons.items()
    )
