"""Where an API's plugins come from: a namespace, a package, or a list of routes."""

from __future__ import annotations

import fnmatch
import functools
from collections.abc import Callable, Iterable, Mapping
from importlib import metadata
from typing import TYPE_CHECKING, Any

from stevedore.extension import Extension as StevedoreExtension
from stevedore.extension import ExtensionManager

from sphinxext_apiplug.collect import contrib
from sphinxext_apiplug.collect.plugins import Loader, Origin, origin_of, origin_of_package
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

    :ivar points: what is to be loaded, each once, ordered by name
    :ivar hook_points: namespace of a hook -> the same for what adds fields through it
    """

    def __init__(self, settings: ApiSettings) -> None:
        self._settings = settings
        self.points = tuple(_points(settings))
        self.hook_points = {
            namespace: _declared(namespace, settings)
            for namespace in sorted({hook.namespace for hook in settings.hooks})
        }
        self._failed: set[str] = set()
        self._origins: dict[str | int, Origin] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all plugins, in the order of their turns."""
        return tuple(sorted({point.name for point in self.points}))

    def load(self, given_up: Mapping[str, Problem], context: Context) -> list[Plugin]:
        """Load them; what can't be loaded is reported, not raised.

        :param given_up: plugin name -> the problem that it is left out for
        """
        self._prepare(Loader(given_up, context))
        loader = Loader(given_up, context)
        if self._settings.namespace:
            _NamespaceManager(self, self._settings.namespace, loader)
        else:
            for point in self.points:
                loader.load(point, self.origin_of(point), self._maker(point))
        if self._settings.router is not None:
            point = _point("router", self._settings.router)
            loader.load(point, self.origin_of(point), point.load, is_router=True)
        self._failed = loader.failed
        return loader.plugins

    def load_hooks(self, given_up: Mapping[str, Problem], context: Context) -> Hooks | None:
        """Load what adds fields to others' requests; ``None`` if there is no such way.

        What failed as an extension isn't tried again, and what is left out as an
        extension adds nothing either.
        """
        if not self._settings.hooks:
            return None
        enabled = {point.value for point in self.points}
        declared = {point.value for point in metadata.entry_points(group=self._settings.namespace)}
        left_out = self._failed | (declared - enabled)
        hooks = Hooks()
        for hook in self._settings.hooks:
            loader = Loader(given_up, context)
            for point in self.hook_points[hook.namespace]:
                if point.value not in left_out:
                    loader.load(point, self.origin_of(point), point.load)
            left_out |= loader.failed
            hooks.add(hook, loader.plugins, context)
        return hooks

    def origin_of(self, point: metadata.EntryPoint) -> Origin:
        """The distribution that a plugin comes from, be it declared anywhere or not."""
        package = point.module.partition(".")[0]
        key = package if point.dist is None else id(point.dist)
        # Most plugins are of one distribution, whose metadata take long to parse.
        if key not in self._origins:
            declared = point.dist is not None
            self._origins[key] = origin_of(point) if declared else origin_of_package(package)
        return self._origins[key]

    def _maker(self, point: metadata.EntryPoint) -> Callable[[], Any]:
        in_package = self._settings.contrib is not None
        return functools.partial(contrib.load, point) if in_package else point.load

    def _prepare(self, loader: Loader) -> None:
        """Call what the service calls before its API can be imported."""
        for target in self._settings.prepare:
            point = _point(target, target)
            loader.load(point, self.origin_of(point), functools.partial(_call, point))


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
        return list(self._source.points)

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

        self._loader.load(ep, self._source.origin_of(ep), make)
        return found[0] if found else None


def _points(settings: ApiSettings) -> Iterable[metadata.EntryPoint]:
    if settings.routes is not None:
        package = settings.routes.partition(":")[0].partition(".")[0]
        return [_point(package, settings.routes)]
    if settings.contrib is not None:
        found = contrib.points_of(settings.contrib)
        return [point for point in found if is_enabled(point.name, settings)]
    return _declared(settings.namespace, settings)


def _declared(namespace: str, settings: ApiSettings) -> list[metadata.EntryPoint]:
    """The enabled entry points of a namespace."""
    unique = {(point.name, point.value): point for point in metadata.entry_points(group=namespace)}
    return [unique[key] for key in sorted(unique) if is_enabled(key[0], settings)]


def _point(name: str, target: str) -> metadata.EntryPoint:
    return metadata.EntryPoint(name=name, value=target, group="")


def _call(point: metadata.EntryPoint) -> None:
    point.load()()


def is_enabled(name: str, settings: ApiSettings) -> bool:
    """Whether the ``enabled`` and ``disabled`` patterns let a plugin through."""
    wanted = any(fnmatch.fnmatchcase(name, pattern) for pattern in settings.enabled)
    return wanted and not any(fnmatch.fnmatchcase(name, pattern) for pattern in settings.disabled)
