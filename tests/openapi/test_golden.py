"""Whole documents, byte for byte."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json, to_yaml
from sphinxext_apiplug.openapi.validate import validate
from tests.openapi import goldens, inventories

SCRIPT = """
import hashlib
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json, to_yaml
from tests.openapi import inventories
for version in (None, "all"):
    document = build(inventories.ordinary(), version)
    print(hashlib.sha256(to_json(document) + to_yaml(document)).hexdigest())
"""


@pytest.mark.parametrize("name", goldens.DOCUMENTS)
def test_document_is_the_golden_one(name: str) -> None:
    inventory, version = goldens.DOCUMENTS[name]
    golden = (goldens.FOLDER / name).read_bytes()
    assert json.loads(to_json(build(inventory(), version))) == json.loads(golden)
    assert to_json(build(inventory(), version)) == golden


@pytest.mark.parametrize("name", goldens.DOCUMENTS)
def test_golden_document_is_valid(name: str) -> None:
    inventory, _ = goldens.DOCUMENTS[name]
    document = json.loads((goldens.FOLDER / name).read_bytes())
    assert validate(document, inventory()) == ()


def test_no_golden_document_is_left_over() -> None:
    assert {path.name for path in goldens.FOLDER.iterdir()} == set(goldens.DOCUMENTS)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_bytes_are_the_same_in_every_process(seed: str) -> None:
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    here = []
    for version in (None, "all"):
        document = build(inventories.ordinary(), version)
        here.append(hashlib.sha256(to_json(document) + to_yaml(document)).hexdigest())
    assert run.stdout.split() == here
