"""The files that a schema was made in."""

from __future__ import annotations

from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any


def files_of(raw: Any, function: FunctionType) -> Iterator[str]:
    """The file that a schema is defined in, and the files of what that one imports.

    :param raw: the very object that a module has
    :param function: uses the schema, and so its module
    """
    package = str(function.__globals__.get("__name__", "")).partition(".")[0]
    for module in _modules(function.__globals__, package):
        if any(value is raw for value in vars(module).values()):
            for item in (module, *_modules(vars(module), package)):
                file = getattr(item, "__file__", None)
                if file is not None:
                    yield file


def _modules(space: dict[str, Any], package: str) -> list[ModuleType]:
    return [
        value
        for value in space.values()
        if isinstance(value, ModuleType) and value.__name__.partition(".")[0] == package
    ]
