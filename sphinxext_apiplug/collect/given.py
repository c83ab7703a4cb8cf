"""Sample values that the settings give, and which of them fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from sphinxext_apiplug.inventory.model import Operation
from sphinxext_apiplug.inventory.problems import Problem

_VARIABLE: Final = re.compile(r"\{[^{}]*\}")
_CALL: Final = re.compile(r"(?:(?P<method>[A-Z]+) )?(?P<path>/[^#\s]*)(?:#(?P<action>\S+))?")


class Call(NamedTuple):
    """Which operations some values are for.

    :ivar method: ``None`` for any
    :ivar path: with its variables' names left out
    :ivar action: ``None`` for any
    """

    method: str | None
    path: str
    action: str | None

    def fits(self, operation: Operation) -> bool:
        """Whether an operation is meant."""
        return (
            self.path == _VARIABLE.sub("{}", operation.path)
            and self.method in (None, operation.method)
            and self.action in (None, operation.action)
        )


def parse_call(text: str) -> Call | None:
    """Read ``/racks/{id}``, ``POST /racks`` or ``POST /racks/{id}/action#move``."""
    match = _CALL.fullmatch(text)
    if match is None:
        return None
    return Call(match["method"], _VARIABLE.sub("{}", match["path"]), match["action"])


class Values:
    """The values for one operation's example.

    :ivar wanted: the names that its own values are for: what isn't required is
        shown too, if it is one of them
    """

    def __init__(
        self, found: Mapping[str, list[tuple[str, Any]]], wanted: frozenset[str], used: set[str]
    ) -> None:
        self._found = found
        self._used = used
        self.wanted = wanted

    def of(self, name: str) -> Iterator[Any]:
        """The values for a name, those for this operation alone first."""
        for _, value in self._found.get(name, ()):
            yield value

    def note(self, name: str, value: Any) -> None:
        """Remember that a value was valid, if it is one of those given."""
        self._used.update(key for key, item in self._found.get(name, ()) if item is value)

    def has(self, name: str, value: Any) -> bool:
        """Whether a value is one of those given for a name, or a list of some."""
        items = value if isinstance(value, list) else [value]
        given = [*self.of(name)]
        return value in given or (bool(items) and all(item in given for item in items))


#: For an operation that nothing is given for.
NOTHING: Final = Values({}, frozenset(), set())


class Samples:
    """The ``samples`` setting of one API."""

    def __init__(self, samples: Mapping[str, Any]) -> None:
        self._everywhere = {key: value for key, value in samples.items() if "/" not in key}
        self._calls = [
            (key, call, value)
            for key, value in samples.items()
            if (call := parse_call(key)) is not None
        ]
        self._used: set[str] = set()

    def of(self, operation: Operation) -> Values:
        """The values for one operation."""
        own = [item for item in self._calls if item[1].fits(operation)]
        # The more is said of the operation, the sooner its values are tried.
        own.sort(key=lambda item: item[1].action is None)
        own.sort(key=lambda item: item[1].method is None)
        found: dict[str, list[tuple[str, Any]]] = {}
        for key, _, values in own:
            for name, value in values.items():
                found.setdefault(name, []).append((f"{key}: {name}", value))
        wanted = frozenset(found)
        for name, value in self._everywhere.items():
            found.setdefault(name, []).append((name, value))
        return Values(found, wanted, self._used)

    def problems(self) -> Iterator[Problem]:
        """What fitted nowhere."""
        keys = [*self._everywhere]
        keys += [f"{key}: {name}" for key, _, values in self._calls for name in values]
        for key in keys:
            if key not in self._used:
                message = "no published example has a parameter or field that it is valid for"
                yield Problem(kind="sample-unused", subject=f"samples: {key}", message=message)
