"""What the service around the extensions says of itself."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import FunctionType, ModuleType

from sphinxext_apiplug.inventory.errors import VersionError
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.readers.closures import layers


def microversions_of(functions: Iterable[tuple[type, FunctionType]]) -> VersionRange | None:
    """The versions that the service accepts, ``None`` if it doesn't say.

    A module with ``min_api_version()`` and ``max_api_version()`` says so. It is
    looked for among the modules that decorators and controller classes use.

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
            for value in list(space.values()):
                found = _range_of(value) if isinstance(value, ModuleType) else None
                if found is not None:
                    return found
    return None


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
