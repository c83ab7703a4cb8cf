"""What the references in one schema point at, gathered as definitions."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from sphinxext_apiplug.inventory.model import Schema

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME: Final = 80
_IN_PLACE_LISTS: Final = ("allOf", "anyOf", "oneOf")
_IN_PLACE: Final = ("not", "if", "then", "else")
_PREFIX: Final = "#/$defs/"


class Waiting(NamedTuple):
    """A definition that is yet to be normalised."""

    name: str
    pointer: str
    tree: Any


class Definitions:
    """Names for the parts of a schema that something refers to."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._names: dict[str, str] = {}
        self._queue: deque[Waiting] = deque()

    def find(self, reference: object) -> str | None:
        """The JSON pointer that a ``$ref`` means, if it leads to a schema here."""
        if not isinstance(reference, str) or not reference.startswith("#"):
            return None
        pointer = unquote(reference[1:])
        if pointer and not pointer.startswith("/"):
            return None
        return pointer if isinstance(self._at(pointer), dict | bool) else None

    def _at(self, pointer: str) -> Any:
        current = self._tree
        for step in pointer.split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            if isinstance(current, dict):
                current = current.get(key)
            elif isinstance(current, list) and key.isdecimal() and int(key) < len(current):
                current = current[int(key)]
            else:
                return None
        return current

    def reference(self, pointer: str) -> str:
        """The ``$ref`` of what stands at *pointer*, which becomes a definition."""
        if pointer not in self._names:
            name = self._free_name(pointer)
            self._names[pointer] = name
            self._queue.append(Waiting(name, pointer, self._at(pointer)))
        return _PREFIX + self._names[pointer]

    def _free_name(self, pointer: str) -> str:
        last = unquote(pointer.rpartition("/")[2]).replace("~1", "/").replace("~0", "~")
        base = _UNSAFE.sub("_", last)[:_LONGEST_NAME].strip("_") or "root"
        taken = set(self._names.values())
        name, number = base, 2
        while name in taken:
            name, number = f"{base}_{number}", number + 1
        return name

    def next(self) -> Waiting | None:
        """The next definition to normalise; ``None`` when all are."""
        return self._queue.popleft() if self._queue else None


def break_loops(definitions: Mapping[str, Schema]) -> list[str]:
    """Open the definitions that are defined by nothing but themselves.

    ``a`` as ``{"$ref": "#/$defs/a"}`` keeps a validator busy for ever. A
    reference from a property or an item is no such loop: the data ends it.

    :param definitions: changed in place
    :return: the names of those that were opened
    """
    opened: list[str] = []
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        for schema in list(_in_place(definitions.get(name, True))):
            target = str(schema.get("$ref", "")).removeprefix(_PREFIX)
            if target in path:
                del schema["$ref"]
                opened.append(target)
            elif target and target not in done:
                visit(target, (*path, target))
        done.add(name)

    for name in sorted(definitions):
        if name not in done:
            visit(name, (name,))
    return opened


def _in_place(schema: Schema) -> Iterator[dict[str, Any]]:
    """The schemas that hold for the very same value."""
    if isinstance(schema, bool):
        return
    yield schema
    for keyword in _IN_PLACE_LISTS:
        for item in schema.get(keyword, ()):
            yield from _in_place(item)
    for keyword in _IN_PLACE:
        yield from _in_place(schema.get(keyword, True))
    for item in schema.get("dependentSchemas", {}).values():
        yield from _in_place(item)
