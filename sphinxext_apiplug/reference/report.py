"""Problems, as Sphinx says them: with type, subtype and place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from sphinxext_apiplug.inventory.problems import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinxext_apiplug.inventory.problems import Problem, Source

logger = logging.getLogger(__name__)

# A terminal obeys control characters, and text from a plugin may hold any.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")

_LINE = re.compile(r":\d+$")


def printable(text: str) -> str:
    """*text* without what a terminal would obey rather than show."""
    return _CONTROL.sub(" ", text)


def report(kind: str, message: str, location: Any = None) -> None:
    """Log one problem.

    :param kind: a key of ``PROBLEM_KINDS``; it decides how loud this is
    :param location: what Sphinx's loggers take: a node, ``file:line``,
        or (docname, line); also a file alone
    """
    if isinstance(location, str) and not _LINE.search(location):
        location += ":1"  # text without a line is a docname to Sphinx
    log = logger.info if kind_of(kind).severity == "info" else logger.warning
    log("%s", printable(message), type="apiplug", subtype=kind, location=location)


def report_problem(problem: Problem, files: Mapping[str, Path], otherwise: str) -> None:
    """Log a problem of an inventory at its place in the source.

    :param files: file as the inventory writes it -> absolute path
    :param otherwise: the place of what has none in any source
    """
    place = otherwise if problem.source is None else _place(problem.source, files)
    report(problem.kind, problem.text, place)


def _place(source: Source, files: Mapping[str, Path]) -> str:
    file = printable(str(files.get(source.file, source.file)))
    return file if source.line is None else f"{file}:{source.line}"
