"""What a comparison finds: changes, each with a kind, a class and a place."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

import msgspec

from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.inventory.versions import VersionRange

#: What a change means to a caller who changes nothing: what worked may work no
#: longer; all works as before; nothing is different but what is said about it.
Severity: TypeAlias = Literal["breaking", "compatible", "documentation"]

#: From the gravest to the mildest.
SEVERITIES: Final[tuple[Severity, ...]] = ("breaking", "compatible", "documentation")

#: What of an API changed.
Part: TypeAlias = Literal[
    "api", "extension", "operation", "policy", "path", "query", "header", "request", "response",
    "response-header", "fault",
]  # fmt: skip

#: Those of them that callers get.
ANSWERED: Final[frozenset[Part]] = frozenset({"response", "response-header", "fault"})


class Where(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The place of a change.

    :ivar operation: the operation's id, as the new API has it, or the old one if it
        is gone; empty for the API and its extensions
    :ivar call: how the operation is called, as in ``POST /v1/segments``
    :ivar part: what of it changed
    :ivar status: the status code, for responses
    :ivar name: path of a field, as in ``servers[].locked``; the name of a parameter,
        policy or header; an extension's alias; empty for the part as a whole
    :ivar pointer: path of a field as JSON pointers have it; ``[]`` stands for the
        items of an array, ``*`` for any field that isn't named
    :ivar versions: the microversions at which the change is seen, oldest first;
        empty if it is seen at all of them, or if there are none
    """

    part: Part
    operation: str = ""
    call: str = ""
    status: int | None = None
    name: str = ""
    pointer: str = ""
    versions: tuple[VersionRange, ...] = ()


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is otherwise in the new API.

    :ivar kind: a key of :data:`.kinds.CHANGE_KINDS`
    :ivar severity: the kind's class in this direction; never ``breaking`` for what
        is so only from a microversion on that the old API didn't have
    :ivar before: how it was, as JSON data; :data:`msgspec.UNSET` if it wasn't there
    :ivar after: how it is now, likewise
    :ivar message: one sentence for a person, literals between backquotes
    :ivar source: the handler, of the new API where it is known
    """

    kind: str
    severity: Severity
    where: Where
    message: str
    before: Any | msgspec.UnsetType = msgspec.UNSET
    after: Any | msgspec.UnsetType = msgspec.UNSET
    source: Source | None = None
