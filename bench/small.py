"""What a small service costs: collecting it, and building its reference."""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path
from typing import Final

from measuring import (
    ROOT,
    Cost,
    Project,
    collecting,
    importing,
    paired,
    print_ratio,
    settings_of,
)

from sphinxext_apiplug.cli.conf import read
from sphinxext_apiplug.collect.settings import parse_apis

REFERENCE: Final = ROOT / "tests" / "masakari"
SERVICE: Final = "instance-ha"
EMPTY_CONF: Final = "project = 'Empty'\nhtml_theme = 'furo'\n"
EMPTY_PAGE: Final = "=====\nEmpty\n=====\n\nNothing.\n"


def measure(folder: Path, rounds: int) -> None:
    """Print the table's part."""
    settings = settings_of(SERVICE)
    points = metadata.entry_points(group=settings.namespace)
    modules = sorted({point.module for point in points})
    print_ratio(
        paired(
            "masakari: collecting / importing the service",
            lambda: collecting(settings),
            lambda: importing(modules),
            rounds,
            1.1,
        )
    )
    empty, whole = empty_project(folder), whole_project(folder)
    rows = (
        (
            "masakari: rest of the build / an empty project",
            lambda: without_collecting(whole),
            empty.first,
            1.5,
        ),
        ("masakari: whole first build / an empty project", whole.first, empty.first, None),
        ("masakari: second build / an empty one's second", whole.again, empty.again, None),
    )
    for name, subject, baseline, limit in rows:
        print_ratio(paired(name, subject, baseline, rounds, limit))


def without_collecting(project: Project) -> Cost:
    """A first build without what collecting takes, which is measured right after it."""
    apis = parse_apis(read(project.source))
    # As the project does it: with the commands of a client, which take a while to import.
    whole, alone = project.first(), collecting(apis[SERVICE])
    return Cost(whole.wall - alone.wall, whole.cpu - alone.cpu, whole.memory)


def empty_project(folder: Path) -> Project:
    """A project of one page that says nothing."""
    (folder / "empty").mkdir(exist_ok=True)
    (folder / "empty" / "conf.py").write_text(EMPTY_CONF, encoding="utf-8")
    (folder / "empty" / "index.rst").write_text(EMPTY_PAGE, encoding="utf-8")
    return Project(folder / "empty", folder / "empty-out")


def whole_project(folder: Path) -> Project:
    """The reference as it is."""
    (folder / "whole").mkdir(exist_ok=True)
    for name in ("conf.py", "index.rst"):
        shutil.copy(REFERENCE / name, folder / "whole")
    return Project(folder / "whole", folder / "whole-out")
