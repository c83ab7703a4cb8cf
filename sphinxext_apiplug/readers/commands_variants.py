"""The functions that a versioned command stands for.

A decorator for versions leaves a function that looks its variants up when it is
called: in a table of the decorator's module, under ``__id__``, each variant with
``func``, ``start_version`` and ``end_version``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange
from sphinxext_apiplug.readers.commands_options import version_range


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One function, and the versions in which it is what is called."""

    function: Any
    versions: VersionRange = ALL_VERSIONS


def variants_of(function: Any) -> tuple[Variant, ...]:
    """The variants of a command, the oldest first; itself, if there are none."""
    variants = [
        Variant(
            function=item.func,
            versions=version_range(item.start_version, item.end_version),
        )
        for item in _noted(function)
    ]
    ordered = sorted(variants, key=lambda item: item.versions.sort_key)
    return tuple(ordered) or (Variant(function=function),)


def _noted(function: Any) -> Sequence[Any]:
    name = getattr(function, "__id__", None)
    if not isinstance(name, str):
        return ()
    for table in list(getattr(function, "__globals__", {}).values()):
        found = table.get(name) if isinstance(table, dict) else None
        if isinstance(found, list | tuple) and found and all(map(_is_variant, found)):
            return found
    return ()


def _is_variant(value: object) -> bool:
    return callable(getattr(value, "func", None)) and hasattr(value, "start_version")
