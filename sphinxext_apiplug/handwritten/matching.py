"""Which operations a section of a hand-written reference is about."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sphinxext_apiplug.handwritten.model import Method, Written
from sphinxext_apiplug.inventory.model import Inventory, Operation

_VARIABLE: Final = re.compile(r"\{[^{}]*\}")
# The API's own version, written out or as a variable.
_VERSION: Final = re.compile(r"^/(v\d+(\.\d+)?|\{(api_)?version(_id)?\})(?=/|$)")
# What many services have before every path, and many references leave out.
_OWNER: Final = re.compile(
    r"^/\{(\w+[_-])?(tenant|project|account)[_-]?id\}(?=/|$)", re.IGNORECASE
)
# What loads extensions lists them by itself.
_OWN: Final = frozenset({"/extensions", "/extensions/{}"})
_CLOSE: Final = 0.75


class Match(NamedTuple):
    """What a method of a section turned out to be.

    :ivar operations: that it describes; several where the section doesn't say which action
    :ivar methods: by which the path is served, if not by the one that is written
    :ivar near: a path that is served and looks much like the written one
    :ivar undecided: that the inventory can't tell: the path lies outside the API, or has a
        value where the operations have a variable
    """

    operations: tuple[Operation, ...] = ()
    methods: tuple[str, ...] = ()
    near: str | None = None
    undecided: bool = False


class Index:
    """The operations of an inventory by method and path, whatever variables are called.

    :param folder: of the reference, for its samples: they may tell an action
    """

    def __init__(self, inventory: Inventory, folder: Path) -> None:
        self._base = inventory.api.base_path
        self._folder = folder
        self._by_path: dict[str, list[Operation]] = {}
        for item in inventory.operations:
            self._by_path.setdefault(_key(item.path), []).append(item)

    def match(self, method: Method, written: Written) -> Match:
        """The operations that one method and path of a section means."""
        paths = list(dict.fromkeys(_candidates(method.path, self._base)))
        found = next((self._by_path[path] for path in paths if path in self._by_path), None)
        if found is None:
            return self._not_found(paths, method)
        served = [item for item in found if item.method == method.method]
        if self._is_outside(method.path):
            return Match(operations=tuple(served), undecided=True)
        if not served:
            return Match(methods=tuple(sorted({item.method for item in found})))
        actions = {item.action: item for item in served if item.action is not None}
        if not actions:
            return Match(operations=tuple(served))
        return self._action(actions, written, method)

    def _not_found(self, paths: Sequence[str], method: Method) -> Match:
        near = self._near(paths, method)
        values = [item for path in paths for item in self._with_value(path, method)]
        if values and near is None:
            return Match(operations=tuple(values), undecided=True)
        lists = method.method == "GET" and not _OWN.isdisjoint(paths)
        return Match(near=near, undecided=lists or self._is_outside(method.path))

    def _with_value(self, path: str, method: Method) -> Iterator[Operation]:
        """The operations that serve a path with values in place of some variables."""
        for key, items in self._by_path.items():
            if _fits(path, key):
                yield from (item for item in items if item.method == method.method)

    def _action(self, actions: Mapping[str, Operation], written: Written, method: Method) -> Match:
        for name in _actions_of(written, self._folder):
            if name in actions:
                return Match(operations=(actions[name],))
        if written.action is None:
            return Match(operations=tuple(actions.values()))
        close = difflib.get_close_matches(written.action, sorted(actions), n=1)
        return Match(near=f"{method.path} with {close[0]}" if close else None)

    def _is_outside(self, path: str) -> bool:
        """Whether a path may lie above the API's base path, as version discovery does."""
        plain = path.partition("?")[0].rstrip("/")
        return plain != self._base and self._base.startswith(plain + "/")

    def _near(self, paths: Iterable[str], method: Method) -> str | None:
        """The path, as it is served, that looks most like one of these."""
        served = {
            key: items[0].path
            for key, items in sorted(self._by_path.items())
            if any(item.method == method.method for item in items)
        }
        for path in reversed(list(paths)):
            alike = [key for key in served if _differs_in_spelling(path, key)]
            close = difflib.get_close_matches(path, alike, n=1, cutoff=_CLOSE)
            if close:
                return served[close[0]]
        return None


def _key(path: str) -> str:
    return _VARIABLE.sub("{}", _OWNER.sub("", path)).rstrip("/") or "/"


def _fits(path: str, key: str) -> bool:
    parts, wanted = path.split("/"), key.split("/")
    pairs = zip(parts, wanted, strict=False)
    return len(parts) == len(wanted) and all(want in (part, "{}") for part, want in pairs)


def _differs_in_spelling(path: str, key: str) -> bool:
    """Whether one word alone differs, and is no variable in either."""
    parts, wanted = path.split("/"), key.split("/")
    if len(parts) != len(wanted):
        return False
    different = [pair for pair in zip(parts, wanted, strict=True) if pair[0] != pair[1]]
    return len(different) == 1 and "{}" not in different[0]


def _candidates(path: str, base: str) -> Iterator[str]:
    """A written path as an index may have it, from the whole to what is left of it."""
    plain = path.partition("?")[0]
    yield _key(plain)
    if base and (plain + "/").startswith(base + "/"):
        yield _key(plain[len(base) :])
    yield _key(_VERSION.sub("", plain))


def _actions_of(written: Written, folder: Path) -> Iterator[str]:
    """What may be the action's name, the most certain first."""
    if written.action is not None:
        yield written.action
    for row in written.rows:
        if row.half == "request" and row.entry is not None and row.entry.location == "body":
            yield row.name
            break
    for sample in written.samples:
        if sample.half != "response":
            yield from _only_key(folder / sample.file)


def _only_key(path: Path) -> Iterator[str]:
    try:
        body = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return  # a sample that can't be read is told of where samples are checked
    if isinstance(body, dict) and len(body) == 1:
        yield next(iter(body))
