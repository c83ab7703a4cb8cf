"""What a small service costs: collecting it, and building its reference."""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path
from typing import Final

from measuring import (
    ROOT,
    Project,
    collecting,
    importing,
    inventory_file,
    paired,
    print_ratio,
    settings_of,
)

REFERENCE: Final = ROOT / "api-ref" / "source"
SERVICE: Final = "instance-ha"
EMPTY_CONF: Final = "project = 'Empty'\nhtml_theme = 'furo'\n"
EMPTY_PAGE: Final = "=====\nEmpty\n=====\n\nNothing.\n"


def measure(folder: Path, rounds: int) -> None:
    """Print the table's part."""
    namespace = settings_of(SERVICE).namespace
    modules = sorted({point.module for point in metadata.entry_points(group=namespace)})
    print_ratio(
        paired(
            "masakari: collecting / importing the service",
            lambda: collecting(SERVICE),
            lambda: importing(modules),
            rounds,
            1.1,
        )
    )
    empty, whole, rest = projects(folder)
    rows = (
        ("masakari: rest of the build / an empty project", rest.first, empty.first, 1.5),
        ("masakari: whole first build / an empty project", whole.first, empty.first, None),
        ("masakari: second build / an empty one's second", whole.again, empty.again, None),
    )
    for name, subject, baseline, limit in rows:
        print_ratio(paired(name, subject, baseline, rounds, limit))


def empty_project(folder: Path) -> Project:
    """A project of one page that says nothing."""
    (folder / "empty").mkdir(exist_ok=True)
    (folder / "empty" / "conf.py").write_text(EMPTY_CONF, encoding="utf-8")
    (folder / "empty" / "index.rst").write_text(EMPTY_PAGE, encoding="utf-8")
    return Project(folder / "empty", folder / "empty-out")


def projects(folder: Path) -> tuple[Project, Project, Project]:
    """An empty project, the reference as it is, and the reference from an inventory file."""
    for name in ("whole", "rest"):
        (folder / name).mkdir(exist_ok=True)
    conf = (REFERENCE / "conf.py").read_text(encoding="utf-8")
    inventory = inventory_file(SERVICE, folder)
    collected = (
        "\nfor _api in apiplug_apis.values():\n"
        "    del _api['namespace']\n"
        f"    _api['inventory'] = {str(inventory)!r}\n"
    )
    for name, more in (("whole", ""), ("rest", collected)):
        shutil.copy(REFERENCE / "index.rst", folder / name)
        (folder / name / "conf.py").write_text(conf + more, encoding="utf-8")
    whole, rest = (Project(folder / name, folder / f"{name}-out") for name in ("whole", "rest"))
    return empty_project(folder), whole, rest
