"""``apiplug check``."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path
from typing import Final, get_args

from cliff.lister import Lister

from sphinxext_apiplug.checks.coverage.badge import badge
from sphinxext_apiplug.checks.coverage.table import table
from sphinxext_apiplug.checks.notes.model import NotedRelease
from sphinxext_apiplug.checks.run import Checked, Wanted, run
from sphinxext_apiplug.cli import output, target
from sphinxext_apiplug.cli.base import ApiCommand
from sphinxext_apiplug.cli.errors import UsageError
from sphinxext_apiplug.collect.checking import Checks, CoverageName
from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.reference.noting import noted_releases

_NAMES: Final[tuple[str, ...]] = get_args(CoverageName)


class Check(ApiCommand, Lister):
    """Check how much of an API is described, and whether what is written is true.

    Prints a table of what the code describes. What is wrong goes to standard error, each
    with file and line; what conf.py says under `checks` is checked unless a flag says
    otherwise.
    """

    example = "apiplug check myservice.api.extensions --handwritten api-ref/source"

    def get_parser(self, prog_name: str) -> argparse.ArgumentParser:
        """The arguments of every command, and those of checks."""
        parser = super().get_parser(prog_name)
        parser.add_argument(
            "--handwritten",
            metavar="DIR",
            type=Path,
            help="a reference for os-api-ref: the folder with the .inc files and parameters.yaml",
        )
        parser.add_argument(
            "--samples",
            metavar="DIR",
            type=Path,
            help="a folder of JSON files, each an example of a request or an answer",
        )
        parser.add_argument(
            "--inventory",
            metavar="FILE",
            type=Path,
            help="an inventory that was kept: tells what changed since",
        )
        parser.add_argument(
            "--coverage",
            metavar="NAME=PERCENT",
            type=_threshold,
            action="append",
            default=[],
            help=f"what must be described at the least; NAME is of {', '.join(_NAMES)}; can be "
            "repeated",
        )
        parser.add_argument("--badge", metavar="FILE", type=Path, help="write an SVG badge")
        return parser

    def take_action(
        self, parsed_args: argparse.Namespace
    ) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Read the API and check it.

        :returns: the headings and lines of the table of coverage
        :raises ApiplugError: for everything that the caller can put right
        """
        if parsed_args.badge is not None:
            output.check(str(parsed_args.badge))
        inventory = self.load(parsed_args)
        self.tell(inventory.problems, parsed_args)
        wanted = _wanted(parsed_args)
        refused: list[ApiplugError] = []
        try:
            wanted = wanted._replace(releases=_releases(parsed_args))
        except ApiplugError as error:
            refused.append(error)
        checked = run(inventory, wanted)
        self.tell(checked.problems, parsed_args)
        self._count_hidden(checked, parsed_args)
        refused += checked.refused
        if refused:
            raise UsageError("\n".join(map(str, refused)))
        if parsed_args.badge is not None:
            output.write(str(parsed_args.badge), badge(checked.coverage))
        return table(checked.coverage)

    def _count_hidden(self, checked: Checked, parsed_args: argparse.Namespace) -> None:
        """Say how many mild findings were not shown."""
        if self.app.options.verbose_level > 1:
            return
        hidden = Counter(
            problem.kind
            for problem in checked.problems
            if problem.severity == "info" and not parsed_args.fail_on(problem)
        )
        for kind, number in sorted(hidden.items()):
            self._say(f"info: {number} more of the kind {kind}; -v shows them")


def _wanted(parsed: argparse.Namespace) -> Wanted:
    """What conf.py says, and the flags that go before it."""
    found = target.checks_of(parsed.api, parsed.conf_dir)
    checks, base = found if found is not None else (Checks(), Path())
    paths = {
        name: getattr(parsed, name) or _below(base, getattr(checks, name))
        for name in ("handwritten", "inventory", "samples")
    }
    coverage = {**checks.coverage, **dict(parsed.coverage)}
    return Wanted(
        coverage=coverage,
        ignore=checks.ignore,
        handwritten=paths["handwritten"],
        inventory=paths["inventory"],
        samples=paths["samples"],
    )


def _releases(parsed: argparse.Namespace) -> tuple[NotedRelease, ...]:
    """The releases of the project whose notes conf.py wants to be checked.

    :raises ApiplugError: if they can't be
    """
    found = target.checks_of(parsed.api, parsed.conf_dir)
    if found is None or found[0].notes is None:
        return ()
    projects, folder = target.projects_of(parsed.conf_dir)
    return noted_releases(projects, folder, found[0].notes)


def _below(base: Path, path: str | None) -> Path | None:
    return None if path is None else Path(os.path.relpath(base / path))


def _threshold(text: str) -> tuple[str, float]:
    name, _, percent = text.partition("=")
    if name not in _NAMES:
        raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(_NAMES)}")
    try:
        value = float(percent.rstrip("% "))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{percent!r} is not a percentage") from None
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError(f"{percent!r} is not between 0 and 100")
    return name, value
