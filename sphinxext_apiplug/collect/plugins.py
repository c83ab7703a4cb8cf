"""Loads the extensions of a namespace, each one guarded."""

from __future__ import annotations

import fnmatch
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from stevedore.extension import Extension as StevedoreExtension
from stevedore.extension import ExtensionManager

from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.readers.base import Context, Plugin, describe
from sphinxext_apiplug.readers.instances import forget_half_made_classes

if TYPE_CHECKING:
    _Manager = ExtensionManager[Any]
else:
    # Generic in new releases of stevedore only.
    _Manager = ExtensionManager


class GuardedManager(_Manager):
    """Loads what stevedore would load, and survives all that it does.

    stevedore lets ``SystemExit`` through, and its disk cache forgets which
    distribution an entry point came from; both matter here.

    :ivar plugins: what could be loaded, ordered by entry-point name
    """

    def __init__(
        self, settings: ApiSettings, given_up: Mapping[str, Problem], context: Context
    ) -> None:
        self._settings = settings
        self._given_up = given_up
        self._context = context
        self.plugins: list[Plugin] = []
        super().__init__(settings.namespace)

    def list_entry_points(self) -> list[metadata.EntryPoint]:
        """The enabled entry points, each once, ordered by name."""
        unique = {
            (point.name, point.value): point
            for point in metadata.entry_points(group=self.namespace)
        }
        return [unique[key] for key in sorted(unique) if is_enabled(key[0], self._settings)]

    def _load_one_plugin(
        self, ep: metadata.EntryPoint, *args: Any, **options: Any
    ) -> StevedoreExtension[Any] | None:
        if ep.name in self._given_up:
            self._context.problems.append(_located(self._given_up[ep.name], ep))
            return None
        self._context.step(ep.name)
        try:
            extension = super()._load_one_plugin(ep, *args, **options)
        except BaseException as error:  # noqa: BLE001 - SystemExit too: it is a plugin's doing
            forget_half_made_classes()
            self._context.problems.append(self._failure(ep, error))
            return None
        if extension is not None:
            self.plugins.append(_plugin(ep, extension.plugin))
        return extension

    def _failure(self, point: metadata.EntryPoint, error: BaseException) -> Problem:
        package = point.module.partition(".")[0]
        problem = Problem(
            kind="load-failed",
            subject=point.name,
            message=describe(error),
            source=self._context.places.of_error(error, package),
        )
        return _located(problem, point)


def is_enabled(name: str, settings: ApiSettings) -> bool:
    """Whether the ``enabled`` and ``disabled`` patterns let an entry point through."""
    wanted = any(fnmatch.fnmatchcase(name, pattern) for pattern in settings.enabled)
    return wanted and not any(fnmatch.fnmatchcase(name, pattern) for pattern in settings.disabled)


def _plugin(point: metadata.EntryPoint, loaded: Any) -> Plugin:
    name, version = _origin(point)
    return Plugin(
        name=point.name,
        target=point.value,
        distribution=name,
        distribution_version=version,
        loaded=loaded,
    )


def _origin(point: metadata.EntryPoint) -> tuple[str, str]:
    return (point.dist.name, point.dist.version) if point.dist is not None else ("", "")


def _located(problem: Problem, point: metadata.EntryPoint) -> Problem:
    """Say which entry point it is, and if need be where that one is declared."""
    return msgspec.structs.replace(
        problem,
        source=problem.source or _module_source(point) or _declaration(point),
        entry_point=f"{point.name} = {point.value}",
        distribution=" ".join(_origin(point)).strip() or None,
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
