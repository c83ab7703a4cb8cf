"""What the service around the extensions says of itself."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from types import FunctionType, ModuleType
from typing import Any

from sphinxext_apiplug.inventory.errors import VersionError
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.readers.closures import layers


def microversions_of(functions: Iterable[tuple[type, FunctionType]]) -> VersionRange | None:
    """The versions that the service accepts, ``None`` if it doesn't say.

    A module with ``min_api_version()`` and ``max_api_version()`` says so. It is
    looked for among the modules that decorators and controller classes use, and
    those that the classes and functions which they use come from.

    :param functions: (controller class, handler with its decorators)
    """
    seen: set[int] = set()
    for owner, function in functions:
        spaces = [layer.function.__globals__ for layer in layers(function)]
        modules = [sys.modules.get(cls.__module__) for cls in owner.__mro__]
        spaces += [vars(module) for module in modules if module is not None]
        for space in spaces:
            if id(space) in seen:
                continue
            seen.add(id(space))
            for module in _modules_in(space):
                found = _range_of(module)
                if found is not None:
                    return found
    return None


def _modules_in(space: dict[str, Any]) -> Iterator[ModuleType]:
    """The modules that some globals name, then those of the same package that they are from."""
    values = list(space.values())
    yield from (value for value in values if isinstance(value, ModuleType))
    package = str(space.get("__name__", "")).partition(".")[0]
    homes = dict.fromkeys(
        str(value.__module__) for value in values if isinstance(value, type | FunctionType)
    )
    for name in homes:
        module = sys.modules.get(name)
        if module is not None and name.partition(".")[0] == package:
            yield module


def _range_of(module: ModuleType) -> VersionRange | None:
    first = vars(module).get("min_api_version")
    last = vars(module).get("max_api_version")
    if not isinstance(first, FunctionType) or not isinstance(last, FunctionType):
        return None
    texts = [getattr(version(), "get_string", lambda: "")() for version in (first, last)]
    try:
        return VersionRange(since=texts[0], until=texts[1])
    except VersionError:
        return None
