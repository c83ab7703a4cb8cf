"""Loads plugins one at a time, and survives whatever they do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from sphinxext_apiplug.collect.points import Origin
from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.readers.base import Context, Plugin, describe
from sphinxext_apiplug.readers.instances import forget_half_made_classes


class Loader:
    """Loads plugins; each one that fails is one problem.

    :ivar plugins: what could be loaded, in the order in which it was
    :ivar failed: what couldn't, as ``module:attr``
    """

    def __init__(self, given_up: Mapping[str, Problem], context: Context) -> None:
        self._given_up = given_up
        self._context = context
        self.plugins: list[Plugin] = []
        self.failed: set[str] = set()

    def load(
        self,
        point: metadata.EntryPoint,
        origin: Origin,
        make: Callable[[], Any],
        *,
        is_router: bool = False,
    ) -> None:
        """Load one plugin.

        :param point: what is to be loaded, maybe not declared anywhere
        :param make: imports it, and gives what *point* points at, or ``None``
            if there is no plugin after all
        """
        if point.name in self._given_up:
            problem = self._given_up[point.name]
            self.failed.add(point.value)
            self._context.problems.append(located(problem, point, origin))
            return
        self._context.step(point.name)
        try:
            loaded = make()
        except BaseException as error:  # noqa: BLE001 - SystemExit too: it is a plugin's doing
            forget_half_made_classes()
            self.failed.add(point.value)
            self._context.problems.append(self._failure(point, origin, error))
            return
        if loaded is None:
            return
        plugin = Plugin(
            name=point.name,
            target=point.value,
            distribution=origin.distribution,
            distribution_version=origin.version,
            loaded=loaded,
            is_router=is_router,
        )
        self.plugins.append(plugin)

    def _failure(
        self, point: metadata.EntryPoint, origin: Origin, error: BaseException
    ) -> Problem:
        package = point.module.partition(".")[0]
        problem = Problem(
            kind="load-failed",
            subject=point.name,
            message=describe(error),
            source=self._context.places.of_error(error, package),
        )
        return located(problem, point, origin)


def located(problem: Problem, point: metadata.EntryPoint, origin: Origin) -> Problem:
    """Say which entry point it is, and if need be where that one is declared."""
    return msgspec.structs.replace(
        problem,
        source=problem.source or _module_source(point) or _declaration(point),
        entry_point=f"{point.name} = {point.value}",
        distribution=" ".join(origin).strip() or None,
    )


def _module_source(point: metadata.EntryPoint) -> Source | None:
    """The module that the entry point names, if there is a file for it."""
    stem = point.module.replace(".", "/")
    for root in map(Path, sys.path):
        for file in (f"{stem}.py", f"{stem}/__init__.py"):
            if (root / file).is_file():
                return Source(object=point.module, file=file)
    return None


def _declaration(point: metadata.EntryPoint) -> Source | None:
    """The line of ``entry_points.txt`` that declares the entry point."""
    text = point.dist.read_text("entry_points.txt") if point.dist is not None else None
    if text is None:
        return None
    for number, line in enumerate(text.splitlines(), start=1):
        name, separator, value = (part.strip() for part in line.partition("="))
        if separator and (name, value) == (point.name, point.value):
            return Source(object=point.value, file="entry_points.txt", line=number)
    return None
