"""Schemas of images."""

from __future__ import annotations

from typing import Any, Final

from compute_example.api.validation import parameter_types as types

_SUMMARY: dict[str, Any] = {
    "id": types.uuid("The image's id."),
    "name": {"type": "string", "description": "What people call the image."},
    "links": types.links(),
}
_FACTS_V24: dict[str, Any] = {
    **_SUMMARY,
    "status": {
        "type": "string",
        "enum": ["ACTIVE"],
        "description": "`ACTIVE`: servers can start from it.",
    },
    "minRam": types.amount("The least memory that a server of it must have, in MiB."),
    "minDisk": types.amount("The least disk that a server of it must have, in GiB."),
    "metadata": {
        "type": "object",
        "description": "What a host must have, as in `hw_architecture`: `aarch64`.",
        "additionalProperties": {"type": "string"},
    },
    "created": types.timestamp("When the image was added."),
}
_FACTS = {
    **_FACTS_V24,
    "progress": {
        "type": "integer",
        "minimum": 0,
        "maximum": 100,
        "description": "How much of the image is there, in percent.",
    },
}


def _many(facts: dict[str, Any]) -> dict[str, Any]:
    images = {
        "type": "array",
        "description": "All images, by name.",
        "items": types.record(facts),
    }
    return types.record({"images": images})


INDEX_ANSWER: Final = _many(_SUMMARY)
DETAIL_ANSWER: Final = _many(_FACTS)
SHOW_ANSWER: Final = types.record({"image": types.record(_FACTS, description="The image.")})
SHOW_ANSWER_V24: Final = types.record(
    {"image": types.record(_FACTS_V24, description="The image.")}
)
