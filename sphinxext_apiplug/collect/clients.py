"""Finds and reads the commands of clients, and survives whatever they do."""

from __future__ import annotations

import fnmatch
import functools
import importlib
import importlib.util
import inspect
from collections.abc import Callable, Mapping
from importlib import metadata
from types import FunctionType, ModuleType
from typing import Any, Final, TypeVar

import msgspec

from sphinxext_apiplug.collect.plugins import located
from sphinxext_apiplug.collect.points import Origin as Distribution
from sphinxext_apiplug.collect.points import Points, point_of
from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.readers.base import Context, describe
from sphinxext_apiplug.readers.commands import ClientCommand, Origin, read_class, read_function

_SCRIPTS: Final = "console_scripts"
_Read = TypeVar("_Read")


class Clients:
    """The clients of one API.

    :ivar packages: the top-level packages that commands were read from
    """

    def __init__(self, given_up: Mapping[str, Problem], points: Points, context: Context) -> None:
        self._given_up = given_up
        self._points = points
        self._context = context
        self.packages: set[str] = set()

    def read(self, where: str) -> list[ClientCommand]:
        """The commands of a namespace, or of functions of a module, ordered by name.

        What can't be read is reported.

        :param where: a namespace, or ``package.module:prefix*``
        """
        module, colon, pattern = where.partition(":")
        return self._of_module(module, pattern) if colon else self._of_namespace(where)

    def _of_namespace(self, namespace: str) -> list[ClientCommand]:
        declared = metadata.entry_points(group=namespace)
        if not declared:
            message = f"no entry point is declared in {namespace!r}"
            self._missing(namespace, message)
        unique = {(point.name, point.value): point for point in declared}
        program = namespace.partition(".")[0].replace("_", "-")
        found = []
        for _, point in sorted(unique.items()):
            # As cliff names the commands of a namespace.
            name = point.name.replace("_", " ")
            origin = _origin(point, self._points.origin_of(point), program, name)
            make = functools.partial(self._from_class, point, origin)
            found.append(self._attempt(f"{namespace}: {point.name}", point, make))
        return [item for item in found if item is not None]

    def _from_class(self, point: metadata.EntryPoint, origin: Origin) -> ClientCommand:
        cls = point.load()
        found = read_class(cls, origin)
        place = self._context.places.of_class(cls) if isinstance(cls, type) else None
        return _placed(found, place)

    def _of_module(self, name: str, pattern: str) -> list[ClientCommand]:
        where = f"{name}:{pattern}"
        package = name.partition(".")[0]
        if importlib.util.find_spec(package) is None:
            self._missing(where, f"no package is called {package!r}")
            return []
        load = functools.partial(importlib.import_module, name)
        module = self._attempt(where, point_of(name, name), load)
        if module is None:
            return []
        functions = _functions(module, pattern)
        if not functions:
            self._missing(where, f"no function of {name} is called {pattern!r}")
        program = _program_of(package)
        found = []
        for key, function in functions:
            point = point_of(key, f"{name}:{key}")
            spoken = key[len(pattern) - 1 :].replace("_", "-")
            origin = _origin(point, self._points.origin_of(point), program, spoken)
            make = functools.partial(self._from_function, function, origin)
            found.append(self._attempt(f"{name}: {key}", point, make))
        return [item for item in found if item is not None]

    def _from_function(self, function: Any, origin: Origin) -> ClientCommand:
        original = inspect.unwrap(function)
        is_plain = isinstance(original, FunctionType)
        place = self._context.places.of_function(original) if is_plain else None
        return _placed(read_function(function, origin), place)

    def _attempt(
        self, label: str, point: metadata.EntryPoint, make: Callable[[], _Read]
    ) -> _Read | None:
        """What a client's code gives; whatever it raises is one problem."""
        package = point.module.partition(".")[0]
        self.packages.add(package)
        if label in self._given_up:
            known = self._given_up[label]
            self._failed(label, point, known.message, known.source)
            return None
        self._context.step(label)
        try:
            return make()
        except BaseException as error:  # noqa: BLE001 - SystemExit too: it is a plugin's doing
            source = self._context.places.of_error(error, package)
            self._failed(label, point, describe(error), source)
            return None

    def _failed(
        self, label: str, point: metadata.EntryPoint, message: str, source: Source | None
    ) -> None:
        problem = Problem(kind="command-failed", subject=label, message=message, source=source)
        self._context.problems.append(located(problem, point, self._points.origin_of(point)))

    def _missing(self, where: str, message: str) -> None:
        message += "; is the client installed where apiplug runs?"
        problem = Problem(kind="commands-missing", subject=where, message=message)
        self._context.problems.append(problem)


def _placed(found: ClientCommand, place: Source | None) -> ClientCommand:
    command = msgspec.structs.replace(found.command, source=place)
    return msgspec.structs.replace(found, command=command)


def _origin(
    point: metadata.EntryPoint, distribution: Distribution, program: str, name: str
) -> Origin:
    declared = point.dist is not None
    return Origin(
        program=program,
        name=name,
        entry_point=f"{point.name} = {point.value}" if declared else point.value,
        distribution=distribution.distribution,
        distribution_version=distribution.version,
    )


def _program_of(package: str) -> str:
    """The script that a package is run by; the package's own name if that isn't clear."""
    scripts = {
        point.name
        for point in metadata.entry_points(group=_SCRIPTS)
        if point.module.partition(".")[0] == package
    }
    return scripts.pop() if len(scripts) == 1 else package


def _functions(module: ModuleType, pattern: str) -> list[tuple[str, Any]]:
    return [
        (name, value)
        for name, value in sorted(vars(module).items())
        if fnmatch.fnmatchcase(name, pattern) and callable(value)
    ]
