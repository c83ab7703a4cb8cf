"""Reading an API with what is installed elsewhere."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from sphinxext_apiplug.cli import conf, flags
from sphinxext_apiplug.cli.errors import UsageError
from sphinxext_apiplug.inventory.codec import loads
from sphinxext_apiplug.inventory.errors import InventoryError
from sphinxext_apiplug.inventory.model import Inventory

_QUOTED_OUTPUT: Final = 900
_QUOTED_LINE: Final = 250
#: What a failed program says -> what to do about it.
_HINTS: Final = {
    "No module named 'sphinxext_apiplug": "; is apiplug installed there?",
    "No module named pip": "; install uv, or pip where apiplug runs",
}


def of_interpreter(python: Path, api: str, parsed: argparse.Namespace) -> Inventory:
    """Read an API in the environment of another interpreter, where apiplug is installed too.

    :raises UsageError: if that can't be done
    """
    if not os.access(python, os.X_OK) or python.is_dir():
        raise UsageError(f"{python} is no interpreter")
    # A bare name would be looked for in PATH; what a link points to may be another environment.
    return _collected(str(python.absolute()), api, parsed, {})


def of_release(requirement: str, parsed: argparse.Namespace) -> Inventory:
    """Install a release into a folder of its own, and read its API.

    Its requirements are installed too, as far as they are not here; the folder is
    removed afterwards.

    :param requirement: as in ``name==1.2.3``
    :raises UsageError: if it can't be installed or read
    """
    api = parsed.api or _only_api(parsed)
    with tempfile.TemporaryDirectory(prefix="apiplug-") as folder:
        _run([*_installer(), "--target", folder, requirement], f"cannot install {requirement}")
        path = os.pathsep.join(filter(None, (folder, os.environ.get("PYTHONPATH"))))
        return _collected(sys.executable, api, parsed, {"PYTHONPATH": path})


def _only_api(parsed: argparse.Namespace) -> str:
    """The one API that conf.py declares."""
    folder = parsed.conf_dir or conf.find(Path.cwd())
    apis = conf.read(folder) if folder is not None else None
    names = list(apis) if isinstance(apis, Mapping) else []
    if len(names) != 1:
        raise UsageError(
            "which API of the release is meant? Give its name or namespace with --api"
        )
    return str(names[0])


def _installer() -> list[str]:
    uv = shutil.which("uv")
    if uv is not None:
        return [uv, "pip", "install", "--quiet", "--python", sys.executable]
    return [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def _collected(
    python: str, api: str, parsed: argparse.Namespace, environment: Mapping[str, str]
) -> Inventory:
    with tempfile.TemporaryDirectory(prefix="apiplug-") as folder:
        file = Path(folder) / "inventory.json"
        command = [python, "-m", "sphinxext_apiplug.cli.main", "--quiet", "inventory", api]
        given = [*flags.arguments(parsed), "--fail-on", "never", "--output", str(file)]
        _run([*command, *given], f"cannot read {api} with {python}", environment)
        try:
            return loads(file.read_bytes(), source=f"the inventory that {python} made")
        except (OSError, InventoryError) as error:
            raise UsageError(f"cannot read {api} with {python}: {error}") from error


def _run(
    command: Sequence[str], failure: str, environment: Mapping[str, str] | None = None
) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - the interpreter and release that the caller names
            command,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise UsageError(f"{failure}: {error.strerror or error}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
        hint = next((hint for sign, hint in _HINTS.items() if sign in said), "")
        code = f"exit status {done.returncode}"
        raise UsageError(f"{failure}: {_quoted(said) or code}{hint}")


def _quoted(said: str) -> str:
    """The last lines of what a program says; a long one, as pip lists versions, is cut."""
    lines = [
        line if len(line) <= _QUOTED_LINE else f"{line[:_QUOTED_LINE].rstrip()}…"
        for line in said.splitlines()
    ]
    return "\n".join(lines)[-_QUOTED_OUTPUT:]
