"""Where operations stand in a document."""

from __future__ import annotations

import pytest

from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.validate import validate
from tests.openapi import inventories
from tests.openapi.inventories import declared, path_parameter
from tests.openapi.making import operations, plain, small


def test_paths_that_differ_in_parameter_names_are_one() -> None:
    paths = build(inventories.ordinary())["paths"]
    assert set(paths["/v1/zones/{id}"]) == {"get", "put"}
    assert "/v1/zones/{zone_id}" not in paths
    assert (
        paths["/v1/zones/{id}"]["put"]["parameters"][0]
        == paths["/v1/zones/{id}"]["get"]["parameters"][0]
    )


@pytest.mark.parametrize(
    ("base", "path", "expected"),
    [
        ("", "", "/"),
        ("", "/", "/"),
        ("/v1", "", "/v1"),
        ("/v1", "/", "/v1"),
        ("/v1", "/a/", "/v1/a"),
        ("", "/a/{id}/b/{id}", "/a/{id}/b/{id2}"),
        ("/{project}", "/a/{id}", "/{project}/a/{id}"),
    ],
)
def test_path_is_one_that_openapi_takes(base: str, path: str, expected: str) -> None:
    inventory = small(plain("show", "GET", path, responses=declared(200, 404)), base_path=base)
    document = build(inventory)
    assert list(document["paths"]) == [expected]
    assert validate(document, inventory) == ()


def test_missing_path_parameter_is_added_and_a_foreign_one_left_out() -> None:
    inventory = small(plain("show", "GET", "/a/{id}", parameters=(path_parameter("other"),)))
    parameters = build(inventory)["paths"]["/a/{id}"]["get"]["parameters"]
    assert [item["name"] for item in parameters] == ["id"]


def test_method_that_openapi_cannot_say_is_left_out() -> None:
    inventory = small(plain("link", "LINK", "/a"), plain("show", "GET", "/a"))
    assert list(operations(build(inventory))) == ["show"]
