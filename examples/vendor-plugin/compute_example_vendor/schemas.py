"""JSON Schemas of requests and answers. Their descriptions are what the reference tells."""

from __future__ import annotations

from typing import Any, Final

from compute_example.api.validation import parameter_types as types

#: What the extension for servers adds to them.
STATUS_FIELD: Final = "vendor-maintenance:window"

_TIME: Final = {
    "type": "string",
    "format": "date-time",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
}
_STARTS: Final = {
    **_TIME,
    "description": "When it begins, in UTC.",
    "examples": ["2027-03-01T22:00:00Z"],
}
_ENDS: Final = {
    **_TIME,
    "description": "When it ends, in UTC; later than it begins.",
    "examples": ["2027-03-02T04:00:00Z"],
}
_HOST: Final = {
    **types.name("The name of the host that is worked on."),
    "examples": ["node-1"],
}
_REASON: Final = {
    **types.name("What is done to the host, for the people who wait for it."),
    "examples": ["New power supply"],
}
_ID: Final = types.uuid("The maintenance window's id.")

_CREATE: Final[dict[str, Any]] = {"host": _HOST, "starts_at": _STARTS, "ends_at": _ENDS}


def _wrapped(window: dict[str, Any]) -> dict[str, Any]:
    return types.record({"maintenance_window": window})


CREATE: Final = _wrapped(types.record(_CREATE, description="What is planned."))
CREATE_V22: Final = _wrapped(
    types.record({**_CREATE, "reason": _REASON}, "reason", description="What is planned.")
)
UPDATE_V22: Final = _wrapped(
    {
        **types.record(
            {"starts_at": _STARTS, "ends_at": _ENDS, "reason": _REASON},
            "starts_at",
            "ends_at",
            "reason",
            description="What is to change.",
        ),
        "minProperties": 1,
    }
)

INDEX_QUERY: Final = types.query(
    limit={
        "type": "string",
        "pattern": "^[0-9]{1,9}$",
        "description": "How many windows a page has at most; the service has a limit of its own.",
    },
    marker=types.uuid("The id of the last window of the page before."),
    host={
        "type": "string",
        "maxLength": 255,
        "description": "Only windows of the host of this name.",
    },
)

_WINDOW: Final[dict[str, Any]] = {
    "id": _ID,
    "host": _HOST,
    "starts_at": _STARTS,
    "ends_at": _ENDS,
    "created": types.timestamp("When it was planned."),
    "links": types.links(),
}
_WINDOW_V22: Final[dict[str, Any]] = {
    **_WINDOW,
    "reason": {
        "type": ["string", "null"],
        "description": "What is done to the host; null if nobody has said it.",
        "examples": ["New power supply"],
    },
}


def _one(window: dict[str, Any]) -> dict[str, Any]:
    return _wrapped(types.record(window, description="The maintenance window."))


def _many(window: dict[str, Any]) -> dict[str, Any]:
    windows = {
        "type": "array",
        "description": "The windows, the earliest first.",
        "items": types.record(window),
    }
    links = {**types.links(), "description": "Where the next page is; missing on the last one."}
    return types.record(
        {"maintenance_windows": windows, "maintenance_windows_links": links},
        "maintenance_windows_links",
    )


SHOW_ANSWER: Final = _one(_WINDOW)
SHOW_ANSWER_V22: Final = _one(_WINDOW_V22)
INDEX_ANSWER: Final = _many(_WINDOW)
INDEX_ANSWER_V22: Final = _many(_WINDOW_V22)

_STATUS: Final = {
    **types.record({"id": _ID, "starts_at": _STARTS, "ends_at": _ENDS}),
    "type": ["object", "null"],
    "description": "The maintenance window that the server's host is in, or its next one; null "
    "if none is planned. While it lasts the server may be interrupted.",
}
_SERVER: Final = {"type": "object", "properties": {STATUS_FIELD: _STATUS}}

STATUS_ANSWER: Final = {"type": "object", "properties": {"server": _SERVER}}
STATUS_DETAIL_ANSWER: Final = {
    "type": "object",
    "properties": {"servers": {"type": "array", "items": _SERVER}},
}
