"""Schemas of what the scheduler would choose."""

from __future__ import annotations

from typing import Any, Final

from compute_example.api.validation import parameter_types as types

INDEX_QUERY: Final = {
    **types.query(
        image=types.uuid("The id of the image that the server would start from."),
        flavor=types.uuid("The id of the flavor that the server would have."),
        max_count={
            "type": "string",
            "pattern": "^[1-9][0-9]{0,8}$",
            "description": "How many hosts are listed at most.",
        },
    ),
    "required": ["image", "flavor"],
}

_HOST: dict[str, Any] = {
    "host": {"type": "string", "description": "The host's name."},
    "weight": {
        "type": "number",
        "description": "How well the host fits; the best one comes first.",
    },
}
_HOST_V25: dict[str, Any] = {
    **_HOST,
    "free": types.record(
        {
            "vcpus": types.amount("Virtual CPUs that no server has."),
            "ram": types.amount("Memory that no server has, in MiB."),
            "disk": types.amount("Disk that no server has, in GiB."),
        },
        description="What is free on the host.",
    ),
}


def _many(host: dict[str, Any]) -> dict[str, Any]:
    hosts = {
        "type": "array",
        "description": "The hosts that could take the server, the best one first.",
        "items": types.record(host),
    }
    return types.record({"hosts": hosts})


INDEX_ANSWER: Final = _many(_HOST)
INDEX_ANSWER_V25: Final = _many(_HOST_V25)
