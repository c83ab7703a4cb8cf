"""Any Python value as plain JSON data, without asking too much of it.

A schema in a plugin may hold tuples, sets, dates, lazy translations, mocks, or
itself. Here it becomes dicts with text keys, lists and scalars; what has no JSON
form becomes an :class:`Unknown`, and a container inside itself a :class:`Loop`.
"""

from __future__ import annotations

import enum
import ipaddress
import json
import math
import re
import uuid
from collections import deque
from collections.abc import Callable, Iterable, KeysView, Mapping, Sequence, ValuesView
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from inspect import getattr_static
from pathlib import PurePath
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, Final, NamedTuple

# Deeper than any schema that a person reads. A validator needs some ten frames of
# Python's thousand for each level.
DEEPEST: Final = 64
# One small dict in itself many times over can stand for more than memory holds.
MOST_VALUES: Final = 50_000
# Larger numbers are beyond what Python turns into text.
_LARGEST: Final = 10**300
_LONGEST_NAME: Final = 200
# What has a name of its own, rather than just a class.
_NAMED: Final = (type, FunctionType, BuiltinFunctionType, MethodType)


class Unknown(NamedTuple):
    """Something that JSON can't hold.

    :ivar name: of the object, its function or its class; never a memory address
    :ivar regex: what it says as a regular expression, if it carries one
    :ivar noted: there is a finding about it already
    :ivar mocked: it stands for something that isn't installed
    """

    name: str
    regex: str | None = None
    noted: bool = False
    mocked: bool = False

    def __str__(self) -> str:
        return self.name


class Loop(NamedTuple):
    """A container that stands inside itself; *pointer* leads to it."""

    pointer: str

    def __str__(self) -> str:
        return f"a copy of #{self.pointer}"


#: Called with the JSON pointer and what was lost there.
Note = Callable[[str, str], None]


def plain(value: object, note: Note) -> Any:
    """Turn any object into plain data. Never raises, never changes *value*."""
    return _Plainer(note).convert(value, "")


class _Plainer:
    def __init__(self, note: Note) -> None:
        self._note = note
        self._left = MOST_VALUES
        self._cut = False
        self._open: dict[int, str] = {}

    def convert(self, value: object, pointer: str) -> Any:
        """The plain form of *value*, which stands at *pointer*."""
        self._left -= 1
        if self._left < 0:
            if self._left == -1:
                self._note(pointer, f"is larger than {MOST_VALUES} values; the rest is left out")
            return Unknown("more than can be shown", noted=True)
        try:
            return self._convert(value, pointer)
        # Whatever the plugin's own classes raise, the rest of the schema is good.
        except Exception as error:  # noqa: BLE001 - it is a plugin's object
            self._note(pointer, f"can't be read ({type(error).__name__}); left out")
            return Unknown(type(value).__name__, noted=True)

    def _convert(self, value: object, pointer: str) -> Any:
        kind = type(value)
        if value is None or kind is bool or (kind is str and value.isascii()):  # type: ignore[attr-defined]
            return value
        if kind is dict:
            return self._contained(value, pointer, self._mapping)
        if issubclass(kind, enum.Enum):
            return self.convert(getattr_static(value, "_value_"), pointer)
        if issubclass(kind, str | bytes | int | float):
            return self._scalar(value, pointer)
        for kinds, convert in (
            (Mapping, self._mapping),
            (AbstractSet | KeysView, self._set),
            (Sequence | ValuesView | deque | enum.EnumMeta, self._sequence),
        ):
            if issubclass(kind, kinds):
                return self._contained(value, pointer, convert)
        return _exotic(value)

    def _scalar(self, value: Any, pointer: str) -> Any:
        if isinstance(value, str):
            return self._text(str.__str__(value), pointer)
        if isinstance(value, bytes):
            return self._text(bytes.decode(value, "utf-8"), pointer)
        number = int.__index__(value) if isinstance(value, int) else float.__pos__(value)
        if isinstance(number, float) and not math.isfinite(number):
            return Unknown(str(number))
        if not -_LARGEST < number < _LARGEST:
            return Unknown("a number of more than 300 digits")
        return number

    def _text(self, text: str, pointer: str) -> str:
        try:
            text.encode()
        except UnicodeEncodeError:
            self._note(pointer, "holds half a character (a lone surrogate); it is replaced")
            return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return text

    def _contained(self, value: Any, pointer: str, convert: Callable[[Any, str], Any]) -> Any:
        """Convert a container, noticing when it stands inside itself."""
        if id(value) in self._open:
            return Loop(self._open[id(value)])
        if len(self._open) >= DEEPEST:
            if not self._cut:
                self._note(pointer, f"is nested more than {DEEPEST} levels deep; left out")
            self._cut = True
            return Unknown("something very deep", noted=True)
        self._open[id(value)] = pointer
        try:
            return convert(value, pointer)
        finally:
            del self._open[id(value)]

    def _mapping(self, value: Mapping[Any, Any], pointer: str) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key in value:
            if self._left < 0:
                break
            name = self._key(key, pointer)
            if name in result:
                self._note(pointer, f"has two keys that read {name!r}; the first one is kept")
                continue
            step = name.replace("~", "~0").replace("/", "~1")
            result[name] = self.convert(value[key], f"{pointer}/{step}")
        return result

    def _key(self, key: object, pointer: str) -> str:
        if type(key) is str and key.isascii():
            return key
        name = self.convert(key, pointer)
        if isinstance(name, str):
            return name
        text = json.dumps(name, default=str) if not isinstance(name, Unknown) else name.name
        self._note(pointer, f"has a key that is no text; it is written as {text!r}")
        return text

    def _sequence(self, value: Iterable[Any], pointer: str) -> list[Any]:
        items = []
        for index, item in enumerate(value):
            if self._left < 0:
                break
            items.append(self.convert(item, f"{pointer}/{index}"))
        return items

    def _set(self, value: Iterable[Any], pointer: str) -> list[Any]:
        items = self._sequence(value, pointer)
        # A dictionary's keys have an order; a set's would change from run to run.
        if isinstance(value, KeysView):
            return items
        return sorted(items, key=lambda item: (type(item).__name__, _sortable(item)))


def _sortable(item: object) -> tuple[float, str]:
    number = item if isinstance(item, int | float) else 0
    return number, json.dumps(item, sort_keys=True, default=str)


def _exotic(value: Any) -> Any:
    """An object of a class that isn't a scalar or a container."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, uuid.UUID | PurePath | ipaddress.IPv4Address | ipaddress.IPv6Address):
        return str(value)
    if isinstance(value, Decimal | Fraction):
        number = float(value)
        if not math.isfinite(number):
            return Unknown(str(number))
        return int(number) if number.is_integer() else number
    if isinstance(value, re.Pattern):
        flag = "(?i)" if value.flags & re.IGNORECASE else ""
        return Unknown(name_of(value), f"{flag}{value.pattern}")
    if isinstance(getattr_static(type(value), "translate", None), type(plain)):
        # A lazy translation: its text is what it is for.
        return str.__str__(str(value))
    if mock_name(value):
        return Unknown(mock_name(value), mocked=True)
    attributes = getattr_static(value, "__dict__", None)
    held = vars(value) if attributes is not None and not isinstance(value, type) else {}
    regex = next((held[key] for key in ("regex", "pattern") if type(held.get(key)) is str), None)
    return Unknown(name_of(value), regex)


def mock_name(value: object) -> str:
    """The dotted name that a mock was got by; empty if it is no mock."""
    for source in (value, type(value)):
        display = getattr_static(source, "__display_name__", None)
        if type(display) is str and display:
            return display.removesuffix(".__deepcopy__")[:_LONGEST_NAME]
    return ""


def name_of(value: object) -> str:
    """What to call an object: its own name, or its class's; never its address."""
    held = getattr_static(value, "func", None)
    if type(value).__name__ == "partial" and held is not None:
        return name_of(value.func)  # type: ignore[attr-defined]
    if mock_name(value):
        return mock_name(value)
    named = value if isinstance(value, _NAMED) else type(value)
    module = getattr(named, "__module__", None)
    name = getattr(named, "__qualname__", type(value).__name__)
    prefix = f"{module}." if type(module) is str and module != "builtins" else ""
    return f"{prefix}{name}"[:_LONGEST_NAME]
