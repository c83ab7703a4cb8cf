"""Schemas of the list of extensions."""

from __future__ import annotations

from typing import Any, Final

from compute_example.api.validation import parameter_types as types

_EXTENSION: dict[str, Any] = {
    "alias": {"type": "string", "description": "Names the extension in programs."},
    "name": {"type": "string", "description": "Names the extension for people."},
    "description": {"type": "string", "description": "What the extension is for."},
    "version": types.amount("The extension's own version.", minimum=1),
    "links": types.links(),
}

INDEX_ANSWER: Final = types.record(
    {
        "extensions": {
            "type": "array",
            "description": "All extensions that are enabled, by alias.",
            "items": types.record(_EXTENSION),
        }
    }
)
SHOW_ANSWER: Final = types.record(
    {"extension": types.record(_EXTENSION, description="The extension.")}
)
