"""Where an API's plugins come from: a namespace, a package, both, or a list of routes."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import metadata
from typing import TYPE_CHECKING, Any

from stevedore.extension import Extension as StevedoreExtension
from stevedore.extension import ExtensionManager

from sphinxext_apiplug.collect import contrib
from sphinxext_apiplug.collect.plugins import Loader
from sphinxext_apiplug.collect.points import Points, point_of
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory.problems import Problem
from sphinxext_apiplug.readers.base import Context, Plugin
from sphinxext_apiplug.readers.hooks import Hooks

if TYPE_CHECKING:
    _Manager = ExtensionManager[Any]
else:
    # Generic in new releases of stevedore only.
    _Manager = ExtensionManager


class Source:
    """What one API's plugins are loaded from.

    :ivar points: what is to be loaded
    """

    def __init__(self, settings: ApiSettings) -> None:
        self._settings = settings
        self.points = Points(settings)
        self._failed: set[str] = set()

    def load(self, given_up: Mapping[str, Problem], context: Context) -> list[Plugin]:
        """Load them; what can't be loaded is reported, not raised.

        :param given_up: plugin name -> the problem that it is left out for
        """
        self._prepare(Loader(given_up, context))
        loader = Loader(given_up, context)
        if self._settings.namespace:
            _NamespaceManager(self, self._settings.namespace, loader)
        if self._settings.routes is not None:
            for point in self.points.all:
                loader.load(point, self.points.origin_of(point), point.load)
        package, folders = self._settings.contrib or "", self._settings.contrib_path
        for point in self.points.in_package:
            make = functools.partial(contrib.load, point, package, folders)
            loader.load(point, self.points.origin_of(point), make)
        if self._settings.router is not None:
            point = point_of("router", self._settings.router)
            loader.load(point, self.points.origin_of(point), point.load, is_router=True)
        self._failed = loader.failed
        return loader.plugins

    def load_hooks(self, given_up: Mapping[str, Problem], context: Context) -> Hooks | None:
        """Load what adds fields to others' requests; ``None`` if there is no such way.

        What failed as an extension isn't tried again, and what is left out as an
        extension adds nothing either.
        """
        if not self._settings.hooks:
            return None
        enabled = {point.value for point in self.points.all}
        declared = {point.value for point in metadata.entry_points(group=self._settings.namespace)}
        left_out = self._failed | (declared - enabled)
        hooks = Hooks()
        for hook in self._settings.hooks:
            loader = Loader(given_up, context)
            for point in self.points.of_hooks[hook.namespace]:
                if point.value not in left_out:
                    loader.load(point, self.points.origin_of(point), point.load)
            left_out |= loader.failed
            hooks.add(hook, loader.plugins, context)
        return hooks

    def load_named(
        self, setting: str, target: str, given_up: Mapping[str, Problem], context: Context
    ) -> Plugin | None:
        """Load a value that a setting names; one that can't be loaded is reported.

        :return: its *loaded* is a list that holds the value
        """
        point = point_of(setting, target)
        loader = Loader(given_up, context)
        loader.load(point, self.points.origin_of(point), lambda: [point.load()])
        return loader.plugins[0] if loader.plugins else None

    def _prepare(self, loader: Loader) -> None:
        """Call what the service calls before its API can be imported."""
        for target in self._settings.prepare:
            point = point_of(target, target)
            loader.load(point, self.points.origin_of(point), functools.partial(_call, point))


class _NamespaceManager(_Manager):
    """Loads what stevedore would load, and survives all that it does.

    stevedore lets ``SystemExit`` through, and its disk cache forgets which
    distribution an entry point came from; both matter here.
    """

    def __init__(self, source: Source, namespace: str, loader: Loader) -> None:
        self._source = source
        self._loader = loader
        super().__init__(namespace)

    def list_entry_points(self) -> list[metadata.EntryPoint]:
        """The enabled entry points, each once, ordered by name."""
        return list(self._source.points.declared)

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

        self._loader.load(ep, self._source.points.origin_of(ep), make)
        return found[0] if found else None


def _call(point: metadata.EntryPoint) -> None:
    point.load()()
