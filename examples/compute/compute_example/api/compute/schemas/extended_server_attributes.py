"""Schemas of what the extension adds to servers."""

from __future__ import annotations

from typing import Final

FIELD: Final = "OS-EXT-SRV-ATTR:host"

_SERVER: Final = {
    "type": "object",
    "description": "The server.",
    "properties": {
        FIELD: {
            "type": "string",
            "description": "The host that the server is on; only administrators see it.",
        }
    },
}

SHOW_ANSWER: Final = {"type": "object", "properties": {"server": _SERVER}}
DETAIL_ANSWER: Final = {
    "type": "object",
    "properties": {
        "servers": {
            "type": "array",
            "description": "The servers, the oldest first.",
            "items": _SERVER,
        }
    },
}
