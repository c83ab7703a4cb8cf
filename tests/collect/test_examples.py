from __future__ import annotations

import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec import UNSET

from sphinxext_apiplug.collect.examples import sample
from sphinxext_apiplug.collect.patterns import matching
from sphinxext_apiplug.collect.requests import examples_for
from sphinxext_apiplug.inventory.model import Parameter, Payload
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange
from sphinxext_apiplug.readers.normalise import normalise
from tests.inventory.strategies import schemas

parse = VersionRange.parse
UUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"


@pytest.mark.parametrize(
    ("schema", "name", "instance"),
    [
        ({"type": "string"}, "name", "rack-7"),
        ({"type": "string"}, "displayName", "rack-7"),
        ({"type": "string"}, "os:display_name", "rack-7"),
        ({"type": "string"}, "segment_id", UUID),
        ({"type": "string"}, "imageRef", UUID),
        ({"type": "string"}, "frobnication", "frobnication"),
        ({"type": "string"}, "", "example"),
        ({"type": "string", "format": "uuid"}, "name", UUID),
        ({"type": "string", "format": "date-time"}, "", "2026-01-31T09:30:00Z"),
        ({"type": "string", "format": "ipv4"}, "", "192.0.2.10"),
        ({"type": "string", "format": "uri"}, "", "https://example.org/"),
        ({"type": "string", "format": "email"}, "", "operator@example.org"),
        ({"type": "string", "contentEncoding": "base64"}, "", "IyEvYmluL3NoCg=="),
        ({"type": ["null", "string"]}, "name", "rack-7"),
        ({"type": "string", "maxLength": 4}, "name", "rack"),
        ({"type": "string", "minLength": 10}, "name", "rack-7rack"),
        ({"type": "string", "pattern": "^[a-z0-9]*$"}, "name", "name"),
        ({"type": "string", "pattern": "^[0-9]{3}$"}, "name", "111"),
        ({"type": "string", "enum": ["b", "a"]}, "name", "b"),
        ({"type": "string", "enum": ["a", "b"], "default": "b"}, "", "b"),
        ({"type": "string", "default": "b", "examples": ["c"]}, "", "c"),
        ({"const": 5}, "", 5),
        ({"type": "boolean"}, "enabled", True),
        ({"type": "integer"}, "port", 8080),
        ({"type": "integer"}, "", 1),
        ({"type": "integer", "minimum": 100}, "", 100),
        ({"type": "integer", "exclusiveMinimum": 100, "multipleOf": 8}, "", 104),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, "", 0.5),
        ({"type": "null"}, "", None),
        ({"type": "object"}, "", {}),
        ({"type": "object", "properties": {"a": {"type": "string"}}}, "", {}),
        ({"type": "array", "items": {"type": "string"}}, "names", ["rack-7"]),
        ({"type": "array", "items": {}, "maxItems": 0}, "", []),
        (
            {"type": "array", "items": {"type": "integer"}, "minItems": 2, "uniqueItems": True},
            "", [1, 0],
        ),
        ({"type": "array", "prefixItems": [{"type": "string"}], "items": False}, "", ["example"]),
        ({"additionalProperties": {"type": "integer"}, "type": "object"}, "", {"rack": 1}),
        ({"patternProperties": {"^x-[a-z]$": {"type": "boolean"}}, "type": "object",
          "additionalProperties": False}, "", {"x-a": True}),
    ],
)  # fmt: skip
def test_values_are_what_a_person_would_write(schema, name, instance):
    made = sample(schema, name)
    assert made == instance
    assert type(made) is type(instance)


TWO = {"a": {"type": "string"}, "b": {"type": "integer"}, "c": {"type": "boolean"}}


@pytest.mark.parametrize(
    ("rules", "names"),
    [
        ({}, set()),
        ({"required": ["b"]}, {"b"}),
        ({"anyOf": [{"required": ["b"]}, {"required": ["c"]}]}, {"b"}),
        ({"oneOf": [{"required": ["b"]}, {"required": ["c"]}]}, {"b"}),
        ({"allOf": [{"required": ["a"]}, {"required": ["c"]}]}, {"a", "c"}),
        ({"minProperties": 2}, {"a", "b"}),
        ({"required": ["a"], "dependentRequired": {"a": ["c"]}}, {"a", "c"}),
    ],
)
def test_objects_hold_what_they_must_and_no_more(rules, names):
    schema = {"type": "object", "properties": TWO, "additionalProperties": False, **rules}
    assert set(sample(schema)) == names


@pytest.mark.parametrize(
    "schema",
    [
        False,
        {"type": "string", "minLength": 5, "maxLength": 2},
        {"type": "string", "pattern": "^(?=a)b$"},
        {"type": "integer", "minimum": 5, "maximum": 2},
        {"type": "object", "required": ["a"], "properties": {"a": False}},
        {"$ref": "#/$defs/a", "$defs": {"a": {
            "type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/a"}}}}},
        {"type": "string", "pattern": "^(a+)+$", "minLength": 30},
        {"type": "string", "pattern": r"\p{L}"},
    ],
)  # fmt: skip
def test_without_a_valid_instance_there_is_none(schema):
    assert sample(schema) is UNSET


@pytest.mark.parametrize(
    "pattern", ["^(a+)+b$", "^(a|a)*c$", "^(a|aa)+$", "^a*a*a*a*a*b$", "(x+x+)+y", "^((a*)*)*$"]
)
@pytest.mark.parametrize("length", [0, 30, 4000])
def test_a_hostile_pattern_takes_no_time(pattern, length):
    began = time.perf_counter()
    sample({"type": "string", "pattern": pattern, "minLength": length}, "a" * 40)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^[0-9]{3}$", "111"),
        (r"^v\d+\.\d{2}$", "v1.11"),
        ("^(?:auto|[0-9]+)$", "auto"),
        ("^([a-f0-9]{2}:){2}x?$", "aa:aa:"),
        ("^[^a-zA-Z0-9]$", "-"),
        (r"^a\-\$$", "a-$"),
    ],
)
def test_a_text_is_made_for_a_pattern(pattern, text):
    assert matching(pattern) == text
    assert re.search(pattern, text)


@pytest.mark.parametrize("pattern", ["(?!a)b", r"(a)\1", "(", "[", "{", "a\\", "a{9999}b{9999}"])
def test_for_other_patterns_no_text_is_made(pattern):
    assert matching(pattern) is None


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(schemas)
def test_what_is_made_is_valid_and_the_same_each_time(raw):
    schema = normalise(raw).schema
    made = sample(schema)
    assert repr(sample(schema)) == repr(made)
    if made is not UNSET:
        Draft202012Validator(schema).validate(made)


@given(st.text(max_size=12))
def test_making_a_text_for_any_pattern_ends_without_an_error(pattern):
    text = matching(pattern)
    assert text is None or len(text) <= 256


NAMED = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
SIZED = {
    "type": "object", "properties": {"size": {"type": "integer"}}, "required": ["size"],
}  # fmt: skip


def test_a_request_without_a_payload_has_no_body():
    (example,) = examples_for("/racks", (), ())
    assert (example.path, example.body, example.versions) == ("/racks", UNSET, ALL_VERSIONS)


def test_each_range_of_payloads_has_an_example_newest_first():
    examples = examples_for(
        "/racks",
        (),
        [
            Payload(schema=NAMED, versions=parse("-1.1")),
            Payload(schema=SIZED, versions=parse("1.2-")),
            Payload(schema={**SIZED, "minProperties": 1}, versions=parse("1.2-")),
        ],
    )
    assert [(str(item.versions), item.body) for item in examples] == [
        ("1.2\u2013", {"size": 10}), ("\u20131.1", {"name": "rack-7"}),
    ]  # fmt: skip


def test_a_payload_that_nothing_fits_has_no_example():
    assert examples_for("/racks", (), [Payload(schema={"type": "string", "enum": [5]})]) == ()


def test_path_parameters_are_filled_in():
    parameters = [
        Parameter(name="segment_id", location="path", schema={"type": "string"}),
        Parameter(name="id", location="path", schema={"type": "integer", "minimum": 3}),
        Parameter(name="key", location="path", schema={"enum": ["a/b c"]}),
        Parameter(name="limit", location="query", schema={"type": "integer"}),
    ]
    (example,) = examples_for("/segments/{segment_id}/hosts/{id}/{key}/{other_id}", parameters, ())
    assert example.path == f"/segments/{UUID}/hosts/3/a%2Fb%20c/{UUID}"


def test_a_parameter_that_nothing_fits_stays_a_parameter():
    parameters = [Parameter(name="id", location="path", schema=False)]
    assert examples_for("/x/{id}", parameters, ())[0].path == "/x/{id}"


@pytest.mark.real("masakari")
def test_a_released_services_requests_are_quick_and_readable():
    from masakari.api.openstack.ha.schemas import hosts, notifications, segments

    found = [
        normalise(raw).schema
        for raw in (
            segments.create, segments.create_v12, segments.update, segments.update_v12,
            hosts.create, hosts.update, notifications.create,
        )
    ]  # fmt: skip
    sample({"type": "string"})
    began = time.perf_counter()
    bodies = [sample(schema) for schema in found]
    assert time.perf_counter() - began < 0.1
    assert bodies[0] == {
        "segment": {"name": "rack-7", "recovery_method": "auto", "service_type": "COMPUTE"}
    }
    assert bodies[2] == {"segment": {"name": "rack-7"}}
    assert bodies[6]["notification"]["type"] == "COMPUTE_HOST"
    for schema, body in zip(found, bodies, strict=True):
        Draft202012Validator(schema).validate(body)
