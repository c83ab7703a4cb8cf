"""The way in: the inventory that some settings stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory.model import Inventory

#: Called with (done, total, what is being read now) while a process collects.
Progress = Callable[[int, int, str], None]


class Collected(msgspec.Struct, frozen=True, kw_only=True):
    """An inventory, and where on this machine it came from.

    :ivar files: :attr:`Inventory.sources` entry -> absolute path
    :ivar from_cache: no plugin code was imported
    """

    inventory: Inventory
    files: Mapping[str, Path]
    from_cache: bool


def collect(
    name: str,
    settings: ApiSettings,
    *,
    base_dir: Path,
    cache_dir: Path | None = None,
    progress: Progress | None = None,
) -> Collected:
    """Read an API, from the cache, an inventory file or the installed extensions.

    What is wrong with plugins is in :attr:`Inventory.problems`; nothing is
    raised for it.

    :param name: the API's key in ``apiplug_apis``, or an ad-hoc name
    :param base_dir: what a relative ``inventory`` setting is relative to
    :param cache_dir: where collected inventories are kept; ``None``: nowhere
    """
    raise NotImplementedError
