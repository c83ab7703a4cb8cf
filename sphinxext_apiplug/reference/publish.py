"""``openapi.json``, ``openapi.yaml`` and ``inventory.json`` beside the HTML pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.files import pieces_of, write_pieces_if_changed
from sphinxext_apiplug.reference.config import setting_place, valid_apis
from sphinxext_apiplug.reference.documents import SUFFIXES
from sphinxext_apiplug.reference.domain import get_domain
from sphinxext_apiplug.reference.loading import cache_dir
from sphinxext_apiplug.reference.making import Maker, MakingError
from sphinxext_apiplug.reference.published import PUBLISHERS, published_path
from sphinxext_apiplug.reference.report import report, report_problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from sphinxext_apiplug.collect.api import Collected


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

    def prepare(self, app: Sphinx) -> None:
        """Begin what can be done without an inventory."""
        apis = valid_apis(app.config)
        if apis and app.builder.name in PUBLISHERS:
            self._maker = Maker(cache_dir(app))
            self._maker.prepare(apis)

    def start(self, app: Sphinx) -> None:
        """Begin to make the documents of every API that has operations."""
        if self._maker is not None:
            for collected in get_domain(app.env).apis.values():
                if collected.inventory.operations:
                    self._maker.ask(collected.inventory)

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """Publish them; after an exception, only clean up."""
        if self._maker is None:
            return
        try:
            if exception is None:
                for api, collected in get_domain(app.env).apis.items():
                    _publish(app, api, collected, self._maker)
        finally:
            self._maker.stop()


def _publish(app: Sphinx, api: str, collected: Collected, maker: Maker) -> None:
    inventory = collected.inventory
    has_operations = bool(inventory.operations)
    is_made = has_operations and _is_made(app, api, collected, maker)
    for suffix in SUFFIXES:
        file = maker.file(api, suffix)
        _put(app, api, f"openapi.{suffix}", pieces_of(file) if is_made else None)
    kept = maker.inventory_file(api)
    _put(
        app, api, "inventory.json", pieces_of(kept) if has_operations else codec.chunks(inventory)
    )


def _is_made(app: Sphinx, api: str, collected: Collected, maker: Maker) -> bool:
    """Whether there are documents of an API; what is wrong with them is reported."""
    place = setting_place(app, api)
    try:
        documents = maker.documents(api)
    except MakingError as error:
        report("openapi-invalid", f"{api}: {error}", place)
        return False
    for problem in documents.problems:
        report_problem(problem, collected.files, place)
    return True


def _put(app: Sphinx, api: str, file: str, text: Iterable[bytes] | None) -> None:
    path = Path(app.outdir) / published_path(api, file, app.config)
    if text is None:
        # Not one of an earlier build, which would pass for this one's.
        path.unlink(missing_ok=True)
    else:
        write_pieces_if_changed(path, text)
