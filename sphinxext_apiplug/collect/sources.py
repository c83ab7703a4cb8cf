"""Where an API's plugins come from: a namespace, or a list of routes."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Mapping
from importlib import metadata
from typing import TYPE_CHECKING, Any

from stevedore.extension import Extension as StevedoreExtension
from stevedore.extension import ExtensionManager

from sphinxext_apiplug.collect.plugins import Loader, origin_of, origin_of_package
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory.problems import Problem
from sphinxext_apiplug.readers.base import Context, Plugin

if TYPE_CHECKING:
    _Manager = ExtensionManager[Any]
else:
    # Generic in new releases of stevedore only.
    _Manager = ExtensionManager


class Source:
    """What one API's plugins are loaded from.

    :ivar names: the names of all its plugins, in the order of their turns
    """

    def __init__(self, settings: ApiSettings) -> None:
        self._settings = settings
        self._points = list(_points(settings))
        self.names = tuple(sorted({point.name for point in self._points}))

    def load(self, given_up: Mapping[str, Problem], context: Context) -> list[Plugin]:
        """Load them; what can't be loaded is reported, not raised.

        :param given_up: plugin name -> the problem that it is left out for
        """
        loader = Loader(given_up, context)
        if self._settings.namespace:
            _NamespaceManager(self._settings.namespace, self._points, loader)
        else:
            for point in self._points:
                origin = origin_of_package(point.module.partition(".")[0])
                loader.load(point, origin, point.load)
        return loader.plugins


class _NamespaceManager(_Manager):
    """Loads what stevedore would load, and survives all that it does.

    stevedore lets ``SystemExit`` through, and its disk cache forgets which
    distribution an entry point came from; both matter here.
    """

    def __init__(self, namespace: str, points: list[metadata.EntryPoint], loader: Loader) -> None:
        self._points = points
        self._loader = loader
        super().__init__(namespace)

    def list_entry_points(self) -> list[metadata.EntryPoint]:
        """The entry points that it was given."""
        return self._points

    def _load_one_plugin(
        self, ep: metadata.EntryPoint, *args: Any, **options: Any
    ) -> StevedoreExtension[Any] | None:
        found: list[StevedoreExtension[Any]] = []

        def make() -> Any:
            extension = super(_NamespaceManager, self)._load_one_plugin(ep, *args, **options)
            if extension is None:
                raise ImportError(f"stevedore gave nothing for {ep.value}")
            found.append(extension)
            return extension.plugin

        self._loader.load(ep, origin_of(ep), make)
        return found[0] if found else None


def _points(settings: ApiSettings) -> Iterator[metadata.EntryPoint]:
    """What is to be loaded, each once, ordered by name."""
    if settings.routes is not None:
        package = settings.routes.partition(":")[0].partition(".")[0]
        yield metadata.EntryPoint(name=package, value=settings.routes, group="")
        return
    unique = {
        (point.name, point.value): point
        for point in metadata.entry_points(group=settings.namespace)
    }
    yield from (unique[key] for key in sorted(unique) if is_enabled(key[0], settings))


def is_enabled(name: str, settings: ApiSettings) -> bool:
    """Whether the ``enabled`` and ``disabled`` patterns let a plugin through."""
    wanted = any(fnmatch.fnmatchcase(name, pattern) for pattern in settings.enabled)
    return wanted and not any(fnmatch.fnmatchcase(name, pattern) for pattern in settings.disabled)
