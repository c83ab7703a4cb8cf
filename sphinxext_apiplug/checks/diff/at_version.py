"""Comparing an operation at one version: parameters, bodies, status codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from sphinxext_apiplug.checks.diff.change import Part
from sphinxext_apiplug.checks.diff.found import Found, Place, texts
from sphinxext_apiplug.checks.diff.schemas import SchemaComparer, schema_text
from sphinxext_apiplug.checks.diff.view import (
    MEDIA_TYPES,
    OPTIONAL,
    OperationView,
    ParameterView,
    ResponseView,
)
from sphinxext_apiplug.inventory.model import Schema

# Of a code's first digit; a document may say no more than that.
_SUCCESSES = frozenset({1, 2, 3})


def compare_views(
    old: OperationView, new: OperationView, schemas: SchemaComparer
) -> Iterator[Found]:
    """What changed of an operation at one version at which both APIs serve it."""
    yield from _parameters(old, new, schemas)
    yield from _bodies(old.request, new.request, Place(part="request"), schemas)
    yield from _responses(old, new, schemas)
    operation = Place(part="operation")
    for alias in old.augmented_by:
        if alias not in new.augmented_by:
            yield operation.found("augmentation-removed", before=alias)
    for alias in new.augmented_by:
        if alias not in old.augmented_by:
            yield operation.found("augmentation-added", after=alias)


def _parameters(
    old: OperationView, new: OperationView, schemas: SchemaComparer
) -> Iterator[Found]:
    for key, item in old.parameters.items():
        if key not in new.parameters:
            kind = "required-parameter-removed" if item.required else "parameter-removed"
            yield _place(key[0], item).found(kind, before=schema_text(item.schema))
    for key, item in new.parameters.items():
        place, known = _place(key[0], item), old.parameters.get(key)
        if known is None:
            kind = "required-parameter-added" if item.required else "parameter-added"
            yield place.found(kind, after=schema_text(item.schema))
            continue
        if known.required != item.required:
            yield place.found("became-required" if item.required else "became-optional")
        inner = schemas.compare(known.schema, item.schema, place)
        described = texts(place, known.description, item.description)
        # A schema's own description is the parameter's, said twice.
        yield from described
        yield from (one for one in inner if not (described and _describes(one, place)))


def _describes(found: Found, place: Place) -> bool:
    return found.kind.startswith("description-") and found.pointer == place.pointer


def _place(location: str, item: ParameterView) -> Place:
    return Place(part=cast("Part", location), name=item.name)


def _bodies(
    old: Schema | None, new: Schema | None, place: Place, schemas: SchemaComparer
) -> Iterator[Found]:
    if old is None and new is None:
        return
    if old is None:
        if not (place.part == "request" and _mark(new, OPTIONAL)):
            yield place.found("body-schema-added")
    elif new is None:
        yield place.found("body-schema-removed")
    else:
        before, after = (_mark(item, OPTIONAL) is True for item in (old, new))
        if before != after:
            yield place.found("body-optional" if after else "body-required")
        yield from _media_types(old, new, place)
        yield from schemas.compare(old, new, place)


def _media_types(old: Schema, new: Schema, place: Place) -> Iterator[Found]:
    before, after = (_mark(item, MEDIA_TYPES) or ["application/json"] for item in (old, new))
    for name in before:
        if name not in after:
            yield place.found("media-type-removed", before=name)
    for name in after:
        if name not in before:
            yield place.found("media-type-added", after=name)


def _mark(schema: Schema | None, name: str) -> Any:
    return schema.get(name) if isinstance(schema, dict) else None


def _responses(old: OperationView, new: OperationView, schemas: SchemaComparer) -> Iterator[Found]:
    for status in old.responses:
        if status not in new.responses:
            yield _answer(status).found(f"{_outcome(status)}-status-removed", before=status)
    for status, response in new.responses.items():
        known = old.responses.get(status)
        if known is None:
            yield _answer(status).found(f"{_outcome(status)}-status-added", after=status)
        else:
            yield from _response(known, response, status, schemas)


def _response(
    old: ResponseView, new: ResponseView, status: int, schemas: SchemaComparer
) -> Iterator[Found]:
    place = _answer(status)
    described = texts(place, old.description, new.description)
    yield from described
    for one in _bodies(old.schema, new.schema, place, schemas):
        if not (described and _describes(one, place)):
            yield one


def _answer(status: int) -> Place:
    return Place(part="response", status=status)


def _outcome(status: int) -> str:
    return "success" if int(str(status)[0]) in _SUCCESSES else "error"
