"""Where an operation stands in the API, and what it is called for that."""

from __future__ import annotations

import re

import msgspec

_VERBS = {
    "index": "list",
    "show": "show",
    "create": "create",
    "update": "update",
    "delete": "delete",
}


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where an operation stands in the API.

    :ivar patterns: path variable -> regular expression
    :ivar parents: collections that the resource is nested in
    :ivar name: the handler's method or the action's name
    """

    method: str
    path: str
    patterns: dict[str, str]
    parents: tuple[str, ...]
    collection: str
    member: str
    name: str
    action: str | None = None


def identifier(place: Place) -> str:
    """An id for an operation, as in ``racks-list``; others may have the same."""
    verb = _VERBS.get(place.name, place.name)
    words = [*place.parents, place.collection, place.action or verb]
    slug = "-".join(re.sub(r"[^A-Za-z0-9_]+", "-", word).strip("-") for word in words if word)
    return re.sub(r"-{2,}", "-", slug).strip("-")[:120] or "operation"


def title(place: Place) -> str:
    """A title for a handler without a docstring, as in "List extensions"."""
    verb = _VERBS.get(place.name)
    noun = _words(place.collection if verb in (None, "list") else place.member)
    if place.action is None and verb is not None:
        return f"{verb.capitalize()} {noun}"
    words = _words(place.action or place.name)
    title = words[:1].upper() + words[1:].lower()
    if place.action is not None:
        return title
    is_told_what_to_do = words.partition(" ")[0] in _VERBS.values()
    return f"{title} {noun}" if is_told_what_to_do else f"{noun[:1].upper()}{noun[1:]}: {words}"


def _words(name: str) -> str:
    """The words of a name in any of the usual spellings."""
    plain = _without_prefix(name)
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_-]+", " ", plain).strip()


def _without_prefix(name: str) -> str:
    """A name without the ``os-`` that was once the mark of an extension."""
    return re.sub("^os[-_](?=.)", "", name)
