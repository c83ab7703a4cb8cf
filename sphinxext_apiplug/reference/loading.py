"""Every API's inventory, read when a build begins."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx.util import logging
from sphinx.util.console import colorize, term_width_line

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.reference.config import declared_apis, setting_place, valid_apis
from sphinxext_apiplug.reference.domain import get_domain
from sphinxext_apiplug.reference.report import printable, report_problem

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinxext_apiplug.collect.api import Collected, Progress
    from sphinxext_apiplug.collect.settings import ApiSettings

# New objects, and rounds, after which the garbage collector looks for old ones.
_THRESHOLDS: Final = (50_000, 20, 100)

logger = logging.getLogger(__name__)


def setup_loading(app: Sphinx) -> None:
    """Read the inventories as soon as there is an environment to keep them in."""
    # Ahead of whatever else wants to see them.
    app.connect("builder-inited", _load, priority=400)
    app.connect("build-finished", _release)


def cache_dir(app: Sphinx) -> Path:
    """Where a project's inventories and verdicts are kept between builds."""
    return Path(app.doctreedir) / "apiplug"


def _load(app: Sphinx) -> None:
    domain = get_domain(app.env)
    apis = valid_apis(app.config)
    domain.builder = app.builder
    domain.left_out = declared_apis(app.config) - set(apis)
    domain.apis = {name: _collect(app, name, settings) for name, settings in apis.items()}
    domain.digests = {}
    for name, collected in domain.apis.items():
        for problem in collected.inventory.problems:
            report_problem(problem, collected.files, setting_place(app, name))
    # They live as long as the build: the garbage collector need not go through
    # millions of objects again and again, nor look for what may be freed at each
    # few nodes that a page is made of.
    gc.freeze()
    domain.thresholds = domain.thresholds or gc.get_threshold()
    gc.set_threshold(*_THRESHOLDS)


def _release(app: Sphinx, _exception: Exception | None) -> None:
    gc.unfreeze()
    domain = get_domain(app.env)
    if domain.thresholds is not None:
        gc.set_threshold(*domain.thresholds)
        domain.thresholds = None


def _collect(app: Sphinx, name: str, settings: ApiSettings) -> Collected:
    summary = f"reading extensions of {name}... "
    collected = collect(
        name,
        settings,
        base_dir=Path(app.confdir),
        cache_dir=cache_dir(app),
        progress=_progress(summary, app.verbosity),
        packed=True,
    )
    inventory = collected.inventory
    found = f"{len(inventory.extensions)} extensions, {len(inventory.operations)} operations"
    logger.info("%s%s%s", colorize("bold", summary), found, ", unchanged" * collected.from_cache)
    return collected


def _progress(summary: str, verbosity: int) -> Progress:
    """A line that is written over, as Sphinx's own progress is."""
    title = colorize("bold", summary)

    def show(done: int, total: int, what: str) -> None:
        share = f"{done / total:4.0%}" if total else "    "
        line = f"{title}[{share}] {colorize('darkgreen', printable(what))}"
        logger.info("%s", line if verbosity else term_width_line(line), nonl=not verbosity)

    return show
