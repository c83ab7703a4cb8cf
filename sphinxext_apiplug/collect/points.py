"""What an API's plugins are, before any of them is imported.

A build that finds everything as it was asks no more than this, so nothing here
imports what loading and reading need.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable
from contextlib import suppress
from importlib import metadata
from typing import NamedTuple

from sphinxext_apiplug.collect import contrib
from sphinxext_apiplug.collect.settings import ApiSettings


class Origin(NamedTuple):
    """The distribution that something comes from; both texts may be empty."""

    distribution: str
    version: str


class Points:
    """The plugins of one API.

    :ivar all: what is to be loaded, each once; what is declared before what is found in
        a package, and both ordered by name
    :ivar declared: those of them that are entry points, or stand in for them
    :ivar in_package: those of them that nobody declares, found in a package
    :ivar of_hooks: namespace of a hook -> the same for what adds fields through it
    """

    def __init__(self, settings: ApiSettings) -> None:
        self.in_package = tuple(_found(settings))
        self.declared = tuple(_points(settings))
        self.all = (*self.declared, *self.in_package)
        self.of_hooks = {
            namespace: _declared(namespace, settings)
            for namespace in sorted({hook.namespace for hook in settings.hooks})
        }
        self._origins: dict[str | int, Origin] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all plugins, in the order of their turns."""
        return tuple(sorted({point.name for point in self.all}))

    def origin_of(self, point: metadata.EntryPoint) -> Origin:
        """The distribution that a plugin comes from, be it declared anywhere or not."""
        package = point.module.partition(".")[0]
        key = package if point.dist is None else id(point.dist)
        # Most plugins are of one distribution, whose metadata take long to parse.
        if key not in self._origins:
            declared = point.dist is not None
            self._origins[key] = origin_of(point) if declared else origin_of_package(package)
        return self._origins[key]


def point_of(name: str, target: str) -> metadata.EntryPoint:
    """An entry point that nobody declares."""
    return metadata.EntryPoint(name=name, value=target, group="")


def origin_of(point: metadata.EntryPoint) -> Origin:
    """The distribution that declares an entry point."""
    return Origin("", "") if point.dist is None else Origin(point.dist.name, point.dist.version)


def origin_of_package(package: str) -> Origin:
    """The distribution that a top-level package came in; the first one if there are more."""
    with suppress(metadata.PackageNotFoundError):
        # As services are named; the look through all that is installed takes long.
        likely = metadata.distribution(package)
        if package in (likely.read_text("top_level.txt") or "").split():
            return Origin(likely.name, likely.version)
    names = metadata.packages_distributions().get(package, ())
    name = min(names, key=lambda item: (item != package, item), default="")
    return Origin(name, metadata.version(name)) if name else Origin("", "")


def _points(settings: ApiSettings) -> Iterable[metadata.EntryPoint]:
    if settings.routes is not None:
        package = settings.routes.partition(":")[0].partition(".")[0]
        return [point_of(package, settings.routes)]
    return _declared(settings.namespace, settings) if settings.namespace else []


def _found(settings: ApiSettings) -> Iterable[metadata.EntryPoint]:
    """The enabled modules of a package of extensions."""
    if settings.contrib is None:
        return []
    found = contrib.points_of(settings.contrib, settings.contrib_path)
    return [point for point in found if is_enabled(point.name, settings)]


def _declared(namespace: str, settings: ApiSettings) -> list[metadata.EntryPoint]:
    """The enabled entry points of a namespace."""
    unique = {(point.name, point.value): point for point in metadata.entry_points(group=namespace)}
    return [unique[key] for key in sorted(unique) if is_enabled(key[0], settings)]


def is_enabled(name: str, settings: ApiSettings) -> bool:
    """Whether the ``enabled`` and ``disabled`` patterns let a plugin through."""
    wanted = any(fnmatch.fnmatchcase(name, pattern) for pattern in settings.enabled)
    return wanted and not any(fnmatch.fnmatchcase(name, pattern) for pattern in settings.disabled)
