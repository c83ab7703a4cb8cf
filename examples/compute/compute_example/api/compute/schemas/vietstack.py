"""Schemas of offline migration."""

from __future__ import annotations

from typing import Final

from compute_example.api.validation import parameter_types as types

_HOST: Final = {
    "type": ["string", "null"],
    "minLength": 1,
    "maxLength": 255,
    "pattern": types.NAME_PATTERN,
    "description": "The host to move the server to. Null or left out: the scheduler chooses "
    "the best other one.",
}

VIETSTACK: Final = types.record(
    {"vietstack": types.record({"host": _HOST}, "host", description="Where to.")}
)
VIETSTACK_ANSWER: Final = types.record(
    {
        "vietstack": types.record(
            {
                "source": {"type": "string", "description": "The host that the server was on."},
                "host": {"type": "string", "description": "The host that the server is on now."},
            },
            description="What has been done.",
        )
    }
)
