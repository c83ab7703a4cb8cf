"""Versioned values whose ranges may overlap, cut into ranges that don't."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.inventory.versions import Microversion, VersionRange

Versioned = tuple[VersionRange, Schema]


def disjoint(schemas: Iterable[Versioned]) -> list[Versioned]:
    """Order schemas by version; where several hold, all of them must.

    Equal ranges become one. Ranges that overlap over the end of a major version
    stay as they are: which version is its last can't be known.
    """
    ordered = sorted(schemas, key=lambda item: item[0].sort_key)
    if all(one[0].high < two[0].low for one, two in itertools.pairwise(ordered)):
        return ordered
    return _cut(ordered) or ordered


def _cut(ordered: list[Versioned]) -> list[Versioned]:
    """The elementary ranges; none if one would have to end with a major version."""
    starts = {versions.low: versions.since for versions, _ in ordered}
    for versions, _ in ordered:
        if versions.until is not None:
            following = Microversion.parse(versions.until).next()
            starts.setdefault(following, str(following))
    lows = sorted(starts)
    ends: list[Microversion | None] = [*lows[1:], None]
    cut: list[Versioned] = []
    for low, after in zip(lows, ends, strict=True):
        holding = [schema for versions, schema in ordered if versions.contains(low)]
        if not holding:
            continue
        if after is not None and after.minor == 0:
            return []
        until = None if after is None else str(Microversion(after.major, after.minor - 1))
        cut.append((VersionRange(since=starts[low], until=until), _all_of(holding)))
    return cut


def _all_of(schemas: list[Schema]) -> Schema:
    """One schema that holds where all do; definitions stay at the root."""
    if len(schemas) == 1:
        return schemas[0]
    definitions: dict[str, Schema] = {}
    for schema in schemas:
        if isinstance(schema, dict):
            definitions = {**schema.get("$defs", {}), **definitions}
    return {"allOf": schemas, **({"$defs": definitions} if definitions else {})}
