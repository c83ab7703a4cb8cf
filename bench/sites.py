"""What whole sites cost: beside a hand-written reference, and with their size."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Final

import synthetic
from measuring import (
    Project,
    here,
    inventory_file,
    measured,
    paired,
    print_ratio,
    print_seconds,
)
from small import empty_project

from sphinxext_apiplug.inventory.codec import dumps
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json

NOVA: Final = "nova-34.0.0"
SIZES: Final = (1_000, 3_000, 10_000)
CONF: Final = """
project = 'Bench'
html_theme = 'furo'
extensions = ['sphinxext_apiplug']
apiplug_apis = {{'bench': {{'inventory': {inventory!r}, 'pages': 'extensions'}}}}
"""
PAGE: Final = "=====\nBench\n=====\n\n.. apiplug-extensions:: bench\n"


def site(folder: Path, rounds: int) -> None:
    """Nova's site from its inventory, beside os-api-ref on the one that people wrote."""
    ours = _project(folder, "nova-site", inventory_file("compute", folder))
    theirs = Project(_hand_written(folder), folder / "hand-written-out")
    row = paired("nova: whole site / os-api-ref's", ours.first, theirs.first, rounds, 0.5)
    print_ratio(row)
    print_seconds("  os-api-ref's", row.baseline)
    again = [ours.again() for _ in range(rounds)]
    print_seconds("nova: the site once more, nothing changed", again)
    empty = empty_project(folder)
    print_seconds("  an empty project", [empty.first() for _ in range(rounds)])
    sizes = f"{ours.largest()} kB, hand-written {theirs.largest()} kB"
    print(f"{'nova: largest page':<48} {sizes}; aim 500 kB", flush=True)


def linear(folder: Path, rounds: int) -> None:  # noqa: ARG001 - one run says enough
    """Documents and sites of made-up services."""
    for size in SIZES:
        inventory = synthetic.inventory(size)
        document = here(lambda: to_json(build(inventory)))  # noqa: B023 - called at once
        print_seconds(f"{size:,} operations: document", [document])
        file = folder / f"synthetic-{size}.json"
        file.write_bytes(dumps(inventory))
        project = _project(folder, f"synthetic-{size}", file)
        print_seconds(f"{size:,} operations: site", [project.first()])


def _project(folder: Path, name: str, inventory: Path) -> Project:
    source = folder / name
    source.mkdir(exist_ok=True)
    (source / "conf.py").write_text(CONF.format(inventory=str(inventory)), encoding="utf-8")
    (source / "index.rst").write_text(PAGE, encoding="utf-8")
    return Project(source, folder / f"{name}-out")


def _hand_written(folder: Path) -> Path:
    """Nova's published reference, from its source distribution."""
    source = folder / NOVA / "api-ref" / "source"
    if not source.exists():
        requirement = NOVA.replace("-", "==")
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "nova"]
        measured([*pip, "-d", str(folder), requirement])
        with tarfile.open(folder / f"{NOVA}.tar.gz") as archive:
            archive.extractall(folder, filter="data")
        # Its theme asks git for what it prints on the pages.
        subprocess.run(["git", "init", "-q", str(folder / NOVA)], check=False)
    return source
