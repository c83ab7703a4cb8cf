"""Hypothesis strategies for versions, schemas and whole inventories."""

from __future__ import annotations

import msgspec
from hypothesis import strategies as st

from sphinxext_apiplug.inventory import model
from sphinxext_apiplug.inventory.problems import PROBLEM_KINDS, Problem, Source
from sphinxext_apiplug.inventory.versions import Microversion, VersionRange

# No half characters: they have no UTF-8 form, and readers replace them.
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
microversions = st.builds(Microversion, st.integers(0, 3), st.integers(0, 12))


@st.composite
def ranges(draw: st.DrawFn, versions: st.SearchStrategy[Microversion] = microversions):
    ends = sorted([draw(versions), draw(versions)])
    since = draw(st.none() | st.just(str(ends[0])))
    until = draw(st.none() | st.just(str(ends[1])))
    return VersionRange(since=since, until=until)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)

types = st.sampled_from(["string", "integer", "number", "boolean", "null", "array", "object"])
names = st.sampled_from(["a", "b", "name", "x/y", "~", "*"])


def _schemas(inner):
    return st.fixed_dictionaries(
        {},
        optional={
            "type": types | st.lists(types, min_size=1, max_size=3, unique=True),
            "description": texts,
            "default": json_values,
            "enum": st.lists(json_values, min_size=1, max_size=3),
            "minLength": st.integers(0, 5),
            "maxLength": st.integers(0, 5),
            "minimum": st.integers(-5, 5),
            "properties": st.dictionaries(names, inner, max_size=3),
            "required": st.lists(names, max_size=2, unique=True),
            "items": inner,
            "additionalProperties": inner,
            "allOf": st.lists(inner, min_size=1, max_size=2),
            "anyOf": st.lists(inner, min_size=1, max_size=3),
            "oneOf": st.lists(inner, min_size=1, max_size=2),
            "$ref": st.sampled_from(["#/$defs/one", "#/$defs/two"]),
        },
    )


subschemas = st.recursive(st.booleans() | _schemas(st.booleans()), _schemas, max_leaves=8)
schemas = st.builds(
    lambda schema, one, two: (
        {**schema, "$defs": {"one": one, "two": two}} if isinstance(schema, dict) else schema
    ),
    subschemas,
    subschemas,
    subschemas,
)

payloads = st.builds(
    model.Payload,
    schema=schemas,
    versions=ranges(),
    provided_by=st.dictionaries(st.just("/properties/a"), texts, max_size=1),
)

sources = st.builds(Source, object=texts, file=texts, line=st.none() | st.integers(1, 10_000))
# What a struct's field may hold, where msgspec's type alone would allow more.
for kind, strategy in (
    (VersionRange, ranges()),
    (Source, sources),
    (
        Problem,
        st.builds(
            Problem,
            kind=st.sampled_from(sorted(PROBLEM_KINDS)),
            subject=texts,
            message=texts,
            source=st.none() | sources,
            pointer=st.none() | texts,
        ),
    ),
    (model.Payload, payloads),
    (
        model.Example,
        st.builds(
            model.Example,
            path=texts,
            versions=ranges(),
            body=st.just(msgspec.UNSET) | json_values,
        ),
    ),
):
    st.register_type_strategy(kind, strategy)

_parameters = st.builds(
    model.Parameter,
    name=texts,
    location=st.sampled_from(["path", "query", "header"]),
    required=st.booleans(),
    schema=schemas,
    description=texts,
    versions=ranges(),
    inferred=st.booleans(),
)
_responses = st.builds(
    model.Response,
    status=st.integers(100, 599),
    description=texts,
    versions=ranges(),
    headers=st.lists(
        st.builds(model.Header, name=texts, schema=st.booleans(), versions=ranges()), max_size=1
    ).map(tuple),
    payloads=st.lists(payloads, max_size=1).map(tuple),
    examples=st.lists(
        st.builds(model.BodyExample, body=json_values, versions=ranges()), max_size=1
    ).map(tuple),
    inferred=st.booleans(),
    common=st.booleans(),
)
_policies = st.builds(
    model.Policy,
    name=texts,
    check=texts,
    scope_types=st.lists(texts, max_size=2).map(tuple),
    conditional=st.booleans(),
)
_options = st.builds(
    model.CommandOption,
    name=texts,
    flags=st.lists(texts, max_size=2).map(tuple),
    metavar=texts,
    help=texts,
    choices=st.lists(texts, max_size=2).map(tuple),
    default=st.none() | texts,
    required=st.booleans(),
    multiple=st.booleans(),
    versions=ranges(),
)
_commands = st.builds(
    model.Command,
    program=texts,
    name=texts,
    entry_point=texts,
    distribution=texts,
    distribution_version=texts,
    matched=st.sampled_from(["declared", "name"]),
    summary=texts,
    deprecated=st.booleans(),
    options=st.lists(_options, max_size=2).map(tuple),
    alternatives=st.lists(st.lists(texts, max_size=2).map(tuple), max_size=1).map(tuple),
    versions=ranges(),
    source=st.none() | sources,
)
_operations = st.builds(
    model.Operation,
    id=texts,
    method=texts,
    path=texts,
    resource=texts,
    extension=texts,
    handler=sources,
    action=st.none() | texts,
    summary=texts,
    summary_inferred=st.booleans(),
    description=texts,
    versions=ranges(),
    removed=st.none() | st.builds(model.Removal, reason=texts),
    augmented_by=st.lists(
        st.builds(model.Augmentation, extension=texts, handler=sources, versions=ranges()),
        max_size=1,
    ).map(tuple),
    strict_query=st.none() | st.lists(ranges(), max_size=2).map(tuple),
    version_checks=st.lists(
        st.builds(model.VersionCheck, versions=ranges(), source=sources), max_size=1
    ).map(tuple),
    demanded=st.lists(texts, max_size=1).map(tuple),
    parameters=st.lists(_parameters, max_size=2).map(tuple),
    request=st.lists(payloads, max_size=2).map(tuple),
    responses=st.lists(_responses, max_size=2).map(tuple),
    policies=st.lists(_policies, max_size=1).map(tuple),
    examples=st.lists(st.from_type(model.Example), max_size=1).map(tuple),
    commands=st.lists(_commands, max_size=1).map(tuple),
    files=st.lists(texts, max_size=2).map(tuple),
)
_extensions = st.builds(
    model.Extension,
    alias=texts,
    name=texts,
    entry_point=texts,
    distribution=texts,
    distribution_version=texts,
    updated=st.none() | texts,
    source=st.none() | sources,
)
_apis = st.builds(
    model.Api,
    name=texts,
    namespace=texts,
    title=texts,
    version=texts,
    microversions=st.none() | ranges(),
    servers=st.lists(st.builds(model.Server, url=texts), max_size=1).map(tuple),
    contact=st.none() | st.builds(model.Contact, name=texts, email=st.none() | texts),
    license=st.none() | st.builds(model.License, name=texts),
    security=st.none() | st.builds(model.Security, header=texts),
    fault_schema=st.none() | st.booleans(),
)
inventories = st.builds(
    model.Inventory,
    api=_apis,
    extensions=st.lists(_extensions, max_size=2).map(tuple),
    operations=st.lists(_operations, max_size=2).map(tuple),
    problems=st.lists(st.from_type(Problem), max_size=2).map(tuple),
    sources=st.lists(texts, max_size=2).map(tuple),
)
