"""Extensions that a service finds by walking over a package of its own.

Each module has a class of its own name, first letter upper; a module without
one is no extension.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any


def points_of(package: str, folders: Sequence[str] = ()) -> list[metadata.EntryPoint]:
    """What stands in for entry points: one a module, ordered by name.

    Nothing is imported; a package that isn't there has none.

    :param folders: absolute paths of what the service takes for part of the package
    """
    return [
        metadata.EntryPoint(name=name, value=f"{module}:{name[:1].upper()}{name[1:]}", group="")
        for name, module in sorted(set(_modules([*_folders(package), *folders], package)))
    ]


def load(point: metadata.EntryPoint, package: str, folders: Sequence[str] = ()) -> Any:
    """Import the module, and give the class of its name; ``None`` if it has none."""
    path = importlib.import_module(package).__path__
    for folder in folders:
        if folder not in path:
            path.append(folder)
    return vars(importlib.import_module(point.module)).get(point.attr)


def _folders(package: str) -> list[str]:
    """Where a package's modules are."""
    top, *below = package.split(".")
    try:
        spec = importlib.util.find_spec(top)
    except ValueError:
        return []
    roots = (spec.submodule_search_locations or ()) if spec is not None else ()
    return [str(Path(root, *below)) for root in roots]


def _modules(folders: list[str], package: str) -> Iterator[tuple[str, str]]:
    """(name, module) of every module in a package and in the packages in it."""
    for module in pkgutil.iter_modules(folders):
        path = f"{package}.{module.name}"
        if module.ispkg:
            yield from _modules([str(Path(folder, module.name)) for folder in folders], path)
        else:
            yield module.name, path
