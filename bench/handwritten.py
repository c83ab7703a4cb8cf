"""Compare what was derived from code with what people wrote by hand.

The hand-written side is a reference for os-api-ref: ``*.inc`` files whose tables name
entries of ``parameters.yaml``, which say since and until which microversion a field exists.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from sphinxext_apiplug.handwritten.model import Written
from sphinxext_apiplug.handwritten.tree import read_tree
from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.model import Header, Inventory, Operation, Parameter
from sphinxext_apiplug.inventory.timeline import Field, fold
from sphinxext_apiplug.inventory.versions import VersionRange, hull

_VARIABLE: Final = re.compile(r"\{[^{}]*\}")

Key = tuple[str, str, str | None]


class Claim(NamedTuple):
    """What hand-written tables say of one field; several rows if it changes on the way."""

    method: str
    path: str
    action: str | None
    place: str
    location: str
    field: str
    ranges: tuple[VersionRange, ...]
    source: str

    def __str__(self) -> str:
        what = " ".join(filter(None, (self.method, self.path, self.action)))
        written = ", ".join(map(str, self.ranges))
        where = self.location or "?"
        return f"{self.place} {what}: {self.field} ({where}) written {written}"


class Verdict(NamedTuple):
    """What became of one claim."""

    kind: str
    claim: Claim
    derived: str


class Held(NamedTuple):
    """A derived field: where it exists, and the versions in which it became what it is."""

    pointer: str
    versions: VersionRange
    starts: frozenset[str | None]


def claims(folder: Path) -> list[Claim]:
    """What all tables of a reference say, a field of a table once."""
    found: dict[tuple[str | None, ...], Claim] = {}
    for written in read_tree(folder).operations:
        for row in _claims_of(written):
            known = found.get(row[:6])
            ranges = (known.ranges if known else ()) + row.ranges
            found[row[:6]] = row._replace(ranges=tuple(dict.fromkeys(ranges)))
    return [item for item in found.values() if item.place and item.location != "path"]


def _claims_of(written: Written) -> Iterator[Claim]:
    action = written.action
    for row in written.rows:
        if row.entry is None:
            continue
        if action is None and row.half == "request" and row.entry.location == "body":
            action = row.name
        for method in written.methods:
            yield Claim(
                method=method.method,
                path=method.path.partition("?")[0],
                action=action if method.path.endswith("/action") else None,
                place=row.half,
                location=row.entry.location,
                field=row.name,
                ranges=(VersionRange(since=row.entry.since, until=row.entry.until),),
                source=f"{Path(row.place.file).name}:{row.place.line}",
            )


class Derived:
    """The fields of an inventory's operations, by their names."""

    def __init__(self, inventory: Inventory) -> None:
        self.operations = {self._key(item): item for item in inventory.operations}
        self._fields: dict[tuple[Key, str], list[Held]] = {}

    @staticmethod
    def _key(item: Operation) -> Key:
        return item.method, _VARIABLE.sub("{}", item.path), item.action

    def operation(self, claim: Claim) -> Operation | None:
        """The operation that a row is about."""
        path = _VARIABLE.sub("{}", claim.path).rstrip("/") or "/"
        return self.operations.get((claim.method, path, claim.action))

    def fields(self, operation: Operation, claim: Claim) -> list[Held]:
        """Where the fields that a row may mean exist, and where they change."""
        place = claim.location if claim.location in ("query", "header") else claim.place
        key = (self._key(operation), place)
        if key not in self._fields:
            self._fields[key] = list(_listed(operation, place))
        wanted = "/" + claim.field.replace(".", "/")
        last = wanted[wanted.rindex("/") :]
        found = [held for held in self._fields[key] if held.pointer.endswith(wanted)]
        return found or [held for held in self._fields[key] if held.pointer.endswith(last)]


def _listed(operation: Operation, place: str) -> Iterator[Held]:
    if place in ("query", "header"):
        named: dict[str, list[VersionRange]] = {}
        for item in _named(operation, place):
            named.setdefault(item.name, []).append(item.versions)
        for name, ranges in named.items():
            yield Held(f"/{name}", hull(ranges), frozenset(item.since for item in ranges))
        return
    answers = [body for item in operation.responses if item.status < 400 for body in item.payloads]
    payloads = operation.request if place == "request" else answers
    yield from _below(fold(payloads, operation.versions))


def _named(operation: Operation, place: str) -> Iterator[Parameter | Header]:
    """The parameters in a place; with request headers, those of answers as well."""
    yield from (item for item in operation.parameters if item.location == place)
    if place == "header":
        yield from (header for item in operation.responses for header in item.headers)


def _below(fields: Iterable[Field]) -> Iterator[Held]:
    for field in fields:
        pointer = field.pointer.replace("/[]", "")
        starts = frozenset(state.versions.since for state in field.states)
        yield Held(pointer, hull(field.versions), starts)
        yield from _below(field.children)


def judge(claim: Claim, derived: Derived) -> Verdict:
    """Compare what was written of one field with what was derived."""
    operation = derived.operation(claim)
    if operation is None:
        return Verdict("no such operation", claim, "")
    found = derived.fields(operation, claim)
    if not found:
        removed = " (removed)" if operation.removed else ""
        return Verdict(f"no such field{removed}", claim, "")
    said = _within(hull(claim.ranges), operation)
    agreeing = [item for item in found if _within(item.versions, operation) == said]
    texts = ", ".join(sorted({str(item.versions) for item in found}))
    if not agreeing:
        return Verdict("differs", claim, texts)
    changes = {item.since for item in claim.ranges} - {hull(claim.ranges).since}
    if changes and not any(changes <= item.starts for item in agreeing):
        return Verdict("no change found", claim, texts)
    is_versioned = bool(changes) or said != (None, None)
    return Verdict("agrees, versioned" if is_versioned else "agrees", claim, texts)


def _within(versions: VersionRange, operation: Operation) -> tuple[str | None, str | None]:
    """Both ends, without those at which the operation itself begins or ends."""
    held = operation.versions
    return (
        versions.since if versions.low > held.low else None,
        versions.until if versions.high < held.high else None,
    )


def main() -> None:
    """Print what agrees, and every row that doesn't."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inventory", type=Path, help="made by `apiplug inventory`")
    parser.add_argument("reference", type=Path, help="folder with parameters.yaml and *.inc")
    parser.add_argument("--all", action="store_true", help="also list what one side lacks")
    options = parser.parse_args()
    derived = Derived(codec.loads(options.inventory.read_bytes(), options.inventory.name))
    verdicts = [judge(item, derived) for item in claims(options.reference)]
    counts = Counter((item.claim.place, item.kind) for item in verdicts)
    for (place, kind), number in sorted(counts.items()):
        print(f"{place:<10} {kind:<24} {number:>5}")
    shown = ("differs", "no change found")
    for kind, claim, texts in verdicts:
        if kind in shown or (options.all and not kind.startswith("agrees")):
            print(f"{claim.source}: {kind}: {claim}, derived {texts or 'nothing'}")


if __name__ == "__main__":
    main()
