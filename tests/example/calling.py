"""The client as people call it, in this process: its two streams and its exit code."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any, NamedTuple

import yaml


class Said(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its output with ``-f json``, of a command that did well."""
        assert (self.code, self.err) == (0, "")
        return json.loads(self.out)

    @property
    def yaml(self) -> Any:
        """Its output with ``-f yaml``, of a command that did well."""
        assert (self.code, self.err) == (0, "")
        return yaml.safe_load(self.out)

    @property
    def failure(self) -> str:
        """The one line that a command ends with that didn't do well."""
        assert (self.code, self.out) == (1, "")
        assert self.err.count("\n") == 1
        return self.err.rstrip("\n")


def call(*arguments: str) -> Said:
    """Call ``compute-example``."""
    from compute_example.cli.main import main

    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err), _logging_restored():
        try:
            code = main(list(arguments))
        except SystemExit as end:  # argparse ends the process where a command is used wrongly
            code = int(end.code or 0)
    return Said(code, out.getvalue(), err.getvalue())


@contextmanager
def _logging_restored() -> Iterator[None]:
    """Every call adds a handler for its own standard error."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:] = before
        root.setLevel(level)
