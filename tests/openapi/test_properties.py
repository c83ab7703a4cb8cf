"""Whatever is in an inventory, its documents are valid."""

from __future__ import annotations

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinxext_apiplug.inventory.model import (
    Api,
    Inventory,
    Operation,
    Parameter,
    Payload,
    Response,
)
from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json, to_yaml
from sphinxext_apiplug.openapi.validate import validate
from sphinxext_apiplug.openapi.versions import versions_of
from tests.openapi import inventories

# NUL-free, as collecting leaves them; what YAML can't carry is left to it.
texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\uffff"),
    max_size=12,
)
versions = st.builds(
    lambda ends, open_: VersionRange(
        since=None if open_[0] else f"1.{min(ends)}", until=None if open_[1] else f"1.{max(ends)}"
    ),
    st.tuples(st.integers(0, 4), st.integers(0, 4)),
    st.tuples(st.booleans(), st.booleans()),
)
leaves = st.sampled_from(
    [
        True,
        {},
        {"type": "string"},
        {"type": ["integer", "null"], "minimum": 0},
        {"enum": [1, None, {"$ref": "#/x"}]},
        {"$ref": "#"},
        {"$ref": "#/$defs/a"},
    ]
)
inner = st.recursive(
    leaves,
    lambda below: (
        st.builds(
            lambda names: {"type": "object", "properties": names},
            st.dictionaries(texts, below, max_size=2),
        )
        | st.builds(lambda item: {"type": "array", "items": item, "description": "d"}, below)
        | st.builds(lambda item: {"anyOf": [item, {"type": "null"}]}, below)
    ),
    max_leaves=4,
)
schemas = st.builds(
    lambda body, a: {"type": "object", "properties": {"x": body}, "$defs": {"a": a}},
    inner,
    st.sampled_from([{"type": "string"}, {"type": "array", "items": {"$ref": "#/$defs/a"}}]),
)
payloads = st.lists(st.builds(Payload, schema=schemas, versions=versions), max_size=2).map(tuple)
parts = st.sampled_from(["a", "b", "{id}", "{a_id}", "{x:[0-9]+}", "a-b", "ü"])
paths = st.lists(parts, max_size=3).map(lambda found: "/" + "/".join(found))


parameters = st.builds(
    Parameter,
    name=st.sampled_from(["id", "a_id", "limit", "\u00fc", "Accept"]),
    location=st.sampled_from(["path", "query", "header"]),
    required=st.booleans(),
    versions=versions,
)
responses = st.builds(
    Response,
    status=st.sampled_from([200, 202, 300, 404, 599]),
    description=texts,
    versions=versions,
    payloads=payloads,
)
operations = st.builds(
    Operation,
    id=st.integers(0, 999).map(lambda number: f"op-{number}"),
    method=st.sampled_from(["GET", "POST", "DELETE", "LINK"]),
    path=paths,
    action=st.none() | texts.filter(bool),
    resource=texts,
    extension=st.sampled_from(["zones", "hosts", "other"]),
    handler=st.builds(Source, object=texts, file=st.just("a.py")),
    summary=texts,
    versions=versions,
    parameters=st.lists(parameters, max_size=3).map(tuple),
    request=payloads,
    responses=st.lists(responses, max_size=2).map(tuple),
)
apis = st.builds(
    Api,
    name=st.just("api"),
    namespace=texts,
    title=texts,
    version=texts,
    base_path=st.sampled_from(["", "/v1", "/{project}"]),
    microversions=st.none() | versions,
    service_type=st.none() | st.just("some-type"),
)
everything = st.builds(
    Inventory,
    api=apis,
    extensions=st.just((inventories.extension("zones"), inventories.extension("hosts"))),
    operations=st.lists(operations, max_size=4, unique_by=lambda item: item.id).map(tuple),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
@given(inventory=everything)
def test_documents_are_valid(inventory: Inventory) -> None:
    for version in (None, "all", *versions_of(inventory)[:1]):
        document = build(inventory, version)
        assert validate(document, inventory) == ()
        assert to_json(document) == to_json(build(inventory, version))
        assert yaml.safe_load(to_yaml(document)) == document
