"""All checks of one API."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sphinxext_apiplug.checks.coverage.measure import measure
from sphinxext_apiplug.checks.coverage.model import Coverage
from sphinxext_apiplug.checks.coverage.thresholds import below
from sphinxext_apiplug.checks.drift import drift
from sphinxext_apiplug.checks.handwritten.compare import compare
from sphinxext_apiplug.checks.notes.check import unmentioned
from sphinxext_apiplug.checks.notes.model import NotedRelease
from sphinxext_apiplug.checks.notes.steps import steps
from sphinxext_apiplug.checks.samples.check import check as check_samples
from sphinxext_apiplug.handwritten.model import Tree
from sphinxext_apiplug.handwritten.tree import read_tree
from sphinxext_apiplug.inventory.codec import loads
from sphinxext_apiplug.inventory.errors import ApiplugError, InventoryError
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.inventory.problems import Problem


class Wanted(NamedTuple):
    """What to check an API against; what is ``None`` isn't checked.

    :ivar coverage: aspect -> percent
    :ivar ignore: kinds of problems, each maybe with a glob pattern of subjects after it
    :ivar releases: of the project that the API is of, oldest first
    """

    coverage: Mapping[str, float]
    handwritten: Path | None = None
    inventory: Path | None = None
    samples: Path | None = None
    ignore: tuple[str, ...] = ()
    releases: tuple[NotedRelease, ...] = ()


class Checked(NamedTuple):
    """What was found.

    :ivar refused: what could not be checked, with what to do about it
    """

    coverage: Coverage
    problems: tuple[Problem, ...]
    refused: tuple[ApiplugError, ...]


def run(inventory: Inventory, wanted: Wanted) -> Checked:
    """Check one API; a check that can't be made keeps no other from being made."""
    coverage = measure(inventory)
    problems = list(below(coverage, wanted.coverage, inventory))
    refused: list[ApiplugError] = []
    checks = _Checks(inventory, wanted)
    for check in (checks.drift, checks.handwritten, checks.samples, checks.notes):
        try:
            problems += check()
        except ApiplugError as error:
            refused.append(error)
    found = dict.fromkeys(problems)
    return Checked(coverage, tuple(_kept(found, wanted.ignore)), tuple(refused))


class _Checks:
    """The checks of one API; what people wrote is read once for two of them."""

    def __init__(self, inventory: Inventory, wanted: Wanted) -> None:
        self._inventory = inventory
        self._wanted = wanted
        self._shown: tuple[Tree, Path] | None = None

    def drift(self) -> Iterable[Problem]:
        if self._wanted.inventory is None:
            return ()
        return drift(_loaded(self._wanted.inventory), self._inventory)

    def handwritten(self) -> Iterable[Problem]:
        folder = self._wanted.handwritten
        if folder is None:
            return ()
        tree = read_tree(folder)
        self._shown = tree, folder
        return compare(tree, self._inventory, folder)

    def samples(self) -> Iterable[Problem]:
        folder = self._wanted.samples
        if folder is not None and not folder.is_dir():
            raise NoSamplesError(folder)
        return check_samples(self._inventory, folder, self._shown)

    def notes(self) -> Iterable[Problem]:
        return unmentioned(steps(self._wanted.releases, self._inventory, _loaded))


def _loaded(file: Path) -> Inventory:
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = f"{error.strerror}; write it with `apiplug inventory -o`"
        raise InventoryError(file.as_posix(), reason) from error
    return loads(data, source=file.as_posix())


class NoSamplesError(ApiplugError):
    """There is no folder of example files.

    :ivar folder: as it was given
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder.as_posix()}: there is no such folder; give the one with the *.json files"
        )
        self.folder = folder


def _kept(problems: Iterable[Problem], ignore: Iterable[str]) -> Iterator[Problem]:
    """The problems that nobody said are accepted."""
    patterns = [(kind, subject.strip() or "*") for kind, _, subject in
                (entry.strip().partition(" ") for entry in ignore)]  # fmt: skip
    for problem in problems:
        accepted = any(
            problem.kind == kind and fnmatch.fnmatchcase(problem.subject, subject)
            for kind, subject in patterns
        )
        if not accepted:
            yield problem
