"""Every kind of change, declared once.

The command line's ``--ignore``, the manual's page of change kinds and the sentences
of all reports are made from :data:`CHANGE_KINDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sphinxext_apiplug.checks.diff import (
    kinds_api,
    kinds_calls,
    kinds_operation,
    kinds_schema,
    kinds_values,
)
from sphinxext_apiplug.checks.diff.change import ANSWERED, Part, Severity
from sphinxext_apiplug.checks.diff.kind import Kind
from sphinxext_apiplug.inventory.errors import ApiplugError


class UnknownChangeKindError(ApiplugError, LookupError):
    """No kind of change has this name.

    :ivar name: the name that was asked for
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"no kind of change is called {name!r}")
        self.name = name


#: In the order of the manual: from the API as a whole down to a field's values.
CHANGE_KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        kind.name: kind
        for table in (kinds_api, kinds_operation, kinds_calls, kinds_schema, kinds_values)
        for kind in table.KINDS
    }
)


def change_kind(name: str) -> Kind:
    """Look a kind up.

    :raises UnknownChangeKindError: if there is none of that name
    """
    try:
        return CHANGE_KINDS[name]
    except KeyError:
        raise UnknownChangeKindError(name) from None


def severity_of(kind: Kind, part: Part) -> Severity:
    """The class of a change: what breaks senders need not break readers."""
    return kind.response if part in ANSWERED else kind.request
