from __future__ import annotations

import copy
import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxext_apiplug.inventory.model import Payload
from sphinxext_apiplug.inventory.shapes import PROVIDED_BY, RECURSIVE
from sphinxext_apiplug.inventory.timeline import Field, fold
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange, merge
from tests.inventory.strategies import payloads, ranges

parse = VersionRange.parse
STRING = {"type": "string"}


def one(schema, **properties) -> Field:
    """The only field of an object with one property ``x``."""
    (field,) = fold(
        [Payload(schema={"type": "object", "properties": {"x": schema}, **properties})]
    )
    return field


def state(schema, **properties):
    (only,) = one(schema, **properties).states
    return only


def walk(fields):
    for field in fields:
        yield field
        yield from walk(field.children)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "integer", "minimum": 1, "x-apiplug-unknown": {"maximum": "nova.db.MAX_INT"}},
         ("at least 1", "at most `nova.db.MAX_INT` (unknown here)")),
        ({"type": "string", "x-apiplug-unknown": {"maxLength": "tag.LONGEST"}},
         ("at most `tag.LONGEST` characters (unknown here)",)),
        ({"type": "string", "x-apiplug-unknown": {"enum": "events.NAMES"}},
         ("one of `events.NAMES` (unknown here)",)),
        ({"type": "string", "x-apiplug-unknown": {"format": "a`b"}},
         ("format `a'b` (unknown here)",)),
        ({"allOf": [{"type": "integer", "x-apiplug-unknown": {"maximum": "a.B"}},
                    {"x-apiplug-unknown": {"minimum": "a.C"}}]},
         ("at least `a.C` (unknown here)", "at most `a.B` (unknown here)")),
        ({"type": "array", "items": {"type": "string", "x-apiplug-unknown": {"maxLength": "a.B"}}},
         ("each at most `a.B` characters (unknown here)",)),
        ({"type": "string", "x-apiplug-unknown": "no object"}, ()),
    ],
)  # fmt: skip
def test_bounds_that_are_mocked(schema, expected) -> None:
    """Their names are told."""
    assert set(state(schema).bounds) == set(expected)


SEGMENT = {
    "type": "object",
    "properties": {
        "segment": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": 255},
                "description": {"type": ["string", "null"], "minLength": 0},
                "recovery_method": {"type": "string", "enum": ["auto", "reserved_host"]},
            },
            "required": ["name", "recovery_method"],
            "additionalProperties": False,
        }
    },
    "required": ["segment"],
}


def segment_since_12():
    schema = copy.deepcopy(SEGMENT)
    schema["properties"]["segment"]["properties"]["enabled"] = {"type": "boolean"}
    return schema


def test_a_field_that_nobody_annotated_knows_since_when_it_exists():
    (segment,) = fold(
        [
            Payload(schema=segment_since_12(), versions=parse("1.2-")),
            Payload(schema=SEGMENT, versions=parse("-1.1")),
        ],
        within=parse("1.0-1.3"),
    )
    assert segment.versions == (parse("1.0-1.3"),)
    fields = {field.name: field for field in segment.children}
    assert fields["enabled"].versions == (parse("1.2-1.3"),)
    for name in ("name", "description", "recovery_method"):
        assert fields[name].versions == (parse("1.0-1.3"),)
        assert len(fields[name].states) == 1
    assert len(segment.states) == 1
    assert [field.pointer for field in segment.children] == [
        "/segment/name",
        "/segment/recovery_method",
        "/segment/description",
        "/segment/enabled",
    ]


def test_required_fields_come_first_and_the_rest_as_the_author_wrote_them():
    schema = {"properties": dict.fromkeys("dbca", STRING), "required": ["c", "a"]}
    assert [field.name for field in fold([Payload(schema=schema)])] == ["c", "a", "d", "b"]


def test_a_field_that_is_gone_stands_where_it_stood():
    old = {"properties": dict.fromkeys("abc", STRING)}
    new = {"properties": dict.fromkeys("acd", STRING)}
    fields = fold(
        [Payload(schema=old, versions=parse("-2.5")), Payload(schema=new, versions=parse("2.6-"))]
    )
    assert [field.name for field in fields] == ["a", "b", "c", "d"]
    assert fields[1].versions == (parse("-2.5"),)


def test_a_field_may_come_back():
    there, gone = {"properties": {"x": STRING}}, {"type": "object", "properties": {}}
    (field,) = fold(
        [
            Payload(schema=there, versions=parse("1.0-1.1")),
            Payload(schema=gone, versions=parse("1.2-1.3")),
            Payload(schema=there, versions=parse("1.4-")),
        ]
    )
    assert field.versions == (parse("1.0-1.1"), parse("1.4-"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"type": "string"}, {"type": ["string", "null"]}),
        ({"maxLength": 5}, {"maxLength": 6}),
        ({"default": 1}, {"default": True}),
        ({"enum": [1, 2]}, {"enum": [True, 2]}),
        ({"description": "Old."}, {"description": "New."}),
        ({"format": "uuid"}, {"format": "uri"}),
    ],
)
def test_what_changes_gives_two_states(before, after):
    (field,) = fold(
        [
            Payload(schema={"properties": {"x": before}}, versions=parse("-1.4")),
            Payload(schema={"properties": {"x": after}}, versions=parse("1.5-")),
        ]
    )
    assert field.versions == (ALL_VERSIONS,)
    assert [item.versions for item in field.states] == [parse("-1.4"), parse("1.5-")]


def test_a_field_that_becomes_required_says_when():
    old, new = {"properties": {"x": STRING}}, {"properties": {"x": STRING}, "required": ["x"]}
    (field,) = fold(
        [Payload(schema=old, versions=parse("-1.4")), Payload(schema=new, versions=parse("1.5-"))]
    )
    assert [(str(item.versions), item.required) for item in field.states] == [
        ("\u20131.4", False),
        ("1.5\u2013", True),
    ]


def test_wording_that_means_the_same_is_no_change():
    old = {"properties": {"x": {"type": "string", "title": "X"}}}
    new = {"properties": {"x": {"allOf": [{"type": "string"}]}}}
    (field,) = fold(
        [Payload(schema=old, versions=parse("-1.4")), Payload(schema=new, versions=parse("1.5-"))]
    )
    assert len(field.states) == 1


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "string"}, "string"),
        ({"type": ["string", "null"]}, "string or null"),
        ({"type": ["null", "string"]}, "string or null"),
        ({"type": ["string", "integer", "null"]}, "string, integer or null"),
        ({"type": "string", "format": "uuid"}, "string, uuid"),
        ({"type": ["string", "null"], "format": "base64"}, "string, base64, or null"),
        ({"type": "string", "contentEncoding": "base64"}, "string, base64"),
        ({"type": "array", "items": {"type": "object"}}, "array of object"),
        ({"type": "array", "items": {}}, "array"),
        ({"type": "array", "items": {"type": ["string", "null"]}}, "array of (string or null)"),
        (
            {"type": "array", "items": {"type": "array", "items": STRING}},
            "array of array of string",
        ),
        (
            {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "null"}]},
            "string, uuid, or null",
        ),
        ({"oneOf": [{"type": "integer"}, {"type": "string"}]}, "integer or string"),
        ({"enum": ["a", None]}, "string or null"),
        ({"const": 5}, "integer"),
        ({"properties": {"a": True}}, "object"),
        ({"items": STRING}, "array of string"),
        ({}, ""),
        (True, ""),
    ],
)
def test_the_type_is_named_as_people_say_it(schema, text):
    assert state(schema).type == text


@pytest.mark.parametrize(
    ("schema", "bounds"),
    [
        ({"minLength": 1, "maxLength": 255}, ("1 to 255 characters",)),
        ({"maxLength": 65535}, ("up to 65,535 characters",)),
        ({"minLength": 0}, ("may be empty",)),
        ({"minLength": 3}, ("at least 3 characters",)),
        ({"minLength": 32, "maxLength": 32}, ("exactly 32 characters",)),
        ({"minLength": 1, "maxLength": 1}, ("exactly 1 character",)),
        ({"minimum": 1, "maximum": 65535}, ("1 to 65,535",)),
        ({"minimum": 0}, ("at least 0",)),
        ({"exclusiveMinimum": 0, "maximum": 1.5}, ("more than 0", "at most 1.5")),
        ({"multipleOf": 8}, ("a multiple of 8",)),
        (
            {"type": "array", "minItems": 1, "maxItems": 50, "uniqueItems": True},
            ("1 to 50 items", "no duplicates"),
        ),
        (
            {"type": "array", "items": {"type": "string", "maxLength": 36}},
            ("each up to 36 characters",),
        ),
        ({"type": "array", "items": {"enum": ["a", "b"]}}, ("each one of `a`, `b`",)),
        ({"type": "object", "maxProperties": 5}, ("up to 5 fields",)),
        ({"pattern": "^[a-z]*$"}, ("pattern `^[a-z]*$`",)),
        ({"pattern": "^`\n\u2028$"}, (r"pattern `^\x60\n\u2028$`",)),
        ({"pattern": "x" * 981}, ("a pattern of 981 characters",)),
        ({"readOnly": True}, ("read-only",)),
        ({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]}, ("at least 1",)),
        (
            {"oneOf": [{"type": "string", "maxLength": 5}, {"type": "integer", "minimum": 1}]},
            ("up to 5 characters if string", "at least 1 if integer"),
        ),
        (
            {"allOf": [{"minLength": 1}, {"minLength": 3, "maxLength": 9}, {"maxLength": 7}]},
            ("3 to 7 characters",),
        ),
        ({"anyOf": [{"type": "integer"}, {"enum": ["auto"]}]}, ("one of `auto` if string",)),
    ],
)
def test_bounds_read_as_english(schema, bounds):
    assert state(schema).bounds == bounds


@pytest.mark.parametrize(
    ("rule", "bound"),
    [
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, "at least one of `a`, `b`"),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, "exactly one of `a`, `b`"),
        (
            {"anyOf": [{"required": ["a", "b"]}, {"required": ["c"]}]},
            "at least one of `a` with `b`, `c`",
        ),
        ({"dependentRequired": {"a": ["b", "c"]}}, "`a` needs `b` and `c`"),
    ],
)
def test_rules_between_fields_stand_at_their_object(rule, bound):
    schema = {"type": "object", "properties": dict.fromkeys("abc", STRING), **rule}
    field = one(schema)
    assert field.states[0].bounds == (bound,)
    assert [child.states[0].required for child in field.children] == [False] * 3


def test_enum_and_default_are_kept_as_values():
    found = state({"enum": ["auto", 1, None], "default": None, "description": "How."})
    assert found.enum == ("auto", 1, None)
    assert found.default is None
    assert found.description == "How."
    assert state(STRING).default is msgspec.UNSET


def test_a_field_in_only_some_branches_is_not_required():
    schema = {
        "oneOf": [
            {"properties": {"a": STRING, "b": STRING}, "required": ["a", "b"]},
            {"properties": {"a": STRING}, "required": ["a"]},
        ]
    }
    required = {item.name: item.states[0].required for item in fold([Payload(schema=schema)])}
    assert required == {"a": True, "b": False}


def test_all_of_adds_up():
    schema = {
        "allOf": [
            {"properties": {"a": {"type": "string", "minLength": 1}}, "required": ["a"]},
            {"properties": {"a": {"maxLength": 5}, "b": STRING}},
        ]
    }
    a, b = fold([Payload(schema=schema)])
    assert (a.name, a.states[0].required, a.states[0].bounds) == (
        "a",
        True,
        ("1 to 5 characters",),
    )
    assert b.name == "b"


def test_if_then_else_gives_optional_fields():
    schema = {
        "type": "object",
        "if": {"properties": {"kind": {"const": "x"}}},
        "then": {"properties": {"a": STRING}, "required": ["a"]},
        "else": {"properties": {"b": STRING}},
    }
    assert [(f.name, f.states[0].required) for f in fold([Payload(schema=schema)])] == [
        ("a", False),
        ("b", False),
    ]


def test_items_pattern_and_free_names_have_children_with_pointers_of_their_own():
    inner = {"type": "object", "properties": {"uuid": STRING}}
    schema = {
        "properties": {
            "networks": {"type": "array", "items": inner},
            "metadata": {
                "type": "object",
                "patternProperties": {"^[a-z]+$": STRING},
                "additionalProperties": inner,
                "properties": {"*": STRING, "a/b": STRING},
            },
        }
    }
    pointers = {item.pointer: item.name for item in walk(fold([Payload(schema=schema)]))}
    assert pointers == {
        "/networks": "networks",
        "/networks/[]/uuid": "uuid",
        "/metadata": "metadata",
        "/metadata/~*": "*",
        "/metadata/a~1b": "a/b",
        "/metadata/~p^[a-z]+$": "^[a-z]+$",
        "/metadata/*": "*",
        "/metadata/*/uuid": "uuid",
    }


def test_a_recursive_field_is_shown_once():
    node = {
        "type": "object",
        "properties": {
            "name": STRING,
            "next": {"$ref": "#/$defs/node"},
            "children": {"type": "array", "items": {"$ref": "#/$defs/node"}},
        },
    }
    schema = {"properties": {"tree": {"$ref": "#/$defs/node"}}, "$defs": {"node": node}}
    (tree,) = fold([Payload(schema=schema)])
    texts = {item.name: item.states[0].type for item in tree.children}
    assert texts == {
        "name": "string",
        "next": "object (recursive)",
        "children": "array of object (recursive)",
    }
    assert not any(item.children for item in tree.children)


def test_a_definition_used_twice_is_no_recursion():
    schema = {
        "properties": {"a": {"$ref": "#/$defs/d"}, "b": {"$ref": "#/$defs/d"}},
        "$defs": {"d": {"type": "object", "properties": {"x": STRING}}},
    }
    assert [
        [child.name for child in field.children] for field in fold([Payload(schema=schema)])
    ] == [["x"], ["x"]]


def test_equal_references_to_different_definitions_are_a_change():
    def payload(text, versions):
        schema = {"properties": {"x": {"$ref": "#/$defs/d"}}, "$defs": {"d": {"type": text}}}
        return Payload(schema=schema, versions=parse(versions))

    (field,) = fold([payload("string", "-1.4"), payload("integer", "1.5-")])
    assert [item.type for item in field.states] == ["string", "integer"]


def test_definitions_that_all_refer_to_one_another_end():
    names = [f"d{number}" for number in range(12)]
    everything = {name: {"$ref": f"#/$defs/{name}"} for name in names}
    schema = {
        "properties": everything,
        "$defs": {name: {"type": "object", "properties": everything} for name in names},
    }
    began = time.perf_counter()
    assert len(list(walk(fold([Payload(schema=schema)])))) <= 5_000
    assert time.perf_counter() - began < 10


def test_the_extension_that_adds_a_field_is_named():
    schema = {
        "properties": {
            "server": {"type": "object", "properties": {"name": STRING, "user_data": STRING}}
        }
    }
    (server,) = fold(
        [
            Payload(schema=schema, versions=parse("-2.5")),
            Payload(
                schema=schema,
                versions=parse("2.6-"),
                provided_by={"/properties/server/properties/user_data": "user_data"},
            ),
        ]
    )
    name, user_data = server.children
    assert (name.provided_by, user_data.provided_by) == (None, "user_data")
    assert schema["properties"]["server"]["properties"]["user_data"] == STRING


def test_a_payload_that_is_no_object_is_a_field_without_a_name():
    (field,) = fold([Payload(schema={"type": "array", "items": {"properties": {"a": STRING}}})])
    assert (field.name, field.pointer, field.states[0].type) == ("", "", "array of object")
    assert [child.pointer for child in field.children] == ["/[]/a"]
    either = {"type": ["object", "null"], "properties": {"a": STRING}}
    (both,) = fold(
        [
            Payload(schema=either, versions=parse("1.2-")),
            Payload(schema={"properties": {"a": STRING}}, versions=parse("-1.1")),
        ]
    )
    assert [item.type for item in both.states] == ["object", "object or null"]
    assert [child.pointer for child in both.children] == ["/a"]
    (null,) = fold([Payload(schema={"type": "null"})])
    assert (null.name, null.states[0].type) == ("", "null")


@pytest.mark.parametrize("schema", [True, {}, {"type": "object"}, False])
def test_a_payload_of_which_nothing_is_known_has_no_fields(schema):
    assert fold([Payload(schema=schema)]) == ()


def test_a_forbidden_property_is_no_field():
    old, new = {"properties": {"x": STRING}}, {"properties": {"x": False}}
    (field,) = fold(
        [Payload(schema=old, versions=parse("-1.4")), Payload(schema=new, versions=parse("1.5-"))]
    )
    assert field.versions == (parse("-1.4"),)


def test_where_ranges_overlap_both_payloads_hold():
    fields = fold(
        [
            Payload(schema={"properties": {"a": STRING}, "required": ["a"]}),
            Payload(schema={"properties": {"b": STRING}}, versions=parse("1.2-1.3")),
        ]
    )
    assert [(field.name, [str(item) for item in field.versions]) for field in fields] == [
        ("a", ["\u2013"]),
        ("b", ["1.2\u20131.3"]),
    ]


def test_payloads_outside_the_operation_do_not_count():
    assert fold([Payload(schema=SEGMENT, versions=parse("-1.1"))], within=parse("1.2-")) == ()


@settings(max_examples=50, deadline=None)
@given(st.lists(payloads, max_size=4), ranges())
def test_whatever_the_payloads_the_tree_is_sound(items, within):
    fields = list(walk(fold(items, within)))
    assert len({field.pointer for field in fields}) == len(fields)
    for field in fields:
        assert field.states
        assert field.versions == merge(item.versions for item in field.states)
        assert all(within.covers(item.versions) for item in field.states)
        text = msgspec.json.encode(field)
        assert msgspec.json.decode(text, type=Field) == field
        assert not any(
            msgspec.json.encode(mark)[1:-1] in text for mark in (RECURSIVE, PROVIDED_BY)
        )


@settings(max_examples=60, deadline=None)
@given(st.lists(payloads, max_size=3))
def test_the_order_of_disjoint_payloads_does_not_matter(items):
    for index, item in enumerate(items):
        versions = VersionRange(since=f"1.{index * 2}", until=f"1.{index * 2 + 1}")
        items[index] = msgspec.structs.replace(item, versions=versions)
    assert fold(items) == fold(reversed(items))


def test_fifty_versions_of_a_large_payload_fold_quickly():
    variants = []
    for number in range(50):
        properties = {
            f"field_{index}": {"type": "string", "maxLength": 255} for index in range(40 + number)
        }
        schema = {"properties": {"server": {"type": "object", "properties": properties}}}
        variants.append(Payload(schema=schema, versions=parse(f"2.{number}")))
    began = time.perf_counter()
    (server,) = fold(variants)
    assert time.perf_counter() - began < 1
    assert str(server.children[-1].versions[0]) == "2.49"
    assert len(server.states) == 1
