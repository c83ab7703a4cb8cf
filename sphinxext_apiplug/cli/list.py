"""``apiplug list``."""

from __future__ import annotations

import argparse
from typing import Final

from cliff.lister import Lister

from sphinxext_apiplug.cli.base import ApiCommand
from sphinxext_apiplug.cli.errors import UsageError
from sphinxext_apiplug.cli.output import printable
from sphinxext_apiplug.inventory.model import Extension, Inventory
from sphinxext_apiplug.inventory.problems import SEVERITIES, Problem

COLUMNS: Final = ("alias", "distribution", "operations", "status")

Row = tuple[str, str, int, str]

# What leaves an extension out of the inventory; its subject is the entry point.
_FAILURES: Final = ("load-failed", "read-failed", "unknown-dialect", "alias-duplicate")


class List(ApiCommand, Lister):
    """List the extensions of an API.

    An extension that could not be read is listed too; its status is the kind
    of problem that it has.
    """

    example = "apiplug list myservice.api.extensions -f json"

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], list[Row]]:
        """Read the API.

        :returns: the columns' names and a row for each extension
        :raises ApiplugError: for everything that the caller can put right
        """
        wrong = {name.strip().lower() for name in parsed_args.columns} - set(COLUMNS)
        if wrong:
            raise UsageError(
                f"no column is called {', '.join(sorted(wrong))}; there are: {', '.join(COLUMNS)}"
            )
        inventory = self.load(parsed_args)
        self.tell(inventory.problems, parsed_args)
        return COLUMNS, rows(inventory)


def rows(inventory: Inventory) -> list[Row]:
    """A row for each extension, the ones that failed last."""
    loaded = [
        (
            printable(extension.alias),
            printable(f"{extension.distribution} {extension.distribution_version}".strip()),
            len(inventory.operations_of(extension.alias)),
            _status(extension, inventory),
        )
        for extension in inventory.extensions
    ]
    failed = [_failed(problem) for problem in inventory.problems if _left_out(problem, inventory)]
    return loaded + failed


def _status(extension: Extension, inventory: Inventory) -> str:
    """The gravest kind of problem that the extension has, else ``ok``."""
    found = [
        problem
        for problem in inventory.problems
        if problem.extension == extension.alias and problem.severity != "info"
    ]
    return min(found, key=_gravity).kind if found else "ok"


def _gravity(problem: Problem) -> int:
    return SEVERITIES.index(problem.severity)


def _left_out(problem: Problem, inventory: Inventory) -> bool:
    loaded = {extension.entry_point for extension in inventory.extensions}
    return problem.kind in _FAILURES and problem.subject not in loaded


def _failed(problem: Problem) -> Row:
    name = problem.subject.partition("=")[0].strip()
    return (printable(name), printable(problem.distribution or ""), 0, problem.kind)
