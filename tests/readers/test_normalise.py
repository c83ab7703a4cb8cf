from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import decimal
import enum
import functools
import json
import re
import time
import types
import uuid
from collections import OrderedDict, UserDict, deque
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sphinxext_apiplug.inventory.problems import PROBLEM_KINDS
from sphinxext_apiplug.readers.normalise import normalise
from sphinxext_apiplug.readers.plain import DEEPEST
from tests.inventory.strategies import schemas


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Level(enum.IntEnum):
    LOW = 1


class Lazy:
    """A lazy translation that isn't text itself."""

    def translate(self, locale=None):
        return "Hallo"

    def __str__(self):
        return "Hello"


class LazyText(str):
    def __str__(self):
        raise UnicodeError("no implicit text")

    __slots__ = ()


class Hostile:
    __class__ = property(lambda self: 1 / 0)

    def __getattribute__(self, name):
        raise RuntimeError(name)


class RaisingDict(dict):
    def __iter__(self):
        raise RuntimeError("no")


class Reasoned:
    def __init__(self, regex, reason):
        self.regex = regex
        self.reason = reason


class DisplayedMock:
    """As autodoc's mocks are named."""

    __display_name__ = "pkg.db.MAX_INT.__deepcopy__"


def cycle():
    node = {"type": "object", "properties": {"name": {"type": "string"}}}
    node["properties"]["next"] = node
    return node


def nested(depth):
    schema = {"type": "string"}
    for _ in range(depth):
        schema = {"type": "object", "properties": {"x": schema}}
    return schema


NOTHING = ()
A, I, M = "schema-adapted", "schema-invalid", "value-mocked"  # noqa: E741

CASES = [
    # Older drafts: said in today's words, and no finding.
    ("draft 4 exclusive minimum", {"minimum": 1, "exclusiveMinimum": True},
     {"exclusiveMinimum": 1}, NOTHING),
    ("draft 4 inclusive maximum", {"maximum": 9, "exclusiveMaximum": False},
     {"maximum": 9}, NOTHING),
    ("two bounds, one stricter", {"minimum": 1, "exclusiveMinimum": 5},
     {"exclusiveMinimum": 5}, NOTHING),
    ("draft 4 ids", {"id": "http://x/", "$schema": "http://json-schema.org/draft-04/schema#",
                     "type": "string"}, {"type": "string"}, NOTHING),
    ("draft 4 definitions",
     {"definitions": {"a b": {"type": "string"}},
      "properties": {"x": {"$ref": "#/definitions/a%20b"}}},
     {"properties": {"x": {"$ref": "#/$defs/a_b"}}, "$defs": {"a_b": {"type": "string"}}},
     NOTHING),
    ("unused definitions", {"definitions": {"a": {"type": "string"}}}, {}, NOTHING),
    ("draft 3 required", {"properties": {"a": {"type": "string", "required": True}, "b": {}}},
     {"properties": {"a": {"type": "string"}, "b": {}}, "required": ["a"]}, NOTHING),
    ("list of items", {"items": [{"type": "string"}], "additionalItems": False},
     {"prefixItems": [{"type": "string"}], "items": False}, NOTHING),
    ("dependencies", {"dependencies": {"a": "b", "c": ["d"], "e": {"required": ["f"]}}},
     {"dependentRequired": {"a": ["b"], "c": ["d"]},
      "dependentSchemas": {"e": {"required": ["f"]}}},
     NOTHING),
    ("divisibleBy", {"divisibleBy": 8}, {"multipleOf": 8}, NOTHING),
    ("extends", {"extends": {"minLength": 1}}, {"minLength": 1}, NOTHING),
    ("disallow", {"disallow": "string"}, {"not": {"type": "string"}}, NOTHING),
    ("any type", {"type": "any"}, {}, NOTHING),
    ("union type", {"type": ["string", {"type": "object"}]},
     {"anyOf": [{"type": "string"}, {"type": "object"}]}, NOTHING),
    ("nullable", {"type": "string", "nullable": True}, {"type": ["string", "null"]}, NOTHING),
    ("example", {"example": "x"}, {"examples": ["x"]}, NOTHING),
    ("array without items", {"type": "array"}, {"type": "array", "items": {}}, NOTHING),
    ("maybe array without items", {"type": ["array", "null"]},
     {"type": ["array", "null"], "items": {}}, NOTHING),
    ("type list of one", {"type": ["string"]}, {"type": "string"}, NOTHING),
    # Python's own values.
    ("tuples", {"enum": ("a", "b"), "required": ("x",)}, {"enum": ["a", "b"], "required": ["x"],
                                                       "properties": {"x": {}}}, NOTHING),
    ("sets", {"enum": {"c", "a", "b"}}, {"enum": ["a", "b", "c"]}, NOTHING),
    ("dict views", {"enum": {"b": 1, "a": 2}.keys()}, {"enum": ["b", "a"]}, NOTHING),
    ("ranges", {"enum": range(3)}, {"enum": [0, 1, 2]}, NOTHING),
    ("deques", {"enum": deque("ab")}, {"enum": ["a", "b"]}, NOTHING),
    ("other mappings", types.MappingProxyType(
        OrderedDict(properties=UserDict({"a": types.MappingProxyType({"type": "string"})}))),
     {"properties": {"a": {"type": "string"}}}, NOTHING),
    ("dates", {"default": dt.date(2026, 1, 31)}, {"default": "2026-01-31"}, NOTHING),
    ("bytes", {"title": b"abc"}, {"title": "abc"}, NOTHING),
    ("enum members", {"enum": [Colour.RED, Level.LOW]}, {"enum": ["red", 1]}, NOTHING),
    ("an enum class", {"enum": Colour}, {"enum": ["red", "blue"]}, NOTHING),
    ("uuid and decimal", {"enum": [uuid.UUID(int=1), decimal.Decimal("1.5")]},
     {"enum": ["00000000-0000-0000-0000-000000000001", 1.5]}, NOTHING),
    ("lazy text", {"description": LazyText("Hi"), "title": Lazy()},
     {"description": "Hi", "title": "Hello"}, NOTHING),
    ("a compiled pattern", {"pattern": re.compile("^a$")}, {"pattern": "^a$"}, NOTHING),
    ("a pattern with a reason", {"pattern": Reasoned("^a$", "Because.")}, {"pattern": "^a$"},
     NOTHING),
    ("vendor keywords", {"x-tags": ("a",)}, {"x-tags": ["a"]}, NOTHING),
    ("keys that are no text", {"properties": {1: {}, None: {}, Colour.RED: {}}},
     {"properties": {"1": {}, "null": {}, "red": {}}}, ((A, "/properties"), (A, "/properties"))),
    ("a keyword among the properties", {"properties": {"type": "object", "required": ["a"]}},
     {"properties": {}}, ((I, "/properties/type"), (I, "/properties/required"))),
    ("properties that are called like keywords", {"properties": {"type": {}, "items": True}},
     {"properties": {"type": {}, "items": True}}, NOTHING),
    # What has no JSON form is named.
    ("a mock for a number", {"maximum": DisplayedMock()},
     {"x-apiplug-unknown": {"maximum": "pkg.db.MAX_INT"}}, ((M, "/maximum"),)),
    ("a mock for a schema", {"properties": {"a": mock.MagicMock()}}, {"properties": {"a": {}}},
     ((A, "/properties/a"),)),
    ("a mock for an enum", {"type": "string", "enum": DisplayedMock()},
     {"type": "string", "x-apiplug-unknown": {"enum": "pkg.db.MAX_INT"}}, ((M, "/enum"),)),
    ("an unknown default", {"default": functools.partial(json.dumps, 1)},
     {"default": "json.dumps"}, ((A, "/default"),)),
    ("an unknown value of the wrong type", {"type": "integer", "default": object()},
     {"type": "integer"}, ((A, "/default"), (A, "/default"))),
    ("not a number", {"minimum": float("nan"), "maximum": float("inf")}, {},
     ((A, "/minimum"), (A, "/maximum"))),
    ("half a character", {"title": "\ud800"}, {"title": "\ufffd"}, ((A, "/title"),)),
    ("a class that raises", {"default": Hostile(), "type": "string"},
     {"default": "Hostile", "type": "string"}, ((A, "/default"),)),
    ("a dict that raises", {"properties": {"a": RaisingDict(x=1)}}, {"properties": {"a": {}}},
     ((A, "/properties/a"),)),
    # Enums, defaults and types that don't agree.
    ("null in an enum", {"type": "string", "enum": ["a", None]},
     {"type": ["string", "null"], "enum": ["a", None]}, ((A, "/enum"),)),
    ("wrong values in an enum", {"type": "string", "enum": ["a", 1, "b"]},
     {"type": "string", "enum": ["a", "b"]}, ((A, "/enum"),)),
    ("an enum of another type", {"type": "string", "enum": [1, 2]}, {"enum": [1, 2]},
     ((A, "/type"),)),
    ("true isn't 1", {"enum": [1, True, "1"]}, {"enum": [1, True, "1"]}, NOTHING),
    ("1 is 1.0", {"enum": [1, 2, 1.0]}, {"enum": [1, 2]}, NOTHING),
    ("a default of another type", {"type": "string", "default": None}, {"type": "string"},
     ((A, "/default"),)),
    ("a default outside the enum", {"enum": ["a"], "default": "b"}, {"enum": ["a"]},
     ((A, "/default"),)),
    ("items of a text", {"type": "string", "items": {}}, {"type": "string"}, ((A, "/items"),)),
    # Lists of schemas that say nothing, or say it twice.
    ("a list of one", {"type": "object", "anyOf": [{"required": ["a"]}]},
     {"type": "object", "required": ["a"], "properties": {"a": {}}}, NOTHING),
    ("a list of one with properties", {"additionalProperties": False,
                                       "oneOf": [{"properties": {"a": {}}}]},
     {"additionalProperties": False, "allOf": [{"properties": {"a": {}}}]}, NOTHING),
    ("the same twice", {"anyOf": [{"type": "string"}, {"type": "string"}, {"type": "null"}]},
     {"anyOf": [{"type": "string"}, {"type": "null"}]}, NOTHING),
    ("anything goes", {"anyOf": [{"type": "string"}, {}]}, {}, NOTHING),
    ("overlapping oneOf", {"oneOf": [{"type": "string"}, {"type": "string", "format": "uuid"}]},
     {"anyOf": [{"type": "string"}, {"type": "string", "format": "uuid"}]}, ((A, "/oneOf"),)),
    ("overlapping oneOf beside anyOf",
     {"anyOf": [{"type": "string"}, {"type": "null"}],
      "oneOf": [{"type": "string"}, {"type": "string", "format": "uuid"}]},
     {"allOf": [{"anyOf": [{"type": "string"}, {"type": "string", "format": "uuid"}]}],
      "anyOf": [{"type": "string"}, {"type": "null"}]},
     ((A, "/oneOf"),)),
    ("one is not true", {"oneOf": [{"const": 1}, {"const": True}]},
     {"oneOf": [{"const": 1}, {"const": True}]}, NOTHING),
    ("a list of one beside what is left out",
     {"type": "integer", "default": "a", "allOf": [{"default": 5}]},
     {"type": "integer", "default": 5}, ((A, "/default"),)),
    ("a list of one beside what an older draft left out",
     {"additionalItems": {}, "allOf": [{"items": {}}]}, {"items": {}}, NOTHING),
    ("separate oneOf", {"oneOf": [{"type": "string"}, {"type": "null"}]},
     {"oneOf": [{"type": "string"}, {"type": "null"}]}, NOTHING),
    # Wrong, and left out.
    ("no schema at all", None, {}, ((I, ""),)),
    ("a text for a schema", "string", {}, ((I, ""),)),
    ("a list for a schema", {"properties": {"a": []}}, {"properties": {"a": {}}},
     ((I, "/properties/a"),)),
    ("a misspelt type", {"type": "strng"}, {}, ((I, "/type"),)),
    ("a Python type", {"type": str}, {}, ((I, "/type"),)),
    ("a list for properties", {"properties": []}, {}, ((I, "/properties"),)),
    ("a text for required", {"required": "name"}, {}, ((I, "/required"),)),
    ("a number in required", {"required": ["a", 1, "a"]},
     {"required": ["a"], "properties": {"a": {}}},
     ((I, "/required/1"),)),
    ("required, but not described", {"required": ["a"], "properties": {"b": {}},
                                     "additionalProperties": {"type": "string"}},
     {"required": ["a"], "properties": {"b": {}, "a": {"type": "string"}},
      "additionalProperties": {"type": "string"}}, NOTHING),
    ("required and described by a pattern",
     {"required": ["x-a"], "patternProperties": {"^x-": {"type": "string"}},
      "additionalProperties": {"type": "integer"}},
     {"required": ["x-a"], "patternProperties": {"^x-": {"type": "string"}},
      "additionalProperties": {"type": "integer"}}, NOTHING),
    ("required beside another property",
     {"dependentSchemas": {"a": {"required": ["b"]}}},
     {"dependentSchemas": {"a": {"required": ["b"]}}}, NOTHING),
    ("required, but forbidden", {"required": ["a"], "additionalProperties": False},
     {"required": ["a"], "additionalProperties": False}, NOTHING),
    ("required in one branch", {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
     {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, NOTHING),
    ("a text for a length", {"maxLength": "255"}, {}, ((I, "/maxLength"),)),
    ("a negative length", {"minLength": -1}, {}, ((I, "/minLength"),)),
    ("true for a length", {"minLength": True}, {}, ((I, "/minLength"),)),
    ("a whole float for a length", {"minLength": 2.0}, {"minLength": 2}, NOTHING),
    ("no multiple", {"multipleOf": 0}, {}, ((I, "/multipleOf"),)),
    ("an empty enum", {"enum": []}, {}, ((I, "/enum"),)),
    ("an empty anyOf", {"anyOf": []}, {}, ((I, "/anyOf"),)),
    ("a number for a pattern", {"pattern": 5}, {}, ((I, "/pattern"),)),
    ("a broken pattern", {"pattern": "("}, {}, ((I, "/pattern"),)),
    ("a broken name pattern", {"patternProperties": {"(": {}, "a": {}}},
     {"patternProperties": {"a": {}}}, ((I, "/patternProperties/("),)),
    ("a reference to nothing", {"$ref": "#/definitions/x"}, {}, ((I, "/$ref"),)),
    ("a reference elsewhere", {"$ref": "http://x/y.json"}, {}, ((I, "/$ref"),)),
    ("a definition by itself", {"$ref": "#/definitions/a", "definitions": {
        "a": {"$ref": "#/definitions/b"}, "b": {"allOf": [{"$ref": "#/definitions/a"}]}}},
     {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {}}}, ((I, ""),)),
    ("a definition that is one of itself and another", {"$ref": "#/definitions/a", "definitions": {
        "a": {"anyOf": [{"$ref": "#/definitions/a"}, {"type": "string"}]}}},
     {"$ref": "#/$defs/a", "$defs": {"a": {}}}, ((I, ""),)),
    ("an unknown keyword", {"maxlength": 5}, {}, ((A, "/maxlength"),)),
    # Patterns that only Python understands.
    ("anchors", {"pattern": r"\A\d+\Z"}, {"pattern": r"^\d+$"}, NOTHING),
    ("named groups", {"pattern": "(?P<a>x)(?P=a)"}, {"pattern": r"(x)(?:\1)"}, NOTHING),
    ("no case", {"pattern": "(?i)^a[b-d]$"}, {"pattern": "^[aA][b-dB-D]$"}, NOTHING),
    ("needless escapes", {"pattern": r"[\ \~]\-"}, {"pattern": "[ ~]-"}, NOTHING),
    ("verbose", {"pattern": "(?x) a  b # so"}, {"pattern": "ab"}, NOTHING),
    ("a conditional group", {"pattern": "(a)?(?(1)b|c)"}, {}, ((I, "/pattern"),)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "schema", "findings"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_becomes_of_a_schema(raw, schema, findings):
    result = normalise(raw)
    assert json.dumps(result.schema) == json.dumps(schema)
    assert tuple((item.kind, item.pointer) for item in result.findings) == findings
    Draft202012Validator.check_schema(result.schema)


@pytest.mark.skipif(not hasattr(re, "NOFLAG"), reason="Python 3.11 brought these")
def test_possessive_repetition_is_kept_as_an_ordinary_one():
    result = normalise({"pattern": "(?>a)b++"})
    assert result.schema == {"pattern": "(?:a)b+"}
    assert [item.kind for item in result.findings] == ["schema-adapted"]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"type": "strng"}, "'strng' is no type of JSON Schema; left out; did you mean 'string'?"),
        ({"type": "int"}, "'int' is no type of JSON Schema; left out; did you mean 'integer'?"),
        ({"maxlength": 5},
         "'maxlength' is no keyword of JSON Schema; left out; did you mean 'maxLength'?"),
        ({"maximum": DisplayedMock()},
         "maximum is pkg.db.MAX_INT, whose value isn't known; left out"),
        ({"required": "name"}, "required must be a list of names, not 'name'; left out"),
        ({"minLength": True}, "minLength must be a whole number of 0 or more, not true; left out"),
        ({"minLength": -1}, "minLength must be a whole number of 0 or more, not -1; left out"),
        ({"title": ["x"]}, "title must be text, not a list; left out"),
    ],
)  # fmt: skip
def test_messages_say_what_is_wrong(raw, message):
    (finding,) = normalise(raw).findings
    assert finding.message == message


def test_messages_are_short_and_name_no_address():
    result = normalise(
        {
            "maxLength": "x" * 10_000,
            "minimum": object(),
            "default": [lambda: 0, mock.Mock(), Reasoned("a", "b")],
        }
    )
    assert all(len(item.message) < 200 for item in result.findings)
    text = json.dumps(result.schema) + " ".join(item.message for item in result.findings)
    assert not re.search(r"0x[0-9a-f]{6}|id='\d", text)


def test_a_dict_inside_itself_becomes_a_reference():
    result = normalise(cycle())
    schema = result.schema
    assert schema["properties"]["next"] == {"$ref": "#/$defs/root"}
    assert schema["$defs"]["root"]["properties"]["next"] == {"$ref": "#/$defs/root"}
    assert [item.pointer for item in result.findings] == ["/properties/next"]
    validator = Draft202012Validator(schema)
    assert validator.is_valid({"next": {"next": {"name": "a"}}})
    assert not validator.is_valid({"next": {"next": {"name": 1}}})


def test_a_value_inside_itself_is_cut_off():
    values = ["a"]
    values.append(values)
    result = normalise({"default": values})
    assert result.schema == {"default": ["a", None]}
    assert [item.kind for item in result.findings] == ["schema-invalid"]


def test_very_deep_schemas_are_cut_off_with_one_finding():
    result = normalise(nested(5_000))
    assert len(result.findings) == 1
    assert f"{DEEPEST} levels" in result.findings[0].message
    Draft202012Validator.check_schema(result.schema)


def test_schemas_as_deep_as_people_write_them_are_whole():
    assert normalise(nested(20)).findings == ()


def test_a_small_dict_that_stands_for_a_huge_one_ends():
    schema: dict[str, object] = {}
    for _ in range(30):
        schema = {"properties": {"a": schema, "b": schema}}
    began = time.perf_counter()
    result = normalise(schema)
    assert time.perf_counter() - began < 10
    assert 1 <= len(result.findings) <= 101


def test_thousands_of_faults_are_summed_up():
    findings = normalise({"properties": {str(index): [] for index in range(5_000)}}).findings
    assert len(findings) == 101
    assert findings[-1].message == "has 4900 more faults like these"


def test_a_plugins_own_schema_is_never_changed():
    raw = {
        "type": "array", "minimum": 1, "exclusiveMinimum": True, "enum": [None, "a"],
        "properties": {"a": {"required": True, "type": "string", "items": []}},
        "oneOf": [{"type": "string"}, {"type": "string"}], "definitions": {"x": {"id": "y"}},
    }  # fmt: skip
    before = copy.deepcopy(raw)
    normalise(raw)
    assert raw == before


def test_the_same_schema_gives_the_same_result():
    raw = {"enum": {"a", "b", 1, 2.5, None, ("x", 1), frozenset({3, 4})}}
    assert normalise(raw) == normalise(copy.deepcopy(raw))
    assert json.dumps(normalise(raw).schema["enum"]) == (
        '[null, 2.5, 1, ["x", 1], [3, 4], "a", "b"]'
    )


def test_every_kind_of_finding_is_a_declared_problem():
    kinds = {item.kind for case in CASES for item in normalise(case[1]).findings}
    assert kinds == {"schema-invalid", "schema-adapted", "value-mocked"}
    assert kinds <= PROBLEM_KINDS.keys()


# Anything that a plugin might put anywhere.
odd_values = st.sampled_from(
    [
        Colour.RED, Colour, Lazy(), LazyText("x"), mock.Mock(), DisplayedMock(), object(), str,
        float("nan"), float("inf"), 10**400, b"\xff", b"abc", dt.date(2026, 1, 1), "\ud800",
        re.compile("a"), Reasoned("(", ""), functools.partial(len), json, lambda: 0, Ellipsis,
        decimal.Decimal("NaN"), 1j, RaisingDict(a=1), range(3), {1, 2}, "a", "", 0, 1,
        -1, True, False, None, 2.5, "string", "#", "#/properties/a", "#/$defs/a", "#/items",
        "^[a-z]+$", "(?i)a", "(?P<a>b)",
    ]
)  # fmt: skip
keywords = st.sampled_from(
    [
        "type", "properties", "items", "required", "enum", "const", "default", "examples", "anyOf",
        "allOf", "oneOf", "not", "$ref", "$defs", "definitions", "pattern", "patternProperties",
        "additionalProperties", "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum",
        "dependencies", "dependentRequired", "dependentSchemas", "additionalItems", "prefixItems",
        "minLength", "multipleOf", "divisibleBy", "uniqueItems", "format", "title", "extends",
        "disallow", "nullable", "if", "then", "else", "contains", "propertyNames", "id", "$id",
        "$schema", "x-y", "nonsense", "a", "b", "example", "$dynamicRef", "unevaluatedProperties",
    ]
)  # fmt: skip
garbage = st.recursive(
    odd_values | st.text(max_size=5),
    lambda inner: (
        st.dictionaries(keywords, inner, max_size=5)
        | st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.sampled_from([1, None, Colour.RED, "a", "type"]), inner, max_size=2)
    ),
    max_leaves=15,
)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(keywords, garbage, max_size=6) | garbage)
def test_whatever_comes_in_a_valid_schema_comes_out(raw):
    result = normalise(raw)
    Draft202012Validator.check_schema(result.schema)
    json.dumps(result.schema, allow_nan=False).encode()
    again = normalise(result.schema)
    assert again.schema == result.schema
    assert not [item for item in again.findings if item.kind == "schema-invalid"]


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(schemas, st.integers() | st.text(max_size=3) | st.lists(st.integers(), max_size=2)
       | st.dictionaries(st.sampled_from("ab"), st.integers(), max_size=2))  # fmt: skip
def test_what_is_modern_and_sound_keeps_its_meaning(raw, instance):
    result = normalise(raw)
    if result.findings or "oneOf" in json.dumps(raw):
        return
    was, now = Draft202012Validator(raw), Draft202012Validator(result.schema)
    try:
        expected = was.is_valid(instance)
    except RecursionError:
        return
    assert now.is_valid(instance) == expected


@dataclasses.dataclass
class Service:
    """The released service's schemas, as it holds them."""

    schemas: dict[str, object]


@pytest.fixture(scope="module")
def service():
    from masakari.api.openstack.ha.schemas import hosts, notifications, payload, segments
    from masakari.api.validation import parameter_types

    found = {
        f"{module.__name__}.{name}": value
        for module in (hosts, notifications, payload, segments, parameter_types)
        for name, value in vars(module).items()
        if isinstance(value, dict) and isinstance(value.get("type"), str | list)
    }
    return Service(schemas=found)


@pytest.mark.real("masakari")
def test_a_released_services_schemas_pass_without_a_finding(service):
    assert len(service.schemas) > 15
    for name, raw in service.schemas.items():
        result = normalise(raw)
        assert result.findings == (), name
        Draft202012Validator.check_schema(result.schema)


@pytest.mark.real("masakari")
def test_a_released_services_pattern_of_printable_characters_means_the_same(service):
    raw = next(item for name, item in service.schemas.items() if name.endswith(".description"))
    pattern = normalise(raw).schema["pattern"]
    for text in ("Third rack", "caf\u00e9 ~ \u4e2d\n", "\x00", "\u200b", "", "tab\t"):
        assert bool(re.search(pattern, text)) == bool(re.search(raw["pattern"], text)), text
    assert r"\ " not in pattern
