from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from .conftest import Run


def test_json_goes_to_standard_output(run: Run, pets: Path) -> None:
    result = run("openapi", pets)
    document = json.loads(result.stdout)
    assert document["openapi"].startswith("3.1.")
    assert document["info"]["title"] == "Pets"
    assert "/pets" in document["paths"]
    assert (result.returncode, result.stderr) == (0, "")


def test_yaml_says_the_same(run: Run, pets: Path) -> None:
    as_yaml = yaml.safe_load(run("openapi", pets, "--format", "yaml").stdout)
    assert as_yaml == json.loads(run("openapi", pets).stdout)


@pytest.mark.parametrize("name", ["out.yaml", "out.YML"])
def test_the_format_follows_the_name_of_the_file(
    run: Run, pets: Path, project: Path, name: str
) -> None:
    assert run("openapi", pets, "-o", name).returncode == 0
    text = (project / name).read_text(encoding="utf-8")
    assert not text.startswith("{")
    assert yaml.safe_load(text)["info"]["title"] == "Pets"


@pytest.mark.parametrize("version", ["1.0", "1.2", "all"])
def test_a_microversion(run: Run, pets: Path, version: str) -> None:
    result = run("openapi", pets, "--microversion", version)
    assert result.returncode == 0, result.stderr
    assert "/pets" in json.loads(result.stdout)["paths"]


@pytest.mark.parametrize("version", ["9.9", "newest", "1", ""])
def test_unknown_microversion_is_wrong_use(
    run: Run, pets: Path, project: Path, version: str
) -> None:
    result = run("openapi", pets, "--microversion", version, "-o", "out.json")
    assert result.returncode == 2
    assert "1.0" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (project / "out.json").exists()


def test_each_microversion_is_a_document(run: Run, pets: Path, project: Path) -> None:
    (project / "out").mkdir()
    result = run("openapi", pets, "--microversion", "each", "-o", "out", "--format", "yaml")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    files = sorted((project / "out").iterdir())
    assert [file.name for file in files] == ["1.0.yaml", "1.1.yaml", "1.2.yaml"]
    shown = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
    asked = [document["info"]["x-apiplug"]["microversion"] for document in shown]
    assert asked == ["1.0", "1.1", "1.2"]


@pytest.mark.parametrize("target", [(), ("-o", "nowhere"), ("-o", "file.json")])
def test_each_microversion_wants_a_folder(
    run: Run, pets: Path, project: Path, target: tuple[str, ...]
) -> None:
    (project / "file.json").write_text("kept", encoding="utf-8")
    result = run("openapi", pets, "--microversion", "each", *target)
    assert (result.returncode, result.stdout) == (2, "")
    assert "it is no folder" in result.stderr
    assert (project / "file.json").read_text(encoding="utf-8") == "kept"


@pytest.mark.real("masakari")
def test_masakari(run: Run) -> None:
    result = run("openapi", "masakari.api.v1.extensions", "--microversion", "1.2")
    assert result.returncode == 0, result.stderr
    assert len(json.loads(result.stdout)["paths"]) > 5
