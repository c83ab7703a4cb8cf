"""The head of a document, and the versions there are."""

from __future__ import annotations

import json

import pytest

from sphinxext_apiplug.inventory.model import (
    License,
    Parameter,
    Response,
    Server,
)
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.errors import UnknownMicroversionError
from sphinxext_apiplug.openapi.versions import versions_of
from tests.openapi import inventories
from tests.openapi.making import plain, small


def test_tags_are_sorted() -> None:
    names = [tag["name"] for tag in build(inventories.ordinary())["tags"]]
    assert names == ["hosts", "zones"]


def test_microversion_header() -> None:
    header = build(inventories.ordinary(), "1.2")["components"]["parameters"][
        "OpenStackAPIVersion"
    ]
    assert header["name"] == "OpenStack-API-Version"
    assert "required" not in header
    assert header["schema"] == {"type": "string", "enum": ["zones 1.2"]}
    assert header["example"] == "zones 1.2"


def test_api_without_microversions_has_no_header_for_them() -> None:
    assert "header" not in json.dumps(build(inventories.bare()))


def test_service_without_header_or_licence_says_so() -> None:
    document = build(inventories.bare())
    assert document["security"] == []
    assert "securitySchemes" not in document["components"]
    assert document["info"]["license"] == {
        "name": "Not stated",
        "identifier": "LicenseRef-not-stated",
    }
    assert document["info"]["contact"] == {"name": "The maintainers of plugin"}


def test_security_scheme() -> None:
    document = build(inventories.ordinary())
    assert document["security"] == [{"XAuthToken": []}]
    scheme = document["components"]["securitySchemes"]["XAuthToken"]
    assert (scheme["type"], scheme["in"], scheme["name"]) == ("apiKey", "header", "X-Auth-Token")


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (License(name="Apache-2.0"), {"name": "Apache-2.0", "identifier": "Apache-2.0"}),
        (License(name="My own"), {"name": "My own", "identifier": "LicenseRef-My-own"}),
        (
            License(name="MIT", identifier="MIT", url="https://a.test"),
            {"name": "MIT", "identifier": "MIT"},
        ),
        (License(name="X", url="https://a.test"), {"name": "X", "url": "https://a.test"}),
    ],
)
def test_license(given: License, written: dict[str, str]) -> None:
    assert build(small(license=given))["info"]["license"] == written


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.test/v1/", "https://a.test"),
        ("https://a.test/ha", "https://a.test/ha"),
        ("/v1", "/"),
    ],
)
def test_server_stands_before_the_base_path(url: str, written: str) -> None:
    document = build(small(base_path="/v1", servers=(Server(url=url),)))
    assert document["servers"] == [{"url": written}]


def test_unknown_version_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownMicroversionError) as caught:
        build(inventories.ordinary(), "1.4")
    assert caught.value.available == ("1.0", "1.1", "1.2", "1.3")
    assert str(caught.value) == (
        "zones has no microversion '1.4'; there is: 1.0, 1.1, 1.2, 1.3, all"
    )


@pytest.mark.parametrize("asked", ["1.0", "newest", ""])
def test_api_without_microversions_has_none_to_ask_for(asked: str) -> None:
    with pytest.raises(UnknownMicroversionError):
        build(inventories.bare(), asked)


def test_versions_of_an_open_range_are_those_that_are_named() -> None:
    inventory = small(
        plain("a", "GET", "/a", versions=VersionRange(since="1.4")),
        plain(
            "b",
            "GET",
            "/b",
            responses=(Response(status=200, description="", versions=VersionRange(since="2.7")),),
        ),
        plain(
            "c",
            "GET",
            "/c",
            parameters=(
                Parameter(name="x", location="query", versions=VersionRange(until="1.1")),
            ),
        ),
        microversions=VersionRange(since="1.2"),
    )
    assert versions_of(inventory) == ("1.2", "1.4", "2.7")
    assert build(inventory)["info"]["x-apiplug"]["microversion"] == "2.7"
