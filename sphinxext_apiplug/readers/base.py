"""What a reader is given, and what it gives back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from sphinxext_apiplug.inventory.model import Extension, Operation
from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.readers.normalise import Schemas
from sphinxext_apiplug.readers.places import Places

if TYPE_CHECKING:
    from sphinxext_apiplug.readers.hooks import Hooks


class Plugin(msgspec.Struct, frozen=True, kw_only=True):
    """One entry point that was imported, or what stands in for one.

    A service whose API is a list of routes is one plugin: *loaded* is that
    list, *target* says where it stands, and *name* is its top-level package. A
    reader of such lists calls :meth:`Context.guard` for each route.

    :ivar name: the entry point's name
    :ivar target: ``module:attr``
    :ivar loaded: what the entry point points at; a live object
    :ivar is_router: it maps the resources that the service has without extensions
    """

    name: str
    target: str
    distribution: str
    distribution_version: str
    loaded: Any
    is_router: bool = False

    @property
    def entry_point(self) -> str:
        """The entry point as it is declared."""
        return f"{self.name} = {self.target}"

    @property
    def package(self) -> str:
        """The top-level package that the plugin lives in."""
        return self.target.partition(":")[0].partition(".")[0]

    @property
    def origin(self) -> str:
        """The distribution's name and version."""
        return f"{self.distribution} {self.distribution_version}".strip()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader found.

    Operations carry what the plugins declare and what was deduced from their
    code. What holds for every dialect (policies, implied responses, examples)
    is added by the caller.

    :ivar microversions: the versions that the service says it accepts
    """

    extensions: tuple[Extension, ...] = ()
    operations: tuple[Operation, ...] = ()
    microversions: VersionRange | None = None


class Context:
    """What a reader may ask of, and tell, the process that it runs in.

    :ivar schemas: makes JSON Schema 2020-12 of what plugins have
    :ivar hooks: what adds fields to requests of other extensions' operations
    :ivar step: told whose turn it is: an entry point's name
    """

    def __init__(self, places: Places, step: Callable[[str], None]) -> None:
        self.places = places
        self.schemas = Schemas()
        self.problems: list[Problem] = []
        self.hooks: Hooks | None = None
        self._aliases: dict[str, Plugin] = {}
        self.step = step

    def claim(self, alias: str, plugin: Plugin) -> bool:
        """Give an alias to the plugin; a second one that wants it gets a problem."""
        holder = self._aliases.setdefault(alias, plugin)
        if holder is not plugin:
            message = f"its alias {alias!r} is taken by {holder.entry_point} ({holder.origin})"
            self.report("alias-duplicate", plugin, message)
        return holder is plugin

    def report(
        self,
        kind: str,
        plugin: Plugin,
        message: str,
        *,
        source: Source | None = None,
        pointer: str | None = None,
    ) -> None:
        """Add a problem that *plugin* has."""
        self.problems.append(
            Problem(
                kind=kind,
                subject=plugin.name,
                message=message,
                source=source or self._home(plugin),
                entry_point=plugin.entry_point,
                distribution=plugin.origin,
                pointer=pointer,
            )
        )

    @contextmanager
    def guard(self, plugin: Plugin, what: str = "") -> Iterator[None]:
        """Run plugin code; whatever it raises becomes one problem of that plugin.

        :param what: the part of it that is left out then, if it isn't the whole plugin

        The asking process is told whose turn it is, so that it knows the
        culprit if this process hangs or dies.
        """
        self.step(plugin.name)
        try:
            yield
        except BaseException as error:  # noqa: BLE001 - SystemExit too: it is a plugin's doing
            source = self.places.of_error(error, plugin.package)
            message = f"{what}: {describe(error)}" if what else describe(error)
            self.report("read-failed", plugin, message, source=source)

    def _home(self, plugin: Plugin) -> Source | None:
        if isinstance(plugin.loaded, type):
            return self.places.of_class(plugin.loaded)
        module = sys.modules.get(plugin.target.partition(":")[0])
        return None if module is None else self.places.of_module(module)


class Reader(Protocol):
    """Reads one dialect; found through the namespace ``sphinxext_apiplug.readers``."""

    def speaks(self, plugin: Plugin) -> bool:
        """Whether the plugin is of this reader's dialect; runs no plugin code."""
        ...

    def read(self, plugins: Sequence[Plugin], context: Context) -> Reading:
        """Read all plugins of the dialect; what fails is reported, not raised."""
        ...


def describe(error: BaseException) -> str:
    """An exception in one sentence."""
    text = " ".join(str(getattr(error, "msg", None) or error).split())
    name = type(error).__name__
    return f"{name}: {text}" if text else name
