"""``openapi.json``, ``openapi.yaml`` and ``inventory.json`` beside the HTML pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.files import write_if_changed
from sphinxext_apiplug.reference.domain import get_domain
from sphinxext_apiplug.reference.loading import cache_dir
from sphinxext_apiplug.reference.making import Making, MakingError
from sphinxext_apiplug.reference.published import PUBLISHERS, published_path
from sphinxext_apiplug.reference.report import report, report_problem

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinxext_apiplug.collect.api import Collected


def setup_publishing(app: Sphinx) -> None:
    """Make the documents while Sphinx reads and writes; publish them at its end."""
    publisher = Publisher()
    app.connect("builder-inited", publisher.start)
    # Sphinx counts the warnings after this event, so that -W sees ours.
    app.connect("build-finished", publisher.finish)


class Publisher:
    """The documents of one build that are on their way."""

    def __init__(self) -> None:
        self._making: dict[str, Making] = {}

    def start(self, app: Sphinx) -> None:
        """Start making the documents of every API that has operations."""
        if app.builder.name not in PUBLISHERS:
            return
        for api, collected in get_domain(app.env).apis.items():
            if collected.inventory.operations:
                self._making[api] = Making(collected.inventory, cache_dir(app))
                self._making[api].start()

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """Publish them; after an exception, only clean up."""
        if exception is not None:
            for making in self._making.values():
                making.stop()
        elif app.builder.name in PUBLISHERS:
            for api, collected in get_domain(app.env).apis.items():
                self._publish(app, api, collected)

    def _publish(self, app: Sphinx, api: str, collected: Collected) -> None:
        texts: dict[str, bytes | None] = {
            "inventory.json": codec.dumps(collected.inventory),
            **dict.fromkeys(("openapi.json", "openapi.yaml")),
        }
        if api in self._making:
            try:
                made = self._making[api].finish()
            except MakingError as error:
                report("openapi-invalid", f"{api}: {error}")
            else:
                texts |= {"openapi.json": made.json, "openapi.yaml": made.yaml}
                for problem in made.problems:
                    report_problem(problem, collected.files)
        for file, text in texts.items():
            _put(Path(app.outdir) / published_path(api, file, app.config), text)


def _put(path: Path, text: bytes | None) -> None:
    if text is None:
        # Not one of an earlier build, which would pass for this one's.
        path.unlink(missing_ok=True)
    else:
        write_if_changed(path, text)
