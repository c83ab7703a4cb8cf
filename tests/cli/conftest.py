"""The command as its users call it: a process, its two streams and its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_apiplug.inventory.codec import dumps
from sphinxext_apiplug.inventory.model import (
    Api,
    Extension,
    Inventory,
    License,
    Operation,
    Payload,
    Response,
    Server,
)
from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.inventory.versions import VersionRange

COMMAND = (sys.executable, "-m", "sphinxext_apiplug.cli.main")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty folder to call the command in."""
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """The environment of the command; tests may add to it."""
    return {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "COLUMNS": "120"}


@pytest.fixture
def run(project: Path, environ: dict[str, str]) -> Run:
    """Call ``apiplug`` in the project's folder."""

    def call(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            [*COMMAND, *map(str, arguments)],
            **{
                "cwd": project, "env": environ, "text": True, "timeout": 60,
                "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options,
            },
        )  # fmt: skip

    return call


def inventory(*problems: Problem) -> Inventory:
    """A small API with two microversions."""
    handler = Source(object="pets.api:Pets.show", file="pets/api.py", line=7)
    body = {"type": "object", "properties": {"name": {"type": "string"}}}
    return Inventory(
        api=Api(
            name="pets",
            namespace="pets.api.extensions",
            title="Pets",
            version="3.1",
            microversions=VersionRange(since="1.0", until="1.2"),
            license=License(name="Apache-2.0", identifier="Apache-2.0"),
            servers=(Server(url="https://pets.example.org"),),
        ),
        extensions=(
            Extension(
                alias="pets",
                name="Pets",
                entry_point="pets = pets.api:Pets",
                distribution="pets",
                distribution_version="3.1",
            ),
        ),
        operations=(
            Operation(
                id="pets-list",
                method="GET",
                path="/pets",
                resource="pets",
                extension="pets",
                handler=handler,
                summary="List pets",
                responses=(
                    Response(status=200, description="OK", payloads=(Payload(schema=body),)),
                    Response(status=401, description="Unauthorized"),
                ),
            ),
        ),
        problems=problems,
        sources=("pets/api.py",),
    )


@pytest.fixture
def pets(project: Path) -> Path:
    """An inventory file without problems."""
    file = project / "pets.json"
    file.write_bytes(dumps(inventory()))
    return file


BROKEN = Problem(
    kind="load-failed",
    subject="owners = pets.owners:Owners",
    message="No module named 'yaml2'",
    source=Source(object="pets.owners", file="pets/owners.py", line=3),
    distribution="pets 3.1",
)
UNNAMED = Problem(kind="alias-missing", subject="pets", message="has no alias", extension="pets")
ADAPTED = Problem(
    kind="schema-adapted", subject="pets-list", message="was adapted", extension="pets"
)


@pytest.fixture
def sick(project: Path) -> Path:
    """An inventory file with one problem of each severity."""
    file = project / "sick.json"
    file.write_bytes(dumps(inventory(BROKEN, UNNAMED, ADAPTED)))
    return file


@pytest.fixture
def plugin(tmp_path: Path, environ: dict[str, str]) -> Callable[[str], None]:
    """Install a distribution that declares one extension, of the given source code."""

    def install(code: str) -> None:
        site = tmp_path / "site"
        info = site / "fake-1.5.dist-info"
        info.mkdir(parents=True)
        (site / "fakeplugin.py").write_text(code, encoding="utf-8")
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fake\nVersion: 1.5\n")
        (info / "entry_points.txt").write_text("[fake.extensions]\nbad = fakeplugin:Bad\n")
        environ["PYTHONPATH"] = str(site)

    return install
