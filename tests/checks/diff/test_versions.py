"""What is new only from a new microversion on breaks nobody."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sphinxext_apiplug.checks.diff import Change, diff
from sphinxext_apiplug.inventory.model import Inventory, Operation, Payload, VersionCheck
from sphinxext_apiplug.inventory.versions import VersionRange
from tests.checks.diff.making import API, HANDLER, OPERATION, body, inventory, statuses

TEXT = {"type": "string"}


def history(until: str, *payloads: tuple[str, Any], since: str = "1.0") -> Inventory:
    """An API of the versions up to *until*, whose body is as given in some of them."""
    whole = VersionRange(since=since, until=until)
    request = tuple(
        Payload(schema=schema, versions=VersionRange.parse(text)) for text, schema in payloads
    )
    operation = replace(OPERATION, versions=whole, request=request)
    return inventory(operation, api=replace(API, microversions=whole))


def told(changes: tuple[Change, ...]) -> list[tuple[str, str, list[str]]]:
    return [
        (one.kind, one.severity, [str(versions) for versions in one.where.versions])
        for one in changes
        if one.where.part != "api"
    ]


def test_a_field_that_is_required_from_a_new_version_on_is_compatible() -> None:
    old = history("1.5", ("1.0-", body({})))
    new = history("1.6", ("1.0-1.5", body({})), ("1.6-", body({"a": TEXT}, "a")))
    assert told(diff(old, new)) == [("required-field-added", "compatible", ["1.6"])]


def test_the_same_change_at_old_versions_too_is_one_breaking_change() -> None:
    old = history("1.5", ("1.0-", body({})))
    new = history("1.6", ("1.0-", body({"a": TEXT}, "a")))
    assert told(diff(old, new)) == [("required-field-added", "breaking", [])]


def test_a_change_names_the_versions_at_which_it_is_seen() -> None:
    old = history("1.5", ("1.0-", body({"a": TEXT})))
    new = history("1.5", ("1.0-1.1", body({})), ("1.2-1.3", body({"a": TEXT})), ("1.4-", body({})))
    assert told(diff(old, new)) == [("field-removed", "breaking", ["1.0–1.1", "1.4–1.5"])]


def test_versions_that_are_gone_are_one_change_of_the_api() -> None:
    old = history("1.5", ("1.0-1.2", body({"a": TEXT})), ("1.3-", body({})))
    new = history("1.5", ("1.3-", body({})), since="1.3")
    assert [change.kind for change in diff(old, new)] == ["microversion-minimum-raised"]


def test_who_leaves_no_version_in_common_breaks_but_once() -> None:
    old, new = history("1.5", ("1.0-", body({}))), history("2.5", ("2.0-", body({})), since="2.0")
    assert [(change.kind, change.severity) for change in diff(old, new)] == [
        ("microversion-minimum-raised", "breaking"),
        ("microversion-maximum-raised", "compatible"),
    ]


def test_the_first_microversion_is_what_there_was_before() -> None:
    plain = inventory(
        replace(OPERATION, request=(Payload(schema=body({"a": TEXT})),)),
        api=replace(API, microversions=None),
    )
    new = history("1.2", ("1.0-1.1", body({"a": TEXT})), ("1.2-", body({})))
    assert told(diff(plain, new)) == [("field-removed", "compatible", ["1.2"])]


def test_an_operation_that_ends_with_a_new_version_is_compatible() -> None:
    old = history("1.5", ("1.0-", body({})))
    served = replace(old.operations[0], versions=VersionRange(since="1.0", until="1.5"))
    new = inventory(served, api=replace(API, microversions=VersionRange(since="1.0", until="1.6")))
    assert told(diff(old, new)) == [("operation-versions-reduced", "compatible", ["1.6"])]


def test_a_new_operation_names_the_versions_that_serve_it() -> None:
    added: Operation = replace(
        OPERATION, id="other", path="/other", versions=VersionRange(since="1.4")
    )
    new = inventory(OPERATION, added)
    assert told(diff(inventory(OPERATION), new)) == [
        ("operation-added", "compatible", ["1.4–1.5"])
    ]


def test_status_codes_have_their_versions() -> None:
    old = statuses(200, 404)
    (operation,) = old.operations
    kept, late = operation.responses
    late = replace(late, versions=VersionRange(since="1.3"))
    new = inventory(replace(operation, responses=(kept, late)))
    assert told(diff(old, new)) == [("error-status-removed", "compatible", ["1.0–1.2"])]


def asking(*ranges: str) -> tuple[VersionCheck, ...]:
    return tuple(
        VersionCheck(versions=VersionRange.parse(text), source=HANDLER) for text in ranges
    )


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        (asking("-1.2"), asking("1.3-"), []),
        (asking("1.2-1.3"), asking("1.2-", "1.4-"), []),
        (asking("1.2-"), asking("1.3-"), ["behaviour-unversioned", "behaviour-versioned"]),
        # What had a handler, or a body, of its own since then.
        ((), asking("1.4-"), []),
        ((), asking("1.4-", "1.5-"), ["behaviour-versioned"]),
    ],
)
def test_code_that_asks_for_the_same_versions_in_other_words(
    before: tuple[VersionCheck, ...], after: tuple[VersionCheck, ...], kinds: list[str]
) -> None:
    (known,) = history("1.5", ("1.0-1.3", body({})), ("1.4-", body({"a": TEXT}))).operations
    old, new = (inventory(replace(known, version_checks=item)) for item in (before, after))
    assert [change.kind for change in diff(old, new)] == kinds


def test_unlisted_parameters_that_are_refused_from_a_new_version_on() -> None:
    old = history("1.5")
    (known,) = history("1.6").operations
    strict = replace(known, strict_query=(VersionRange(since="1.6"),))
    new = inventory(strict, api=replace(API, microversions=VersionRange(since="1.0", until="1.6")))
    assert told(diff(old, new)) == [("unlisted-parameters-refused", "compatible", ["1.6"])]


def test_of_what_an_older_inventory_does_not_know_nothing_is_told() -> None:
    (known,) = history("1.5").operations
    strict = inventory(replace(known, strict_query=(VersionRange(),)))
    unknown = inventory(replace(known, strict_query=None))
    assert list(diff(unknown, strict)) == list(diff(strict, unknown)) == []
