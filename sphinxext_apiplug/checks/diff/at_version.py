"""Comparing an operation at one version: parameters, bodies, status codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sphinxext_apiplug.checks.diff.found import Found, Place, describes, texts
from sphinxext_apiplug.checks.diff.parameters import compare_parameters
from sphinxext_apiplug.checks.diff.schemas import SchemaComparer, schema_text
from sphinxext_apiplug.checks.diff.view import (
    MEDIA_TYPES,
    OPTIONAL,
    HeaderView,
    OperationView,
    ResponseView,
)
from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.inventory.shapes import is_nothing

# Of a code's first digit; a document may say no more than that.
_SUCCESSES = frozenset({1, 2, 3})


def compare_views(
    old: OperationView, new: OperationView, schemas: SchemaComparer
) -> Iterator[Found]:
    """What changed of an operation at one version at which both APIs serve it."""
    operation = Place(part="operation")
    yield from compare_parameters(old, new, schemas)
    if None not in (old.is_strict, new.is_strict) and old.is_strict != new.is_strict:
        kind = "unlisted-parameters-refused" if new.is_strict else "unlisted-parameters-ignored"
        yield operation.found(kind)
    yield from _bodies(old.request, new.request, Place(part="request"), schemas)
    yield from _responses(old, new, schemas)
    for alias in old.augmented_by:
        if alias not in new.augmented_by:
            yield operation.found("augmentation-removed", before=alias)
    for alias in new.augmented_by:
        if alias not in old.augmented_by:
            yield operation.found("augmentation-added", after=alias)


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
    elif is_nothing(old) != is_nothing(new):
        yield place.found("body-introduced" if is_nothing(old) else "body-dropped")
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
    found = list(_bodies(old.schema, new.schema, place, schemas))
    if old.inferred != new.inferred and _are_told(old.schema, new.schema):
        # What one of both leaves out may be what the code didn't tell.
        kind = "body-schema-declared" if old.inferred else "body-schema-deduced"
        found = [place.found(kind)] if found else []
    for one in found:
        if not (described and describes(one, place)):
            yield one
    yield from _headers(old, new, status, schemas)


def _are_told(*bodies: Schema | None) -> bool:
    """Whether there are bodies of which something is said."""
    return all(item is not None and not is_nothing(item) for item in bodies)


def _headers(
    old: ResponseView, new: ResponseView, status: int, schemas: SchemaComparer
) -> Iterator[Found]:
    for key, item in old.headers.items():
        if key not in new.headers:
            yield _header(item, status).found("response-header-removed")
    for key, item in new.headers.items():
        place, known = _header(item, status), old.headers.get(key)
        if known is None:
            yield place.found("response-header-added", after=schema_text(item.schema))
        else:
            described = texts(place, known.description, item.description)
            yield from described
            inner = schemas.compare(known.schema, item.schema, place)
            yield from (one for one in inner if not (described and describes(one, place)))


def _header(item: HeaderView, status: int) -> Place:
    return Place(part="response-header", status=status, name=item.name)


def _answer(status: int) -> Place:
    return Place(part="response", status=status)


def _outcome(status: int) -> str:
    return "success" if int(str(status)[0]) in _SUCCESSES else "error"
