"""redocly and spectral find nothing in what is published, errors or warnings.

They are no Python packages: ``npm ci --prefix tests/nodelint`` installs them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json, to_yaml
from tests.openapi import goldens, inventories

TOOLS = Path(__file__).parents[1] / "nodelint"
REDOCLY = ("--config=redocly.yaml", "--format=json")
SPECTRAL = ("--ruleset=spectral.yaml", "--format=json", "--quiet")
# In the document of all versions alone: versions do overlap.
OVERLAP = "no-illogical-composition-keywords"

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


def report(tool: str, *arguments: str, files: Sequence[Path]) -> Any:
    """What a tool writes of some files, as data."""
    command = TOOLS / "node_modules" / ".bin" / tool
    if shutil.which("node") is None:
        pytest.skip("node isn't installed")
    if not command.exists():
        pytest.skip(f"{tool} isn't installed: npm ci --prefix tests/nodelint")
    run = subprocess.run(
        [str(command), "lint", *arguments, *map(str, files)],
        capture_output=True,
        check=False,
        text=True,
        cwd=TOOLS,
        env={**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
    )
    assert run.stdout, run.stderr
    # Of several files redocly makes several reports, one after the other.
    decoder, text, reports = json.JSONDecoder(), run.stdout.strip(), []
    while text:
        value, end = decoder.raw_decode(text)
        reports.append(value)
        text = text[end:].strip()
    return reports


def test_redocly_finds_nothing(documents: list[Path]) -> None:
    reports = report("redocly", *REDOCLY, files=documents)
    assert len(reports) in (1, len(documents))
    problems = [problem for item in reports for problem in item["problems"]]
    found = {
        (problem["ruleId"], Path(place["source"]["ref"]).name, problem["message"])
        for problem in problems
        for place in problem["location"]
    }
    assert {item for item in found if item[:2] != (OVERLAP, "ordinary-all.json")} == set()


def test_spectral_finds_nothing(documents: list[Path]) -> None:
    (found,) = report("spectral", *SPECTRAL, files=documents)
    assert [(item["code"], item["source"], item["path"]) for item in found] == []


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("redocly", REDOCLY),
        ("spectral", SPECTRAL),
    ],
)
def test_tool_would_find_something(tool: str, arguments: tuple[str, ...], tmp_path: Path) -> None:
    document = build(inventories.ordinary())
    del document["paths"]["/v1/zones"]["get"]["operationId"]
    file = tmp_path / "broken.json"
    file.write_bytes(to_json(document))
    (found,) = report(tool, *arguments, files=[file])
    assert "operation-operationId" in json.dumps(found)
