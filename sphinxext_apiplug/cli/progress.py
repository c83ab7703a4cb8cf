"""A progress display on a terminal, for what takes over a second."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from sphinxext_apiplug.cli.output import printable
from sphinxext_apiplug.collect.api import Progress as Report

_DELAY: Final = 1.0


@contextmanager
def shown(stream: TextIO, *, wanted: bool, doing: str = "reading") -> Iterator[Report]:
    """Give a function to report progress to; show it if *stream* is a terminal.

    :param doing: what is reported, in a word

    The display begins after a second and leaves nothing behind.
    """
    if not wanted or not stream.isatty():
        yield lambda _done, _total, _what: None
        return
    columns = (SpinnerColumn(), TextColumn(doing), BarColumn(), MofNCompleteColumn())
    display = Progress(
        *columns,
        TextColumn("{task.description}", markup=False),
        console=Console(file=stream),
        transient=True,
    )
    task = display.add_task("", total=None)

    def report(done: int, total: int, what: str) -> None:
        display.update(task, completed=done, total=total, description=printable(what))

    timer = threading.Timer(_DELAY, display.start)
    timer.start()
    try:
        yield report
    finally:
        timer.cancel()
        timer.join()
        display.stop()
