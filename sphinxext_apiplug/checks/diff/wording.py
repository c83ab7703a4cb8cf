"""A change as a sentence."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from sphinxext_apiplug.checks.diff.found import Found
from sphinxext_apiplug.checks.diff.kind import Kind

# Longer values are in the change's data; a sentence wants the beginning.
_LONGEST: Final = 100

_FIRST_CODE: Final = 100

_NOUNS: Final = {
    "api": "API",
    "extension": "extension",
    "operation": "operation",
    "policy": "policy",
    "path": "path parameter",
    "query": "query parameter",
    "header": "header",
    "request": "request field",
    "response": "response field",
}
_WHOLE: Final = {
    "request": "the request's body",
    "response": "the response",
    "fault": "the body of errors",
}
_HEADER: Final = "response-header"


def sentence(kind: Kind, found: Found) -> str:
    """What happened, in one sentence; literals are between backquotes."""
    shown = kind.sentence.format(
        thing=thing(found), before=_value(found.before), after=_value(found.after)
    )
    return shown[0].upper() + shown[1:]


def thing(found: Found) -> str:
    """What a change is about, as in ``request field `segment.name```."""
    status = f" {status_text(found.status)}" if found.status is not None else ""
    if not found.name:
        whole = _WHOLE.get(found.part) or f"the {_NOUNS[found.part]}"
        return f"{whole}{status}"
    name = _literal(found.name)
    if found.part == "fault":
        return f"the field {name} of the body of errors"
    if found.part == _HEADER:
        return f"the header {name} of the response{status}"
    return (
        f"the field {name} of the response{status}"
        if status
        else f"the {_NOUNS[found.part]} {name}"
    )


def status_text(status: int) -> str:
    """A status code; one digit stands for all codes that begin with it, 0 for any other."""
    if not status:
        return "default"
    return str(status) if status >= _FIRST_CODE else f"{status}XX"


def _value(value: Any | msgspec.UnsetType) -> str:
    if value is msgspec.UNSET:
        return "unknown"
    if value is None:
        return "none"
    if isinstance(value, list) and value:
        return ", ".join(map(_literal, map(_plain, value)))
    return _literal(_plain(value))


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _literal(text: str) -> str:
    flat = " ".join(text.split()).replace("`", "'")
    cut = flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST].rstrip()}…"
    return f"`{cut}`" if cut else '`""'
