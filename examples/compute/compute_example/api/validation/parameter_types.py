"""Parts that many schemas share."""

from __future__ import annotations

from typing import Any, Final

#: Printable text, with no space at either end.
NAME_PATTERN: Final = r"^[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?$"
#: What may be typed into a field of many lines.
TEXT_PATTERN: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"


def name(description: str) -> dict[str, Any]:
    """What people call something."""
    return {
        "type": "string",
        "minLength": 1,
        "maxLength": 255,
        "pattern": NAME_PATTERN,
        "description": description,
    }


def uuid(description: str) -> dict[str, Any]:
    """An id that the service has given."""
    return {"type": "string", "format": "uuid", "description": description}


def amount(description: str, *, minimum: int = 0, maximum: int = 2**31 - 1) -> dict[str, Any]:
    """A whole number."""
    return {
        "type": "integer",
        "minimum": minimum,
        "maximum": maximum,
        "description": description,
    }


def timestamp(description: str) -> dict[str, Any]:
    """A time in UTC."""
    return {"type": "string", "format": "date-time", "description": description}


def links() -> dict[str, Any]:
    """Where something can be found."""
    return {
        "type": "array",
        "description": "Where it can be found.",
        "items": {
            "type": "object",
            "properties": {
                "rel": {
                    "type": "string",
                    "enum": ["self", "next"],
                    "description": "What the link leads to.",
                },
                "href": {"type": "string", "format": "uri", "description": "The URL."},
            },
            "required": ["rel", "href"],
            "additionalProperties": False,
        },
    }


def once(value: dict[str, Any]) -> dict[str, Any]:
    """A query parameter that may be given once."""
    return {"type": "array", "items": value, "maxItems": 1}


def query(**parameters: dict[str, Any]) -> dict[str, Any]:
    """A query string that has these parameters, each at most once, and no others."""
    return {
        "type": "object",
        "properties": {key: once(value) for key, value in parameters.items()},
        "additionalProperties": False,
    }


def record(
    properties: dict[str, Any], *optional: str, description: str = "", is_open: bool = False
) -> dict[str, Any]:
    """An object of which all properties but the optional ones are always there.

    :param is_open: extensions may add properties
    """
    found: dict[str, Any] = {
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if key not in optional],
    }
    if description:
        found["description"] = description
    if not is_open:
        found["additionalProperties"] = False
    return found


NO_QUERY: Final = query()
