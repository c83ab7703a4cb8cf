"""Example requests: paths, query strings and bodies that can be sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote, urlencode

import msgspec
from msgspec import UNSET

from sphinxext_apiplug.collect.examples import sample
from sphinxext_apiplug.collect.given import NOTHING, Values
from sphinxext_apiplug.inventory.model import Example, Parameter, Payload, Schema
from sphinxext_apiplug.inventory.spans import disjoint
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange

_PLACEHOLDER: Final = re.compile(r"\{([^{}]+)\}")


def examples_for(
    path: str,
    parameters: Sequence[Parameter],
    payloads: Iterable[Payload],
    versions: VersionRange = ALL_VERSIONS,
    given: Values = NOTHING,
) -> tuple[Example, ...]:
    """Example requests of one operation.

    :param path: as in ``/segments/{segment_id}``
    :param parameters: all of the operation's; those in the path count, and of those
        in the query string the ones that must be there, or that values are given for
    :param payloads: of the request
    :param versions: the operation's
    :param given: values that go before those made up
    :return: one for each range of versions in which the request is another, newest
        first; without payloads they have no body. A payload without a valid
        instance has none
    """
    filled = _filled(path, parameters, given)
    found = disjoint((payload.versions, payload.schema) for payload in payloads)
    bodies: list[tuple[VersionRange, Any]] = [
        (held, body)
        for held, schema in found
        if (body := sample(schema, given=given)) is not UNSET
    ]
    queries = _queries(parameters, versions, given)
    if not found:
        bodies = [(queries[0][0] if len(queries) == 1 else versions, UNSET)]
    return tuple(
        Example(path=f"{filled}{query}", body=body, versions=both)
        for held, body in reversed(bodies)
        for asked, query in reversed(queries)
        if (both := held.intersect(asked)) is not None
    )


def with_samples(parameters: Iterable[Parameter], given: Values) -> tuple[Parameter, ...]:
    """Parameters with the values that are given for them as their schemas' examples."""
    return tuple(_with_sample(item, given) for item in parameters)


def _with_sample(parameter: Parameter, given: Values) -> Parameter:
    if not any(True for _ in given.of(parameter.name)):
        return parameter
    schema = parameter.schema if isinstance(parameter.schema, dict) else {}
    own = {key: value for key, value in schema.items() if key != "examples"}
    value = sample(own, parameter.name, given)
    if not given.has(parameter.name, value):
        return parameter
    return msgspec.structs.replace(parameter, schema={**schema, "examples": [value]})


def _queries(
    parameters: Iterable[Parameter], versions: VersionRange, given: Values
) -> list[tuple[VersionRange, str]]:
    """The query strings that an example has, by the versions that they are for."""
    shown = [
        (item.versions, item.name, _object_of(item))
        for item in parameters
        if item.location == "query" and (item.required or item.name in given.wanted)
    ]
    if not shown:
        return [(ALL_VERSIONS, "")]
    names = list(dict.fromkeys(name for _, name, _ in shown))
    objects = [(held, schema) for held, _, schema in shown]
    found: list[tuple[VersionRange, str]] = []
    for held, schema in disjoint([(versions, True), *objects]):
        values = sample(schema, given=given)
        text = _query(values, names) if isinstance(values, dict) else ""
        joined = found[-1][0].union(held) if found and found[-1][1] == text else None
        if joined is None:
            found.append((held, text))
        else:
            found[-1] = (joined, text)
    return found


def _object_of(parameter: Parameter) -> Schema:
    """An object that has to have the parameter's value."""
    name, schema = parameter.name, parameter.schema
    found: dict[str, Any] = {"type": "object", "properties": {name: schema}, "required": [name]}
    if isinstance(schema, dict) and "$defs" in schema:
        found["$defs"] = schema["$defs"]
    return found


def _query(values: Mapping[str, Any], names: Sequence[str]) -> str:
    """The query string of some values, in the order of *names*."""
    lists = {key: item if isinstance(item, list) else [item] for key, item in values.items()}
    pairs = [
        (name, item)
        for name in names
        for item in lists.get(name, ())
        if isinstance(item, str | int | float)
    ]
    texts = [(name, str(item).lower() if isinstance(item, bool) else item) for name, item in pairs]
    return f"?{urlencode(texts, quote_via=quote, safe=':@,')}" if texts else ""


def _filled(path: str, parameters: Iterable[Parameter], given: Values) -> str:
    schemas = {item.name: item.schema for item in parameters if item.location == "path"}

    def value(match: re.Match[str]) -> str:
        name = match[1]
        schema = schemas.get(name, True)
        text = sample({"type": "string"} if schema in (True, {}) else schema, name, given)
        if isinstance(text, str | int | float) and text != "":
            return quote(str(text), safe=":@")
        return match[0]

    return _PLACEHOLDER.sub(value, path)
