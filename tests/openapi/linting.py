"""redocly and spectral, which are no Python packages.

``npm ci --prefix tests/nodelint`` installs them.
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

TOOLS = Path(__file__).parents[1] / "nodelint"
# In the document of all versions alone: versions do overlap.
OVERLAP = "no-illogical-composition-keywords"
ARGUMENTS = {
    "redocly": ("--config=redocly.yaml", "--format=json"),
    "spectral": ("--ruleset=spectral.yaml", "--format=json", "--quiet"),
}


def report(tool: str, files: Sequence[Path]) -> list[Any]:
    """What a tool writes of some files: one or more JSON values."""
    command = TOOLS / "node_modules" / ".bin" / tool
    if shutil.which("node") is None:
        pytest.skip("node isn't installed")
    if not command.exists():
        pytest.skip(f"{tool} isn't installed: npm ci --prefix tests/nodelint")
    run = subprocess.run(
        [str(command), "lint", *ARGUMENTS[tool], *map(str, files)],
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


def redocly(files: Sequence[Path]) -> set[tuple[str, str, str]]:
    """What redocly finds: file, rule, message; without overlaps of versions.

    Files of all versions have names that end in ``-all``.
    """
    problems = [problem for item in report("redocly", files) for problem in item["problems"]]
    found = {
        (Path(place["source"]["ref"]).stem, problem["ruleId"], problem["message"])
        for problem in problems
        for place in problem["location"]
    }
    return {item for item in found if not (item[0].endswith("-all") and item[1] == OVERLAP)}


def spectral(files: Sequence[Path]) -> list[tuple[str, str, str]]:
    """What spectral finds: file, rule, message."""
    (found,) = report("spectral", files)
    return [(Path(item["source"]).stem, item["code"], item["message"]) for item in found]
