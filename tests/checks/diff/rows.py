"""One row a kind of change: two APIs between which there is that change alone."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from sphinxext_apiplug.checks.diff.view import MEDIA_TYPES, OPTIONAL
from sphinxext_apiplug.inventory.model import (
    Augmentation,
    Contact,
    Header,
    Inventory,
    License,
    Policy,
    Removal,
    Security,
    Server,
    VersionCheck,
)
from sphinxext_apiplug.inventory.versions import VersionRange
from tests.checks.diff.making import (
    COMMON,
    EXTENSION,
    HANDLER,
    OK,
    OPERATION,
    api,
    body,
    extension,
    headers,
    inventory,
    operation,
    parameter,
    policy,
    request,
    response,
    statuses,
)

Row = tuple[str, Inventory, Inventory]

PLAIN = inventory(OPERATION)
TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
LIST = {"type": "array"}
ADDED = Augmentation(extension="os-more", handler=HANDLER)
CHECK = VersionCheck(versions=VersionRange(since="1.3"), source=HANDLER)


def versions(since: str, until: str) -> VersionRange:
    return VersionRange(since=since, until=until)


#: What happens to an API, an extension or an operation; the way back is its counterpart.
WHOLE: tuple[Row, ...] = (
    ("base-path-changed", PLAIN, api(base_path="/v2")),
    ("microversions-introduced", api(microversions=None), PLAIN),
    ("microversion-maximum-raised", PLAIN, api(microversions=versions("1.0", "1.6"))),
    ("microversion-minimum-raised", PLAIN, api(microversions=versions("1.1", "1.5"))),
    ("microversion-header-changed", PLAIN, api(service_type="store")),
    ("security-added", PLAIN, api(security=Security())),
    (
        "security-changed",
        api(security=Security()),
        api(security=Security(header="X-Subject-Token")),
    ),
    ("server-added", PLAIN, api(servers=(Server(url="https://a.example"),))),
    ("title-changed", PLAIN, api(title="Store API")),
    ("contact-changed", PLAIN, api(contact=Contact(name="Us"))),
    ("license-changed", PLAIN, api(license=License(name="MIT"))),
    (
        "extension-added",
        PLAIN,
        inventory(OPERATION, extensions=(EXTENSION, replace(EXTENSION, alias="os-more"))),
    ),
    ("extension-renamed", PLAIN, extension(name="All things")),
    ("extension-moved", PLAIN, extension(distribution="shop-things")),
    (
        "operation-added",
        PLAIN,
        inventory(OPERATION, replace(OPERATION, id="things-list", method="GET")),
    ),
    ("operation-withdrawn", PLAIN, operation(removed=Removal(reason="It was slow."))),
    (
        "refusal-added",
        inventory(),
        operation(removed=Removal(version="0.9")),
    ),
    (
        "operation-versions-extended",
        operation(versions=versions("1.0", "1.2")),
        operation(versions=versions("1.0", "1.4")),
    ),
    ("operation-deprecated", PLAIN, operation(deprecated=True)),
    ("operation-id-changed", PLAIN, operation(id="create-thing")),
    ("operation-moved", PLAIN, operation(extension="os-more")),
    (
        "path-parameter-renamed",
        operation(path="/things/{id}"),
        operation(path="/things/{thing_id}"),
    ),
    ("summary-added", PLAIN, operation(summary="Create a thing")),
    ("summary-changed", operation(summary="Make one"), operation(summary="Create one")),
    ("augmentation-added", PLAIN, operation(augmented_by=(ADDED,))),
    ("behaviour-versioned", PLAIN, operation(version_checks=(CHECK,))),
    ("policy-added", PLAIN, policy()),
    (
        "policy-added-implied",
        policy(),
        operation(
            policies=(
                Policy(name="shop:create", check="role:admin"),
                Policy(name="shop:see", check="role:admin or role:owner"),
            )
        ),
    ),
    ("policy-renamed", policy(), policy(name="shop:things:create")),
    ("policy-stricter", policy(), policy(check="role:admin and role:member")),
    ("policy-check-changed", policy(), policy(check="rule:owner")),
    ("policy-scope-narrowed", policy(), policy(scope_types=("project",))),
    ("policy-deprecated", policy(), policy(deprecated=True)),
    ("policy-asked-sometimes", policy(), policy(conditional=True)),
    (
        "policy-asked-sometimes",
        policy(check="", inferred=True),
        policy(check="", inferred=True, conditional=True),
    ),
    ("common-status-added", operation(responses=(OK,)), operation(responses=(OK, COMMON))),
    ("parameter-pattern-added", PLAIN, parameter(name="^tag:", by_pattern=True)),
    (
        "parameter-pattern-added",
        parameter(name="tag:a", schema=TEXT),
        parameter(name="^tag:", schema=TEXT, by_pattern=True),
    ),
    ("parameter-added", PLAIN, parameter()),
    ("required-parameter-added", PLAIN, parameter(required=True)),
    (
        "repetition-allowed",
        parameter(schema=TEXT),
        parameter(schema={"type": "array", "items": TEXT}),
    ),
    ("unlisted-parameters-refused", PLAIN, operation(strict_query=(VersionRange(),))),
    ("success-status-added", statuses(200), statuses(200, 202)),
    ("error-status-added", statuses(200), statuses(200, 409)),
    ("response-header-added", headers(), headers(Header(name="Location"))),
    ("body-schema-added", PLAIN, request(body({}))),
    (
        "body-schema-declared",
        response(body({"a": TEXT}, "a"), inferred=True),
        response(body({"b": NUMBER})),
    ),
    ("description-added", PLAIN, operation(description="More words.")),
    (
        "description-changed",
        operation(description="Words."),
        operation(description="More words."),
    ),
)

#: What happens to a body, in both directions.
BODIES: tuple[tuple[str, Any, Any], ...] = (
    ("body-required", {**body({}), OPTIONAL: True}, body({})),
    (
        "media-type-added",
        body({}),
        {**body({}), MEDIA_TYPES: ["application/json", "text/plain"]},
    ),
    ("body-introduced", {"type": "null"}, body({})),
    ("field-added", body({}), body({"a": TEXT})),
    ("required-field-added", body({}), body({"a": TEXT}, "a")),
    ("became-required", body({"a": TEXT}), body({"a": TEXT}, "a")),
    (
        "additional-fields-forbidden",
        body({"a": TEXT}),
        body({"a": TEXT}, additionalProperties=False),
    ),
    (
        "rule-added",
        body({"a": TEXT, "b": TEXT}),
        body({"a": TEXT, "b": TEXT}, anyOf=[{"required": ["a"]}, {"required": ["b"]}]),
    ),
)

#: What happens to a value: of a field, in both directions, and of a parameter.
VALUES: tuple[tuple[str, Any, Any], ...] = (
    ("type-narrowed", {"type": ["string", "integer"]}, NUMBER),
    ("type-changed", TEXT, NUMBER),
    ("null-allowed", TEXT, {"type": ["string", "null"]}),
    ("field-deprecated", TEXT, {**TEXT, "deprecated": True}),
    ("read-only-added", TEXT, {**TEXT, "readOnly": True}),
    ("write-only-added", TEXT, {**TEXT, "writeOnly": True}),
    ("enum-value-added", {"enum": ["a", "b"]}, {"enum": ["a", "b", "c"]}),
    ("enum-added", TEXT, {**TEXT, "enum": ["a"]}),
    ("minimum-raised", {**NUMBER, "minimum": 1}, {**NUMBER, "minimum": 2}),
    ("minimum-raised", NUMBER, {**NUMBER, "exclusiveMinimum": 2}),
    ("maximum-raised", {**NUMBER, "maximum": 1}, NUMBER),
    ("minimum-length-raised", TEXT, {**TEXT, "minLength": 2}),
    ("maximum-length-raised", {**TEXT, "maxLength": 1}, {**TEXT, "maxLength": 2}),
    ("minimum-items-raised", {**LIST, "minItems": 1}, {**LIST, "minItems": 2}),
    ("maximum-items-raised", {**LIST, "maxItems": 1}, LIST),
    ("minimum-fields-raised", body({}), body({}, minProperties=1)),
    ("maximum-fields-raised", body({}, maxProperties=1), body({}, maxProperties=2)),
    ("pattern-added", TEXT, {**TEXT, "pattern": "^a"}),
    ("pattern-changed", {**TEXT, "pattern": "^a"}, {**TEXT, "pattern": "^b"}),
    ("format-added", TEXT, {**TEXT, "format": "uuid"}),
    ("format-changed", {**TEXT, "format": "date"}, {**TEXT, "format": "uuid"}),
    ("multiple-of-added", NUMBER, {**NUMBER, "multipleOf": 2}),
    ("multiple-of-changed", {**NUMBER, "multipleOf": 2}, {**NUMBER, "multipleOf": 3}),
    ("duplicates-forbidden", LIST, {**LIST, "uniqueItems": True}),
    ("default-added", TEXT, {**TEXT, "default": ""}),
    ("default-changed", {**NUMBER, "default": 1}, {**NUMBER, "default": True}),
    ("constraint-added", TEXT, {**TEXT, "not": {"const": "x"}}),
    ("constraint-added", body({}), body({}, dependentSchemas={"a": {"required": ["b"]}})),
    ("additional-fields-forbidden", {}, {"additionalProperties": False}),
    (
        "constraint-changed",
        {**TEXT, "not": {"const": "x"}},
        {**TEXT, "not": {"const": "y"}},
    ),
    ("description-added", TEXT, {**TEXT, "description": "What it is."}),
)
