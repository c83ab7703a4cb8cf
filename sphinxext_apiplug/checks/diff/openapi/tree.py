"""A document whose parts are known to be what they should, or else named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn, TypeVar
from urllib.parse import unquote

from sphinxext_apiplug.checks.diff.openapi.errors import DocumentError

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


class Node:
    """A value in a document, and its place.

    Every method raises :class:`.DocumentError` where the document is wrong.
    """

    __slots__ = ("pointer", "root", "source", "value")

    def __init__(self, value: Any, pointer: str, root: Any, source: str) -> None:
        self.value = value
        self.pointer = pointer
        self.root = root
        self.source = source

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
        return Node(self.value[key], f"{self.pointer}/{escaped(key)}", self.root, self.source)

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
            if reference in followed:
                self.fail(f"the reference {reference} leads to itself")
            followed.add(reference)
            node = node.target(reference)
        return node

    def target(self, reference: str) -> Node:
        """What a reference names."""
        if not reference.startswith("#"):
            self.fail(
                f"the reference {reference} leads to another document: bundle them into one first"
            )
        pointer = unquote(reference[1:])
        node = Node(self.root, "", self.root, self.source)
        for part in pointer.split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            value = node.value
            if isinstance(value, dict) and key in value:
                node = node.at(key)
            elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
                node = node.at(int(key))
            else:
                self.fail(f"the reference {reference} leads nowhere")
        return node
