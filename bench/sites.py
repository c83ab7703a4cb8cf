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
#: What a build may take in memory, in MiB, of however many operations.
MEMORY: Final = 500
#: Of 10,000 operations, over a tenth of what 1,000 cost in CPU seconds, ten times.
GROWTH: Final = 1.5
CONF: Final = """
project = 'Bench'
html_theme = {theme!r}
extensions = {extensions!r}
apiplug_apis = {{'bench': {{'inventory': {inventory!r}, 'pages': 'extensions'}}}}
"""
# Nova's own reference has this theme: a page of it is to be no other for us.
THEIRS: Final = ("openstackdocs", ["sphinxext_apiplug", "openstackdocstheme"])
# A theme that refuses to be an extension.
FURO: Final = ("furo", ["sphinxext_apiplug"])
PAGE: Final = "=====\nBench\n=====\n\n.. apiplug-extensions:: bench\n"


def site(folder: Path, rounds: int) -> None:
    """Nova's site from its inventory, beside os-api-ref on the one that people wrote."""
    inventory = inventory_file("compute", folder)
    ours = _project(folder, "nova-site", inventory, THEIRS)
    theirs = Project(_hand_written(folder), folder / "hand-written-out")
    row = paired("nova: whole site / os-api-ref's", ours.first, theirs.first, rounds, 0.5)
    print_ratio(row)
    print_seconds("  os-api-ref's", row.baseline)
    again = [ours.again() for _ in range(rounds)]
    print_seconds("nova: the site once more, nothing changed", again)
    furo = _project(folder, "nova-furo", inventory, FURO)
    print_seconds("nova: the site in furo", [furo.first() for _ in range(rounds)])
    empty = empty_project(folder)
    print_seconds("  an empty project in furo", [empty.first() for _ in range(rounds)])
    sizes = f"{ours.largest()} kB, in furo {furo.largest()} kB"
    print(f"{'nova: largest page':<48} {sizes}, hand-written {theirs.largest()} kB; aim 500 kB")


def linear(folder: Path, rounds: int) -> None:  # noqa: ARG001 - one run says enough
    """Documents and sites of made-up services, and plain pages as many and as long."""
    each: list[float] = []
    for size in SIZES:
        file = folder / f"synthetic-{size}.json"
        extensions = _made_up(file, size)
        project = _project(folder, f"synthetic-{size}", file, FURO)
        cost = project.first()
        print_seconds(f"{size:,} operations: site", [cost])
        own, below = project.peaks()
        peaks = f"{own:.0f} MiB, its process for documents {below:.0f} MiB"
        print(f"{f'{size:,} operations: memory':<48} {peaks}; aim {MEMORY} MiB", flush=True)
        largest = f"{project.largest()} kB; aim 500 kB"
        print(f"{f'{size:,} operations: largest page':<48} {largest}", flush=True)
        plain = _plain(folder, size, extensions)
        print_seconds(f"  {extensions} plain pages with {size:,} sections", [plain.first()])
        each.append(cost.cpu / size)
    growth = f"{each[-1] / each[0]:.2f} times that of one in {SIZES[0]:,}"
    print(f"{f'one operation in {SIZES[-1]:,}':<48} {growth}; aim {GROWTH}", flush=True)


def _made_up(file: Path, size: int) -> int:
    """Write a service of that many operations; the number of its extensions."""
    inventory = synthetic.inventory(size)
    document = here(lambda: to_json(build(inventory)))
    print_seconds(f"{size:,} operations: document", [document])
    file.write_bytes(dumps(inventory))
    return len(inventory.extensions)


def _project(folder: Path, name: str, inventory: Path, theme: tuple[str, list[str]]) -> Project:
    conf = CONF.format(inventory=str(inventory), theme=theme[0], extensions=theme[1])
    return _written(folder, name, {"conf.py": conf, "index.rst": PAGE})


def _plain(folder: Path, size: int, pages: int) -> Project:
    """What Sphinx and the theme take for so many pages and sections, whatever is on them."""
    names = [f"page{number}" for number in range(pages)]
    listed = "".join(f"   {name}\n" for name in names)
    files = {
        "conf.py": "project = 'Plain'\nhtml_theme = 'furo'\n",
        "index.rst": f"Plain\n=====\n\n.. toctree::\n   :hidden:\n\n{listed}",
    }
    sections = -(-size // pages)
    for name in names:
        below = "".join(f"Section {item}\n----------\n\nText.\n\n" for item in range(sections))
        files[f"{name}.rst"] = f"{name}\n{'=' * len(name)}\n\n{below}"
    return _written(folder, f"plain-{size}", files)


def _written(folder: Path, name: str, files: dict[str, str]) -> Project:
    source = folder / name
    source.mkdir(exist_ok=True)
    for file, text in files.items():
        (source / file).write_text(text, encoding="utf-8")
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
