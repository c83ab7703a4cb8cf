"""How settings describe a hook; apart from the reading, which imports much more."""

from __future__ import annotations

import msgspec


class Hook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way in which extensions may add fields to an operation's request.

    :ivar namespace: entry-point group of those that do
    :ivar method: what is called on them: ``version -> {field: schema}``
    :ivar operation: ``METHOD /path``, for an action ``METHOD /path action``,
        or an operation's id; or a list of such
    :ivar target: JSON pointer to where in the request schema the fields go
    :ivar targets: entry-point name -> another pointer for what it adds
    """

    namespace: str
    method: str
    operation: str | tuple[str, ...]
    target: str
    targets: dict[str, str] = {}

    @property
    def operations(self) -> tuple[str, ...]:
        """What it adds to, as a list in any case."""
        return (self.operation,) if isinstance(self.operation, str) else self.operation
