"""Schemas of servers."""

from __future__ import annotations

from typing import Any, Final

from compute_example.api.compute.schemas.flavors import FLAVOR_FACTS
from compute_example.api.validation import parameter_types as types

STATUSES: Final = ["ACTIVE", "SHUTOFF"]

_NAME = types.name("What people call the server; another one may have the same name.")
_DESCRIPTION = {
    "type": ["string", "null"],
    "maxLength": 255,
    "pattern": types.TEXT_PATTERN,
    "description": "What the server is for.",
}

_CREATE: dict[str, Any] = {
    "name": _NAME,
    "flavorRef": types.uuid("The id of the flavor, which says how large the server is."),
    "imageRef": types.uuid("The id of the image that the server starts from."),
}
CREATE: Final = types.record({"server": types.record(_CREATE, description="The server.")})
CREATE_V22: Final = types.record(
    {
        "server": types.record(
            {**_CREATE, "description": _DESCRIPTION}, "description", description="The server."
        )
    }
)

UPDATE: Final = types.record(
    {"server": types.record({"name": _NAME}, description="What is to change.")}
)
UPDATE_V22: Final = types.record(
    {
        "server": {
            **types.record(
                {"name": _NAME, "description": _DESCRIPTION},
                "name",
                "description",
                description="What is to change.",
            ),
            "minProperties": 1,
        }
    }
)

_PAGE: dict[str, Any] = {
    "limit": {
        "type": "string",
        "pattern": "^[0-9]{1,9}$",
        "description": "How many servers a page has at most. The service has a limit of its own, "
        "which is also what 0 asks for.",
    },
    "marker": types.uuid("The id of the last server of the page before."),
    "name": {
        "type": "string",
        "maxLength": 255,
        "description": "Only servers whose name has this in it.",
    },
    "status": {
        "type": "string",
        "enum": STATUSES,
        "description": "Only servers in this state.",
    },
    "all_projects": {
        "type": "string",
        "enum": ["true", "false"],
        "description": "Whether the servers of all projects are listed, for administrators.",
    },
}
INDEX_QUERY: Final = types.query(**_PAGE)

_SUMMARY: dict[str, Any] = {
    "id": types.uuid("The server's id."),
    "name": {"type": "string", "description": "What people call the server."},
    "links": types.links(),
}
_FACTS: dict[str, Any] = {
    **_SUMMARY,
    "status": {
        "type": "string",
        "enum": STATUSES,
        "description": "`ACTIVE` while the server runs, `SHUTOFF` while it is stopped.",
    },
    "project_id": {"type": "string", "description": "The project that the server belongs to."},
    "user_id": {"type": "string", "description": "Who created the server."},
    "image": types.record(
        {"id": types.uuid("The image's id.")}, description="The image that it started from."
    ),
    "flavor": types.record(
        {"id": types.uuid("The flavor's id.")}, description="The flavor of the server."
    ),
    "created": types.timestamp("When the server was created."),
    "updated": types.timestamp("When the server was last changed."),
}
_FACTS_V22 = {
    **_FACTS,
    "description": {
        "type": ["string", "null"],
        "description": "What the server is for; null if nobody has said it.",
    },
}
_FACTS_V23 = {
    **_FACTS_V22,
    "flavor": types.record(
        FLAVOR_FACTS, description="The flavor, as it was when the server was created."
    ),
}


def _one(facts: dict[str, Any]) -> dict[str, Any]:
    # Extensions may add what they know of a server.
    return types.record({"server": types.record(facts, description="The server.", is_open=True)})


def _many(facts: dict[str, Any]) -> dict[str, Any]:
    servers = {
        "type": "array",
        "description": "The servers, the oldest first.",
        "items": types.record(facts, is_open=True),
    }
    links = {**types.links(), "description": "Where the next page is; missing on the last one."}
    return types.record({"servers": servers, "servers_links": links}, "servers_links")


INDEX_ANSWER: Final = _many(_SUMMARY)
DETAIL_ANSWER: Final = _many(_FACTS)
DETAIL_ANSWER_V22: Final = _many(_FACTS_V22)
DETAIL_ANSWER_V23: Final = _many(_FACTS_V23)
SHOW_ANSWER: Final = _one(_FACTS)
SHOW_ANSWER_V22: Final = _one(_FACTS_V22)
SHOW_ANSWER_V23: Final = _one(_FACTS_V23)


def _action(name: str, value: dict[str, Any]) -> dict[str, Any]:
    return types.record({name: value})


START: Final = _action("start", {"type": "null", "description": "Always null."})
STOP: Final = _action("stop", {"type": "null", "description": "Always null."})
REBOOT: Final = _action(
    "reboot",
    types.record(
        {
            "type": {
                "type": "string",
                "enum": ["SOFT", "HARD"],
                "description": "`SOFT` asks a running server to reboot; `HARD` switches it off "
                "and on, and also starts one that is stopped.",
            }
        },
        description="How to reboot.",
    ),
)
