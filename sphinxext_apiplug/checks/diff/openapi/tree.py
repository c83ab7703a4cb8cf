"""A document whose parts are known to be what they should, or else named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import unquote

from sphinxext_apiplug.checks.diff.openapi.errors import DocumentError
from sphinxext_apiplug.checks.diff.openapi.text import parse

_T = TypeVar("_T")

_NAMES = {
    dict: "an object",
    list: "an array",
    str: "a text",
    bool: "true or false",
    int: "a whole number",
}


def escaped(key: str | int) -> str:
    """A key as a part of a JSON pointer."""
    return str(key).replace("~", "~0").replace("/", "~1")


class Files:
    """The files that a document consists of, each one read once."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def note(self, source: str, data: Any) -> None:
        """Keep what is read already."""
        self._known[source] = data

    def data(self, source: str) -> Any:
        """What is in a file.

        :raises OSError: if it can't be read
        :raises DocumentError: if it is neither JSON nor YAML
        """
        if source not in self._known:
            self._known[source] = parse(Path(source).read_bytes(), source)
        return self._known[source]

    @property
    def names(self) -> tuple[str, ...]:
        """The files that were read, sorted."""
        return tuple(sorted(self._known))


class Node:
    """A value in a document, and its place.

    Every method raises :class:`.DocumentError` where the document is wrong.
    """

    __slots__ = ("files", "pointer", "source", "value")

    def __init__(self, value: Any, pointer: str, source: str, files: Files) -> None:
        self.value = value
        self.pointer = pointer
        self.source = source
        self.files = files

    @property
    def place(self) -> tuple[str, str]:
        """The file and the pointer."""
        return (self.source, self.pointer)

    def fail(self, reason: str) -> NoReturn:
        """Say what is wrong here."""
        raise DocumentError(self.source, self.pointer, reason)

    def expect(self, kind: type[_T]) -> _T:
        """The value, which has to be of a type."""
        if not isinstance(self.value, kind) or (kind is int and isinstance(self.value, bool)):
            self.fail(f"should be {_NAMES[kind]}")
        return self.value

    def has(self, key: str) -> bool:
        """Whether an object has a key."""
        return key in self.expect(dict)

    def at(self, key: str | int) -> Node:
        """What stands under a key, or at an index."""
        return Node(self.value[key], f"{self.pointer}/{escaped(key)}", self.source, self.files)

    def get(self, key: str, kind: type[_T]) -> _T | None:
        """What stands under a key, if it is there."""
        return self.at(key).expect(kind) if self.has(key) else None

    def text(self, key: str) -> str:
        """The text under a key; empty if it isn't there."""
        return self.get(key, str) or ""

    def flag(self, key: str) -> bool:
        """Whether it is true under a key."""
        return bool(self.get(key, bool))

    def members(self) -> Iterator[tuple[str, Node]]:
        """What an object holds, without extensions of the specification."""
        for key in self.expect(dict):
            if not key.startswith("x-"):
                yield key, self.at(key)

    def items(self) -> Iterator[Node]:
        """What an array holds."""
        for index in range(len(self.expect(list))):
            yield self.at(index)

    def child(self, key: str) -> Node | None:
        """The object under a key, references followed; ``None`` if it isn't there."""
        return self.at(key).resolved() if self.has(key) else None

    def resolved(self) -> Node:
        """The object that is meant here: a reference stands for what it names."""
        node = self.followed()
        node.expect(dict)
        return node

    def followed(self) -> Node:
        """What is meant here, whatever it is."""
        node, followed = self, set()
        while isinstance(node.value, dict) and "$ref" in node.value:
            reference = node.at("$ref").expect(str)
            node = node.target(reference)
            if node.place in followed:
                self.fail(f"the reference {reference} leads to itself")
            followed.add(node.place)
        return node

    def target(self, reference: str) -> Node:
        """What a reference names, in this file or another one."""
        file, _, fragment = reference.partition("#")
        if "://" in file:
            self.fail(f"the reference {reference} isn't to a file: bundle the documents first")
        source = (
            os.path.normpath(Path(self.source).parent / unquote(file)) if file else self.source
        )
        try:
            node = Node(self.files.data(source), "", source, self.files)
        except OSError as error:
            self.fail(f"the reference {reference} leads nowhere: {error.strerror or error}")
        for part in unquote(fragment).split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            value = node.value
            if isinstance(value, dict) and key in value:
                node = node.at(key)
            elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
                node = node.at(int(key))
            else:
                self.fail(f"the reference {reference} leads nowhere")
        return node
