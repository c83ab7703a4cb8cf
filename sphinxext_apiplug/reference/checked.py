"""The checks of one API, in a build."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sphinx.util import logging

from sphinxext_apiplug.checks.coverage.badge import badge
from sphinxext_apiplug.checks.coverage.table import table
from sphinxext_apiplug.checks.run import Wanted, run
from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.inventory.files import write_if_changed
from sphinxext_apiplug.project.notes import NotesError
from sphinxext_apiplug.reference.config import setting_place, valid_apis
from sphinxext_apiplug.reference.domain import get_domain
from sphinxext_apiplug.reference.noting import noted_releases
from sphinxext_apiplug.reference.projects import valid_projects
from sphinxext_apiplug.reference.report import report, report_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from sphinxext_apiplug.checks.coverage.model import Coverage
    from sphinxext_apiplug.checks.notes.model import NotedRelease
    from sphinxext_apiplug.checks.run import Checked
    from sphinxext_apiplug.collect.checking import Checks
    from sphinxext_apiplug.inventory.problems import Problem

logger = logging.getLogger(__name__)


def check_api(app: Sphinx, name: str) -> None:
    """Check one API as its setting ``checks`` says, tell what is wrong, and write it down.

    :param name: of an API whose settings are right
    """
    base = Path(app.confdir)
    wanted = _wanted(valid_apis(app.config)[name].checks, base)
    inventory = get_domain(app.env).apis[name].inventory
    checked = run(inventory, wanted._replace(releases=_releases(app, name)))
    _report(app, name, checked)
    folder = Path(app.outdir) / name
    folder.mkdir(parents=True, exist_ok=True)
    write_if_changed(folder / "coverage.txt", _text(checked.coverage))
    write_if_changed(folder / "coverage.svg", badge(checked.coverage))
    write_if_changed(folder / "problems.json", _json(checked.problems, base))


def _releases(app: Sphinx, name: str) -> tuple[NotedRelease, ...]:
    """The releases whose notes are to be checked; if they can't be, that is said."""
    project = valid_apis(app.config)[name].checks.notes
    if project is None:
        return ()
    otherwise = setting_place(app, name, "checks")
    try:
        return noted_releases(valid_projects(app.config), Path(app.confdir), project)
    except NotesError as error:
        report("notes-failed", f"{project}: {error}", error.place or otherwise)
    except ApiplugError as error:
        report("setting-invalid", f"{name}: {error}", otherwise)
    return ()


def _report(app: Sphinx, name: str, checked: Checked) -> None:
    otherwise = setting_place(app, name, "checks")
    collected = get_domain(app.env).apis[name]
    for problem in checked.problems:
        report_problem(problem, collected.files, otherwise)
    for error in checked.refused:
        report("setting-invalid", f"{name}: {error}", otherwise)
    logger.info("%s", _summary(name, checked.coverage))


def _wanted(checks: Checks, base: Path) -> Wanted:
    paths = {
        name: Path(os.path.normpath(base / path))
        for name in ("handwritten", "inventory", "samples")
        if (path := getattr(checks, name)) is not None
    }
    return Wanted(
        coverage={str(name): value for name, value in checks.coverage.items()},
        ignore=checks.ignore,
        handwritten=paths.get("handwritten"),
        inventory=paths.get("inventory"),
        samples=paths.get("samples"),
    )


def _summary(name: str, coverage: Coverage) -> str:
    shares = ", ".join(
        f"{share.aspect} {int(share.percent)} %" for share in coverage.whole.shares if share.total
    )
    return f"{name}: {int(coverage.whole.percent)} % described ({shares})"


def _text(coverage: Coverage) -> bytes:
    head, lines = table(coverage)
    widths = [max(map(len, column)) for column in zip(head, *lines, strict=True)]
    rows = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (head, *lines)
    )
    return ("\n".join(rows) + "\n").encode()


def _json(problems: Sequence[Problem], base: Path) -> bytes:
    """The problems as data, without the folder that this machine has them in."""
    data = [_relative(problem, base) for problem in problems]
    return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"


def _relative(problem: Problem, base: Path) -> Problem:
    source = problem.source
    if source is None or not Path(source.file).is_absolute():
        return problem
    file = Path(os.path.relpath(source.file, base)).as_posix()
    return msgspec.structs.replace(problem, source=msgspec.structs.replace(source, file=file))
