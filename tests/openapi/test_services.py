"""The documents of services as they are released: those of the showcase that are installed."""

from __future__ import annotations

import os
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import parse_apis
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.openapi.document import Builder
from sphinxext_apiplug.openapi.text import to_json
from sphinxext_apiplug.openapi.validate import validate
from sphinxext_apiplug.openapi.versions import versions_of
from tests.openapi.generating import count, python_client, typescript
from tests.openapi.linting import redocly, spectral

# Importing a thousand generated modules takes its time.
pytestmark = [pytest.mark.real, pytest.mark.timeout(900)]

SHOWCASE = Path(__file__).parents[2] / "showcase" / "services.yaml"
STANZAS: dict[str, Any] = yaml.safe_load(SHOWCASE.read_text(encoding="utf-8"))
# 2.1, 2.53, 2.90 and the newest, where there are so many.
PICKED = (0, 52, 89, -1)
# What a service's own paths are: a segment is a word in one and a variable in another.
OWN_FAULTS = {"database": {"no-ambiguous-paths"}}


def release(stanza: Any) -> tuple[str, str]:
    """Name and version of the service that a stanza installs."""
    pinned = [*stanza.get("requirements", ()), *stanza.get("no_deps", ())]
    name, _, version = next(item for item in pinned if "==" in item).partition("==")
    return name, version


@pytest.fixture(scope="module", params=STANZAS)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    """The inventory of a service, if its release is the one that is installed."""
    stanza = STANZAS[request.param]
    name, version = release(stanza)
    try:
        installed = metadata.version(name)
    except metadata.PackageNotFoundError:
        installed = "none"
    if installed != version:
        pytest.skip(f"wants {name} {version} in an environment of its own; there is {installed}")
    settings = parse_apis({request.param: stanza["settings"]})[request.param]
    return collect(request.param, settings, base_dir=tmp_path_factory.mktemp("base")).inventory


@pytest.fixture(scope="module")
def documents(service: Inventory, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A file for each of the picked versions, and one for all."""
    folder = tmp_path_factory.mktemp("documents")
    builder, every = Builder(service), versions_of(service)
    picked = dict.fromkeys(every[index] for index in PICKED if -len(every) <= index < len(every))
    for version in (*picked, "all"):
        name = f"{service.api.name}-{version}.json"
        (folder / name).write_bytes(to_json(builder.build(version)))
    return sorted(folder.iterdir())


def test_documents_are_valid(service: Inventory) -> None:
    builder = Builder(service)
    for version in (*versions_of(service), "all"):
        assert validate(builder.build(version), service) == (), version


def test_every_operation_is_in_the_document_of_all(service: Inventory) -> None:
    served = [item for item in service.operations if item.removed is None]
    shown: list[str] = []
    for item in Builder(service).build("all")["paths"].values():
        for operation in item.values():
            merged = operation["x-apiplug"].get("operations", [{"id": operation["operationId"]}])
            shown += [member["id"] for member in merged]
    assert sorted(shown) == sorted(operation.id for operation in served)


@pytest.mark.node
def test_redocly_finds_nothing(service: Inventory, documents: list[Path]) -> None:
    own = OWN_FAULTS.get(service.api.name, set())
    assert {rule for _, rule, _ in redocly(documents)} == own


@pytest.mark.node
def test_spectral_finds_nothing(documents: list[Path]) -> None:
    assert spectral(documents) == []


@pytest.mark.node
def test_typescript_is_made(documents: list[Path], tmp_path: Path) -> None:
    for document in documents:
        typescript(document, tmp_path)


def test_python_client_has_every_operation(documents: list[Path], tmp_path: Path) -> None:
    # A service without versions has one document.
    of_one = [file for file in documents if not file.stem.endswith("-all")] or documents
    newest = max(of_one, key=os.path.getmtime)
    assert python_client(newest, tmp_path) == count(newest)
