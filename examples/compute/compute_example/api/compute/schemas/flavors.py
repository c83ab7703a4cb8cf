"""Schemas of flavors."""

from __future__ import annotations

from typing import Any, Final

from compute_example.api.validation import parameter_types as types

_SIZES: dict[str, Any] = {
    "vcpus": types.amount("How many virtual CPUs a server has.", minimum=1, maximum=1024),
    "ram": types.amount("How much memory a server has, in MiB.", minimum=1, maximum=2**24),
    "disk": types.amount("How much disk a server has, in GiB.", maximum=2**20),
}

CREATE: Final = types.record(
    {
        "flavor": types.record(
            {
                "name": types.name("What people call the flavor; no other one has that name."),
                "id": types.uuid("The flavor's id. Without it the service chooses one."),
                **_SIZES,
            },
            "id",
            description="The flavor.",
        )
    }
)

#: What a flavor is, wherever it stands.
FLAVOR_FACTS: Final[dict[str, Any]] = {
    "id": types.uuid("The flavor's id."),
    "name": {"type": "string", "description": "What people call the flavor."},
    **_SIZES,
}
_FLAVOR = {**FLAVOR_FACTS, "links": types.links()}

INDEX_ANSWER: Final = types.record(
    {
        "flavors": {
            "type": "array",
            "description": "All flavors, by name.",
            "items": types.record(_FLAVOR),
        }
    }
)
SHOW_ANSWER: Final = types.record({"flavor": types.record(_FLAVOR, description="The flavor.")})
