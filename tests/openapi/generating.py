"""openapi-typescript and openapi-python-client, and whether what they make compiles.

``npm ci --prefix tests/nodelint`` installs the one, ``pip install
openapi-python-client`` the other.
"""

from __future__ import annotations

import compileall
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.openapi.linting import TOOLS

_IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module("client")
names = [item.name for item in pkgutil.walk_packages(package.__path__, "client.")]
modules = [importlib.import_module(name) for name in names]
print(sum(hasattr(module, "sync_detailed") for module in modules))
"""


def typescript(document: Path, folder: Path) -> None:
    """Make TypeScript of a document, and compile it strictly."""
    made = folder / f"{document.stem}.ts"
    for command in (
        [_tool("openapi-typescript"), str(document), "-o", str(made)],
        [_tool("tsc"), "--noEmit", "--strict", str(made)],
    ):
        run = subprocess.run(command, capture_output=True, check=False, text=True, cwd=TOOLS)
        assert run.returncode == 0, run.stdout + run.stderr
        assert "warn" not in run.stderr.lower()


def python_client(document: Path, folder: Path) -> int:
    """Make a Python client of a document, compile and import it.

    :returns: how many operations it has
    """
    pytest.importorskip("openapi_python_client", reason="openapi-python-client isn't installed")
    config = folder / "config.json"
    config.write_text(json.dumps({"post_hooks": []}))
    made = folder / "client"
    generate = [sys.executable, "-m", "openapi_python_client", "generate"]
    run = subprocess.run(
        [*generate, "--path", str(document), "--output-path", str(made), "--meta", "none",
         "--config", str(config), "--fail-on-warning", "--overwrite"],
        capture_output=True,
        check=False,
        text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert compileall.compile_dir(made, quiet=2)
    imported = subprocess.run(
        [sys.executable, "-c", _IMPORT_ALL], capture_output=True, text=True, cwd=folder
    )
    assert imported.returncode == 0, imported.stderr
    return int(imported.stdout)


def count(document: Path) -> int:
    """The operations in a document."""
    return sum(len(item) for item in json.loads(document.read_bytes())["paths"].values())


def _tool(name: str) -> str:
    command = TOOLS / "node_modules" / ".bin" / name
    if shutil.which("node") is None:
        pytest.skip("node isn't installed")
    if not os.access(command, os.X_OK):
        pytest.skip(f"{name} isn't installed: npm ci --prefix tests/nodelint")
    return str(command)
