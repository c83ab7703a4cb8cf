"""The documents of Masakari as it is released."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory.model import Inventory, Server
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json
from sphinxext_apiplug.openapi.validate import validate
from sphinxext_apiplug.openapi.versions import versions_of
from tests.openapi.linting import redocly, spectral

pytestmark = pytest.mark.real("masakari")

SETTINGS = ApiSettings(
    namespace="masakari.api.v1.extensions",
    base_path="/v1",
    service_type="instance-ha",
    servers=(Server(url="https://ha.example.org"),),
)
VERSIONS = ("1.0", "1.1", "1.2", "1.3", "all")


@pytest.fixture(scope="module")
def masakari(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    """The inventory of the installed release."""
    pytest.importorskip("masakari")
    return collect("instance-ha", SETTINGS, base_dir=tmp_path_factory.mktemp("base")).inventory


@pytest.fixture(scope="module")
def documents(masakari: Inventory, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A file for each of the versions."""
    folder = tmp_path_factory.mktemp("documents")
    files = [folder / f"masakari-{version}.json" for version in VERSIONS]
    for version, file in zip(VERSIONS, files, strict=True):
        file.write_bytes(to_json(build(masakari, version)))
    return files


@pytest.mark.parametrize("version", VERSIONS)
def test_document_is_valid(masakari: Inventory, version: str) -> None:
    document = build(masakari, version)
    assert validate(document, masakari) == ()
    methods = [method for item in document["paths"].values() for method in item]
    assert len(methods) == len(masakari.operations)


def test_versions(masakari: Inventory) -> None:
    assert versions_of(masakari) == VERSIONS[:-1]


@pytest.mark.parametrize(("version", "since_1_2"), [("1.1", False), ("1.2", True)])
def test_enabled_came_with_1_2(masakari: Inventory, version: str, since_1_2: bool) -> None:
    schemas = build(masakari, version)["components"]["schemas"]
    segment = schemas["SegmentsCreateRequest"]["properties"]["segment"]
    assert ("enabled" in segment["properties"]) == since_1_2


@pytest.mark.node
def test_redocly_finds_nothing(documents: list[Path]) -> None:
    assert redocly(documents) == set()


@pytest.mark.node
def test_spectral_finds_nothing(documents: list[Path]) -> None:
    assert spectral(documents) == []
