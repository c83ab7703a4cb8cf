"""The builder ``apiplug-check``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from sphinx.builders import Builder
from sphinx.locale import __
from sphinx.util import logging
from sphinx.util.display import progress_message, status_iterator

from sphinxext_apiplug.checks.coverage.badge import badge
from sphinxext_apiplug.checks.coverage.table import table
from sphinxext_apiplug.checks.run import Wanted, run
from sphinxext_apiplug.checks.site.check import NoParserError, check_site
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
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext_apiplug.checks.coverage.model import Coverage
    from sphinxext_apiplug.checks.notes.model import NotedRelease
    from sphinxext_apiplug.checks.run import Checked
    from sphinxext_apiplug.collect.checking import Checks
    from sphinxext_apiplug.inventory.problems import Problem

logger = logging.getLogger(__name__)

#: The builder's name.
NAME: Final = "apiplug-check"


def setup_checking(app: Sphinx) -> None:
    """Add the builder, and the checks of a whole site."""
    app.add_builder(CheckBuilder)
    app.add_config_value("apiplug_check_site", default=False, rebuild="", types=bool)
    # After everything was published; Sphinx counts the warnings after this event.
    app.connect("build-finished", _check_site, priority=900)


class CheckBuilder(Builder):
    """Check every API as its setting ``checks`` says, and count what is described.

    For each API it writes ``<api>/coverage.txt``, ``<api>/coverage.svg`` and
    ``<api>/problems.json``.
    """

    name = NAME
    epilog = __("What was checked is in %(outdir)s.")

    def __init__(self, app: Sphinx, env: BuildEnvironment) -> None:
        super().__init__(app, env)
        # Builders name it differently from release to release.
        self._for = app

    def get_outdated_docs(self) -> str:
        """What the build says it does."""
        return __("checks of all APIs")

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002 - Sphinx's
        """Pages have no address, as none is written."""
        return ""

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Prepare nothing; before Sphinx 8 each builder had to say so."""

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write no page."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write no page."""

    def finish(self) -> None:
        """Check, after everything was read."""
        apis = valid_apis(self.config)
        names = [name for name in get_domain(self.env).apis if name in apis]
        base = Path(self._for.confdir)
        for name in status_iterator(names, __("checking APIs... "), "brown", len(names)):
            inventory = get_domain(self.env).apis[name].inventory
            wanted = _wanted(apis[name].checks, base)
            checked = run(inventory, wanted._replace(releases=self._releases(name)))
            self._report(name, checked)
            self._write(name, checked)

    def _releases(self, name: str) -> tuple[NotedRelease, ...]:
        """The releases whose notes are to be checked; if they can't be, that is said."""
        project = valid_apis(self.config)[name].checks.notes
        if project is None:
            return ()
        try:
            return noted_releases(valid_projects(self.config), Path(self._for.confdir), project)
        except NotesError as error:
            place = error.place or setting_place(self._for, name, "checks")
            report("notes-failed", f"{project}: {error}", place)
        except ApiplugError as error:
            report("setting-invalid", f"{name}: {error}", setting_place(self._for, name, "checks"))
        return ()

    def _report(self, name: str, checked: Checked) -> None:
        otherwise = setting_place(self._for, name, "checks")
        collected = get_domain(self.env).apis[name]
        for problem in checked.problems:
            report_problem(problem, collected.files, otherwise)
        for error in checked.refused:
            report("setting-invalid", f"{name}: {error}", otherwise)
        logger.info("%s", _summary(name, checked.coverage))

    def _write(self, name: str, checked: Checked) -> None:
        folder = Path(self.outdir) / name
        folder.mkdir(parents=True, exist_ok=True)
        write_if_changed(folder / "coverage.txt", _text(checked.coverage))
        write_if_changed(folder / "coverage.svg", badge(checked.coverage))
        write_if_changed(
            folder / "problems.json", _json(checked.problems, Path(self._for.confdir))
        )


def _check_site(app: Sphinx, exception: Exception | None) -> None:
    """Check what an HTML build made, if the settings say so."""
    if exception is not None or not app.config.apiplug_check_site or app.builder.format != "html":
        return
    try:
        with progress_message(__("checking the built site")):
            problems = list(check_site(Path(app.outdir)))
    except NoParserError as error:
        report(
            "setting-invalid", f"apiplug_check_site: {error}", str(Path(app.confdir) / "conf.py")
        )
        return
    for problem in problems:
        report_problem(problem, {problem.subject: Path(app.outdir) / problem.subject}, "")


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
