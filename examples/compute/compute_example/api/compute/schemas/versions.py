"""Schema of version discovery."""

from __future__ import annotations

from typing import Final

from compute_example.api.validation import parameter_types as types

_VERSION_PATTERN: Final = r"^[0-9]+\.[0-9]+$"

SHOW_ANSWER: Final = types.record(
    {
        "version": types.record(
            {
                "id": {"type": "string", "description": "Names this version of the API."},
                "status": {
                    "type": "string",
                    "enum": ["CURRENT"],
                    "description": "`CURRENT`: the one to use.",
                },
                "min_version": {
                    "type": "string",
                    "pattern": _VERSION_PATTERN,
                    "description": "The oldest microversion that is accepted.",
                },
                "version": {
                    "type": "string",
                    "pattern": _VERSION_PATTERN,
                    "description": "The newest microversion that is accepted.",
                },
                "updated": types.timestamp("When the API was last changed."),
                "links": types.links(),
            },
            description="What the API is.",
        )
    }
)
