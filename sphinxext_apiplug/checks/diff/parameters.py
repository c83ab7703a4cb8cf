"""Comparing the parameters of an operation, by name or by a pattern of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from sphinxext_apiplug.checks.diff.change import Part
from sphinxext_apiplug.checks.diff.found import Found, Place, describes, texts
from sphinxext_apiplug.checks.diff.schemas import SchemaComparer, schema_text
from sphinxext_apiplug.checks.diff.view import OperationView, ParameterView


def compare_parameters(
    old: OperationView, new: OperationView, schemas: SchemaComparer
) -> Iterator[Found]:
    """What changed of the parameters at one version.

    A name that the other API knows by a pattern only is compared with what it says there.
    """
    for key, item in old.parameters.items():
        if key not in new.parameters:
            yield from _gone(item, _place(key[0], item), _covering(new, key[0], item), schemas)
    for key, item in new.parameters.items():
        place, known = _place(key[0], item), old.parameters.get(key)
        if known is None:
            yield from _come(item, place, _covering(old, key[0], item), schemas)
        else:
            yield from _same(known, item, place, schemas)


def _gone(
    item: ParameterView, place: Place, covering: ParameterView | None, schemas: SchemaComparer
) -> Iterator[Found]:
    if covering is not None:
        if item.required:
            yield place.found("became-optional")
        yield from schemas.compare(item.schema, covering.schema, place)
    elif item.by_pattern:
        yield place.found("parameter-pattern-removed", before=schema_text(item.schema))
    else:
        kind = "required-parameter-removed" if item.required else "parameter-removed"
        yield place.found(kind, before=schema_text(item.schema))


def _come(
    item: ParameterView, place: Place, covering: ParameterView | None, schemas: SchemaComparer
) -> Iterator[Found]:
    if covering is not None:
        if item.required:
            yield place.found("became-required")
        yield from schemas.compare(covering.schema, item.schema, place)
    elif item.by_pattern:
        yield place.found("parameter-pattern-added", after=schema_text(item.schema))
    else:
        kind = "required-parameter-added" if item.required else "parameter-added"
        yield place.found(kind, after=schema_text(item.schema))


def _same(
    old: ParameterView, new: ParameterView, place: Place, schemas: SchemaComparer
) -> Iterator[Found]:
    if old.required != new.required:
        yield place.found("became-required" if new.required else "became-optional")
    inner = schemas.compare(old.schema, new.schema, place)
    described = texts(place, old.description, new.description)
    # A schema's own description is the parameter's, said twice.
    yield from described
    yield from (one for one in inner if not (described and describes(one, place)))


def _covering(view: OperationView, location: str, wanted: ParameterView) -> ParameterView | None:
    """What an operation says of a parameter whose name it knows by a pattern alone."""
    if wanted.by_pattern:
        return None
    found = (
        item
        for (where, _), item in view.parameters.items()
        if where == location and item.by_pattern and _matches(item.name, wanted.name)
    )
    return next(found, None)


def _matches(pattern: str, name: str) -> bool:
    """Whether a name matches; what Python can't read as a pattern matches none."""
    try:
        return re.search(pattern, name) is not None
    except re.error:
        return False


def _place(location: str, item: ParameterView) -> Place:
    return Place(part=cast("Part", location), name=item.name)
