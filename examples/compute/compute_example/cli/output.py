"""How things are shown: short for people, whole for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cliff.columns import FormattableColumn

Row = tuple[Any, ...]


class Named(FormattableColumn[Any]):
    """Something embedded or referred to, which people see the name or the id of."""

    def human_readable(self) -> str:
        """Its name, else its id."""
        return str(self._value.get("name", self._value.get("id")))


class Plain(FormattableColumn[Any]):
    """A value that people see without Python's quotes and brackets."""

    def human_readable(self) -> str:
        """Lists with commas, mappings as ``name=value``, nothing for ``None``."""
        value = self._value
        if isinstance(value, Mapping):
            return ", ".join(f"{key}={value[key]}" for key in sorted(value))
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return "" if value is None else str(value)


def row(item: Mapping[str, Any], columns: Sequence[str]) -> Row:
    """The fields of one thing in the order of *columns*; ``None`` for one that isn't there."""
    return tuple(_cell(item.get(name)) for name in columns)


def details(item: Mapping[str, Any]) -> tuple[tuple[str, ...], Row]:
    """All fields of one thing: first the ones that identify it, then by name."""
    first = [name for name in ("id", "name", "alias") if name in item]
    names = (*first, *sorted(set(item) - {*first, "links"}))
    return names, row(item, names)


def _cell(value: Any) -> Any:
    if isinstance(value, Mapping) and ("name" in value or set(value) == {"id"}):
        return Named(value)
    return Plain(value) if isinstance(value, Mapping | list) or value is None else value
