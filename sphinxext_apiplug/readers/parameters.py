"""Path and query parameters of an operation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import msgspec

from sphinxext_apiplug.inventory.model import Parameter, Schema
from sphinxext_apiplug.inventory.versions import VersionRange, gaps, merge
from sphinxext_apiplug.readers.findings import Findings
from sphinxext_apiplug.readers.handlers import Handler
from sphinxext_apiplug.readers.place import Place
from sphinxext_apiplug.readers.queries import parameters_of

#: Makes JSON Schema 2020-12 of whatever a plugin has.
Normalise: TypeAlias = Callable[[Any], Schema]


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
    found: dict[tuple[str, bytes, bool, bool], list[VersionRange]] = {}
    for handler, body in reads:
        declared = list(_declared(handler, normalise))
        names = {name for name, _, _, _ in declared}
        for name, schema, required, versions in declared:
            key = (name, _encoded(schema), required, False)
            found.setdefault(key, []).append(versions)
        # Where a schema says what there is, nothing else reaches the body.
        told = [item.versions for item in handler.queries]
        for query in body.queries.values():
            held = query.versions.intersect(handler.versions)
            left = gaps(held, told) if held is not None and query.name not in names else ()
            key = (query.name, _encoded(query.schema or {"type": "string"}), False, True)
            if left:
                found.setdefault(key, []).extend(left)
    return [
        Parameter(
            name=name,
            location="query",
            required=required,
            schema=msgspec.json.decode(schema),
            versions=versions,
            inferred=inferred,
        )
        for (name, schema, required, inferred), ranges in sorted(found.items())
        for versions in merge(ranges)
    ]


def _declared(
    handler: Handler, normalise: Normalise
) -> Iterable[tuple[str, Schema, bool, VersionRange]]:
    for item in handler.queries:
        schema = normalise(item.raw)
        versions = item.versions.intersect(handler.versions)
        if versions is not None:
            for name, value, required in parameters_of(schema):
                yield name, value, required, versions


def _encoded(schema: Schema) -> bytes:
    return msgspec.json.encode(schema, order="deterministic")
