"""Path and query parameters of an operation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias

import msgspec

from sphinxext_apiplug.inventory.model import Parameter, Schema
from sphinxext_apiplug.inventory.versions import VersionRange, gaps, merge
from sphinxext_apiplug.readers.findings import Findings
from sphinxext_apiplug.readers.handlers import Handler
from sphinxext_apiplug.readers.place import Place
from sphinxext_apiplug.readers.queries import Listed, parameters_of

#: Makes JSON Schema 2020-12 of whatever a plugin has.
Normalise: TypeAlias = Callable[[Any], Schema]


class _Key(NamedTuple):
    """What makes a parameter the same in two versions; patterns come last."""

    by_pattern: bool = False
    name: str = ""
    schema: bytes = b""
    required: bool = False
    inferred: bool = False


def path_parameters(place: Place, normalise: Normalise) -> list[Parameter]:
    """One for each variable of the path, in its order."""
    parameters = []
    for name in re.findall(r"\{(\w+)\}", place.path):
        schema: dict[str, Any] = {"type": "string"}
        if name in place.patterns:
            schema["pattern"] = f"^(?:{place.patterns[name]})$"
        parameters.append(
            Parameter(name=name, location="path", required=True, schema=normalise(schema))
        )
    return parameters


def query_parameters(
    reads: Sequence[tuple[Handler, Findings]], normalise: Normalise
) -> list[Parameter]:
    """Those that schemas declare, and those that only bodies look at."""
    found: dict[_Key, list[VersionRange]] = {}
    for handler, body in reads:
        declared = list(_declared(handler, normalise))
        names = {item.name for item, _ in declared if not item.by_pattern}
        for item, versions in declared:
            key = _Key(item.by_pattern, item.name, _encoded(item.schema), item.required)
            found.setdefault(key, []).append(versions)
        # Where a schema says what there is, nothing else reaches the body.
        told = [item.versions for item in handler.queries]
        for query in body.queries.values():
            held = query.versions.intersect(handler.versions)
            left = gaps(held, told) if held is not None and query.name not in names else ()
            value = _encoded(query.schema or {"type": "string"})
            key = _Key(name=query.name, schema=value, inferred=True)
            if left:
                found.setdefault(key, []).extend(left)
    return [
        Parameter(
            name=key.name,
            location="query",
            by_pattern=key.by_pattern,
            required=key.required,
            schema=msgspec.json.decode(key.schema),
            versions=versions,
            inferred=key.inferred,
        )
        for key, ranges in sorted(found.items())
        for versions in merge(ranges)
    ]


def _declared(handler: Handler, normalise: Normalise) -> Iterable[tuple[Listed, VersionRange]]:
    for item in handler.queries:
        schema = normalise(item.raw)
        versions = item.versions.intersect(handler.versions)
        if versions is not None:
            for listed in parameters_of(schema):
                yield listed, versions


def _encoded(schema: Schema) -> bytes:
    return msgspec.json.encode(schema, order="deterministic")
