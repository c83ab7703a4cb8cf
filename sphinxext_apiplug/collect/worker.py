"""What happens in the collecting process."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path

import msgspec

from sphinxext_apiplug.collect import complete
from sphinxext_apiplug.collect.commands import joined_commands
from sphinxext_apiplug.collect.faults import read_fault_schema
from sphinxext_apiplug.collect.given import Samples
from sphinxext_apiplug.collect.messages import Answer, Request, Step
from sphinxext_apiplug.collect.metadata import describe_api, main_distribution
from sphinxext_apiplug.collect.mocking import mocked
from sphinxext_apiplug.collect.policies import joined_policies
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.collect.sources import Source
from sphinxext_apiplug.inventory.model import Api, Extension, Inventory, Operation
from sphinxext_apiplug.inventory.problems import Problem
from sphinxext_apiplug.readers.base import Context, Plugin, Reader, Reading
from sphinxext_apiplug.readers.places import Places

READERS_NAMESPACE = "sphinxext_apiplug.readers"


class Steps:
    """Tells the asking process whose turn it is."""

    def __init__(self, descriptor: int, names: Sequence[str]) -> None:
        self._descriptor = descriptor
        self._names = tuple(names)
        self.stage = "loading"

    def __call__(self, plugin: str) -> None:
        """Begin the turn of one plugin; an empty name ends all turns."""
        done = self._names.index(plugin) if plugin in self._names else len(self._names)
        step = Step(stage=self.stage, plugin=plugin, done=done, total=len(self._names))
        os.write(self._descriptor, msgspec.json.encode(step) + b"\n")


def answer(request: Request) -> Answer:
    """Collect what was asked for."""
    settings = request.settings
    places = Places()
    source = Source(settings)
    steps = Steps(request.progress_fd, source.points.names)
    context = Context(places, steps)
    with mocked(settings.mock_imports):
        plugins = source.load(request.given_up, context)
        fault_schema = read_fault_schema(source, settings, request.given_up, context)
        context.hooks = source.load_hooks(request.given_up, context)
        steps.stage = "reading"
        reading = _with_hooked(_read(plugins, context), context)
        operations, conflicts = complete.without_conflicts(reading.operations, reading.extensions)
        distribution = main_distribution(plugins)
        ruled = joined_policies(operations, request, distribution, context, plugins)
        api = describe_api(request.name, settings, distribution, reading.microversions)
        api = msgspec.structs.replace(api, fault_schema=fault_schema)
        joined = joined_commands(ruled.operations, api, request, source.points, context)
    steps("")
    if not source.points.names and settings.origin != settings.router:
        context.problems.append(_empty(request))
    extensions = _with_origins(reading.extensions, source, settings)
    samples = Samples(settings.samples)
    finished = complete.finished(joined.operations, api, settings, samples)
    problems = [*context.problems, *conflicts, *samples.problems()]
    collected = _inventory(api, extensions, finished, problems, places)
    inventory = complete.without_unshowable(msgspec.structs.replace(collected, rules=ruled.named))
    packages = {*joined.packages, *(plugin.package for plugin in plugins)}
    watched = {*_module_files(packages), *places.files.values()}
    return Answer(inventory=inventory, files=places.files, watched=tuple(sorted(watched)))


def _read(plugins: Sequence[Plugin], context: Context) -> Reading:
    """Let each reader read the plugins of its dialect."""
    left = list(plugins)
    readings: list[Reading] = []
    for reader in _readers():
        own = [plugin for plugin in left if reader.speaks(plugin)]
        left = [plugin for plugin in left if plugin not in own]
        if own:
            readings.append(reader.read(own, context))
    for plugin in left:
        message = (
            f"no reader knows {_what(plugin.loaded)} {plugin.target}; install a reader for its "
            "dialect, or leave it out with the setting 'disabled'"
        )
        context.report("unknown-dialect", plugin, message)
    return Reading(
        extensions=tuple(item for reading in readings for item in reading.extensions),
        operations=tuple(item for reading in readings for item in reading.operations),
        microversions=next(
            (item.microversions for item in readings if item.microversions is not None), None
        ),
    )


def _what(loaded: object) -> str:
    """What a plugin is, in a word; a class has a metaclass, which nobody asked for."""
    return "the class" if isinstance(loaded, type) else f"the {type(loaded).__name__}"


def _with_hooked(reading: Reading, context: Context) -> Reading:
    """Add the extensions that do nothing but add fields to others' requests."""
    if context.hooks is None:
        return reading
    context.hooks.report_unused(context)
    known = {item.alias: item for item in context.hooks.extensions}
    known |= {item.alias: item for item in reading.extensions}
    return msgspec.structs.replace(reading, extensions=tuple(known.values()))


def _with_origins(
    extensions: Iterable[Extension], source: Source, settings: ApiSettings
) -> tuple[Extension, ...]:
    """Say of those found in a package that they don't come from the namespace."""
    if not settings.namespace or settings.contrib is None:
        return tuple(extensions)
    found = {f"{point.name} = {point.value}" for point in source.points.in_package}
    return tuple(
        msgspec.structs.replace(item, origin=settings.contrib if item.entry_point in found else "")
        for item in extensions
    )


def _readers() -> list[Reader]:
    points = metadata.entry_points(group=READERS_NAMESPACE)
    return [point.load()() for point in sorted(points, key=lambda item: (item.name, item.value))]


def _inventory(
    api: Api,
    extensions: Iterable[Extension],
    operations: Iterable[Operation],
    problems: Iterable[Problem],
    places: Places,
) -> Inventory:
    # The same schema may be read for many operations: one problem is enough.
    distinct = {msgspec.json.encode(item): item for item in problems}
    return Inventory(
        api=api,
        extensions=tuple(sorted(extensions, key=lambda item: item.alias)),
        operations=tuple(operations),
        problems=tuple(sorted(distinct.values(), key=lambda item: item.sort_key)),
        sources=tuple(sorted(places.files)),
    )


def _empty(request: Request) -> Problem:
    return Problem(
        kind="namespace-empty",
        subject=request.name,
        message=f"no enabled entry point is declared in {request.settings.origin!r}; "
        "is the service installed where apiplug runs?",
    )


def _module_files(packages: set[str]) -> set[str]:
    """The files of all modules that were imported from the plugins' packages."""
    found = set()
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and name.partition(".")[0] in packages:
            found.add(str(Path(file).resolve()))
    return found
