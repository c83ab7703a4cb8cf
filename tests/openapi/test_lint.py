"""redocly and spectral find nothing in what is published, errors or warnings."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json, to_yaml
from tests.openapi import goldens, inventories
from tests.openapi.generating import count, python_client, typescript
from tests.openapi.linting import ARGUMENTS, redocly, report, spectral

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The golden documents, the hostile one, and one as YAML."""
    folder = tmp_path_factory.mktemp("documents")
    made = {
        "hostile.json": to_json(build(inventories.hostile())),
        "ordinary.yaml": to_yaml(build(inventories.ordinary())),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    for name in goldens.DOCUMENTS:
        shutil.copy(goldens.FOLDER / name, folder)
    return sorted(folder.iterdir())


def test_redocly_finds_nothing(documents: list[Path]) -> None:
    assert redocly(documents) == set()


def test_spectral_finds_nothing(documents: list[Path]) -> None:
    assert spectral(documents) == []


@pytest.mark.parametrize("tool", ARGUMENTS)
def test_tool_would_find_something(tool: str, tmp_path: Path) -> None:
    document = build(inventories.ordinary())
    del document["paths"]["/v1/zones"]["get"]["operationId"]
    file = tmp_path / "broken.json"
    file.write_bytes(to_json(document))
    assert "operation-operationId" in json.dumps(report(tool, [file]))


def test_typescript_is_made(documents: list[Path], tmp_path: Path) -> None:
    for document in documents:
        typescript(document, tmp_path)


@pytest.mark.parametrize("name", ["bare.json", "ordinary-1.0.json", "ordinary-newest.json"])
def test_python_client_has_every_operation(name: str, tmp_path: Path) -> None:
    document = goldens.FOLDER / name
    assert python_client(document, tmp_path) == count(document)
