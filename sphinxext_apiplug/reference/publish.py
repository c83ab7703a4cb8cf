"""``openapi.json``, ``openapi.yaml`` and ``inventory.json`` beside the HTML pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.files import write_if_changed
from sphinxext_apiplug.reference.config import setting_place, valid_apis
from sphinxext_apiplug.reference.domain import get_domain
from sphinxext_apiplug.reference.loading import cache_dir
from sphinxext_apiplug.reference.making import Maker, MakingError
from sphinxext_apiplug.reference.published import PUBLISHERS, published_path
from sphinxext_apiplug.reference.report import report, report_problem

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinxext_apiplug.collect.api import Collected
    from sphinxext_apiplug.reference.documents import Documents


def setup_publishing(app: Sphinx) -> None:
    """Make the documents while Sphinx reads and writes; publish them at its end."""
    publisher = Publisher()
    # Before and after the inventories are read.
    app.connect("builder-inited", publisher.prepare, priority=300)
    app.connect("builder-inited", publisher.start)
    # Sphinx counts the warnings after this event, so that -W sees ours.
    app.connect("build-finished", publisher.finish)


class Publisher:
    """What one build publishes beside its pages; nothing unless it makes HTML."""

    def __init__(self) -> None:
        self._maker: Maker | None = None
        # API name -> its inventory as JSON, which takes a while to write.
        self._texts: dict[str, bytes] = {}

    def prepare(self, app: Sphinx) -> None:
        """Begin what can be done without an inventory."""
        apis = valid_apis(app.config)
        if apis and app.builder.name in PUBLISHERS:
            self._maker = Maker(cache_dir(app))
            self._maker.prepare(apis)

    def start(self, app: Sphinx) -> None:
        """Begin to make the documents of every API that has operations."""
        if self._maker is not None:
            for api, collected in get_domain(app.env).apis.items():
                self._texts[api] = codec.dumps(collected.inventory)
                if collected.inventory.operations:
                    self._maker.ask(collected.inventory, self._texts[api])

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """Publish them; after an exception, only clean up."""
        if self._maker is None:
            return
        try:
            if exception is None:
                for api, collected in get_domain(app.env).apis.items():
                    _publish(app, api, collected, self._maker, self._texts[api])
        finally:
            self._maker.stop()


def _publish(app: Sphinx, api: str, collected: Collected, maker: Maker, inventory: bytes) -> None:
    made = _made(app, api, collected, maker) if collected.inventory.operations else None
    texts = {
        "openapi.json": made.json if made is not None else None,
        "openapi.yaml": made.yaml if made is not None else None,
        "inventory.json": inventory,
    }
    for file, text in texts.items():
        _put(Path(app.outdir) / published_path(api, file, app.config), text)


def _made(app: Sphinx, api: str, collected: Collected, maker: Maker) -> Documents | None:
    """An API's documents; what is wrong with them is reported."""
    place = setting_place(app, api)
    try:
        documents = maker.documents(api)
    except MakingError as error:
        report("openapi-invalid", f"{api}: {error}", place)
        return None
    for problem in documents.problems:
        report_problem(problem, collected.files, place)
    return documents


def _put(path: Path, text: bytes | None) -> None:
    if text is None:
        # Not one of an earlier build, which would pass for this one's.
        path.unlink(missing_ok=True)
    else:
        write_if_changed(path, text)
