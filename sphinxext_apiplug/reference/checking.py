"""The builder ``apiplug-check``, and the checks of a site that was built.

What they need is imported when they run: other builds shouldn't pay for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.builders import Builder
from sphinx.locale import __
from sphinx.util.display import progress_message, status_iterator

from sphinxext_apiplug.reference.config import valid_apis
from sphinxext_apiplug.reference.domain import get_domain
from sphinxext_apiplug.reference.report import report, report_problem

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

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
        from sphinxext_apiplug.reference.checked import check_api

        apis = valid_apis(self.config)
        names = [name for name in get_domain(self.env).apis if name in apis]
        for name in status_iterator(names, __("checking APIs... "), "brown", len(names)):
            check_api(self._for, name)


def _check_site(app: Sphinx, exception: Exception | None) -> None:
    """Check what an HTML build made, if the settings say so."""
    if exception is not None or not app.config.apiplug_check_site or app.builder.format != "html":
        return
    from sphinxext_apiplug.checks.site.check import NoParserError, check_site

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
