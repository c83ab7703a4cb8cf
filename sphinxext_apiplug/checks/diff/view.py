"""What holds of an operation at one version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.model import Header, Operation, Parameter, Payload, Schema
from sphinxext_apiplug.inventory.versions import Microversion

#: In a body's schema: it may be left out. Said by OpenAPI, never by an inventory.
OPTIONAL = "x-apiplug-optional"
#: In a body's schema: the media types it comes in, if JSON isn't the only one.
MEDIA_TYPES = "x-apiplug-media-types"


class ParameterView(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter at one version."""

    name: str
    required: bool
    schema: Schema
    description: str
    by_pattern: bool = False


class HeaderView(msgspec.Struct, frozen=True, kw_only=True):
    """A header of an answer at one version."""

    name: str
    schema: Schema
    description: str


class ResponseView(msgspec.Struct, frozen=True, kw_only=True):
    """A status code at one version; *schema* is ``None`` if nothing is said of the body.

    :ivar headers: name in lower case -> header
    :ivar inferred: the schema was read from the code, not declared
    """

    description: str
    schema: Schema | None
    headers: Mapping[str, HeaderView] = {}
    inferred: bool = False


class OperationView(msgspec.Struct, frozen=True, kw_only=True):
    """An operation at one version.

    :ivar parameters: (location, key) -> parameter; keys ignore what doesn't matter
    :ivar is_strict: whether query parameters that aren't listed are refused, if that is known
    :ivar augmented_by: the aliases of the extensions that add to it
    """

    parameters: Mapping[tuple[str, str], ParameterView]
    request: Schema | None
    responses: Mapping[int, ResponseView]
    augmented_by: tuple[str, ...]
    is_strict: bool | None = None


def view(
    operation: Operation, version: Microversion, renamed: Mapping[str, str]
) -> OperationView | None:
    """The operation at a version; ``None`` if it isn't served.

    :param renamed: path parameters that are called otherwise in the other API
    """
    if not operation.versions.contains(version):
        return None
    parameters: dict[tuple[str, str], ParameterView] = {}
    for item in operation.parameters:
        if item.versions.contains(version):
            key = (item.location, _key(item, renamed))
            parameters[key] = _both(parameters.get(key), item)
    responses: dict[int, ResponseView] = {}
    for response in operation.responses:
        if response.versions.contains(version):
            one = ResponseView(
                description=response.description,
                schema=_body(response.payloads, version),
                headers=_headers(response.headers, version),
                inferred=_is_inferred(response.payloads, version),
            )
            responses[response.status] = _either(responses.get(response.status), one)
    adding = [item.extension for item in operation.augmented_by if item.versions.contains(version)]
    return OperationView(
        parameters=parameters,
        request=_body(operation.request, version),
        responses=responses,
        augmented_by=tuple(dict.fromkeys(adding)),
        is_strict=_is_strict(operation, version),
    )


def _headers(listed: Iterable[Header], version: Microversion) -> Mapping[str, HeaderView]:
    return {
        item.name.lower(): HeaderView(
            name=item.name, schema=item.schema, description=item.description
        )
        for item in listed
        if item.versions.contains(version)
    }


def _is_strict(operation: Operation, version: Microversion) -> bool | None:
    if operation.strict_query is None:
        return None
    return any(item.contains(version) for item in operation.strict_query)


def _key(item: Parameter, renamed: Mapping[str, str]) -> str:
    if item.by_pattern:
        return f"/{item.name}/"  # no name of a parameter is a pattern's
    if item.location == "header":
        return item.name.lower()
    return renamed.get(item.name, item.name) if item.location == "path" else item.name


def _both(known: ParameterView | None, item: Parameter) -> ParameterView:
    """A parameter that is said twice is what both say."""
    own = ParameterView(
        name=item.name,
        required=item.required,
        schema=item.schema,
        description=item.description,
        by_pattern=item.by_pattern,
    )
    if known is None:
        return own
    return msgspec.structs.replace(
        own,
        required=known.required or own.required,
        schema=_all_of([known.schema, own.schema]),
        description=known.description or own.description,
    )


def _either(known: ResponseView | None, one: ResponseView) -> ResponseView:
    if known is None:
        return one
    said = dict.fromkeys(item.description for item in (known, one) if item.description)
    bodies = [item for item in (known, one) if item.schema is not None]
    schemas = [item.schema for item in bodies if item.schema is not None]
    return ResponseView(
        description="\n".join(said),
        schema=_merged("anyOf", schemas) if schemas else None,
        headers={**known.headers, **one.headers},
        inferred=bool(bodies) and all(item.inferred for item in bodies),
    )


def _body(payloads: Iterable[Payload], version: Microversion) -> Schema | None:
    held = [item.schema for item in payloads if item.versions.contains(version)]
    return _all_of(held) if held else None


def _is_inferred(payloads: Iterable[Payload], version: Microversion) -> bool:
    held = [item.inferred for item in payloads if item.versions.contains(version)]
    return bool(held) and all(held)


def _all_of(schemas: list[Schema]) -> Schema:
    return _merged("allOf", schemas)


def _merged(keyword: str, schemas: list[Schema]) -> Schema:
    """One schema for several; definitions stay at the root."""
    distinct = list({msgspec.json.encode(item): item for item in schemas}.values())
    if len(distinct) == 1:
        return distinct[0]
    definitions: dict[str, Any] = {}
    for item in distinct:
        if isinstance(item, dict):
            definitions = {**item.get("$defs", {}), **definitions}
    return {keyword: distinct, **({"$defs": definitions} if definitions else {})}
