"""The way in: the inventory that some settings stand for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from sphinxext_apiplug.collect import cache, process
from sphinxext_apiplug.collect.messages import Answer
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.errors import InventoryError
from sphinxext_apiplug.inventory.model import Api, Inventory
from sphinxext_apiplug.inventory.problems import Problem, Source

#: Called with (done, total, what is being read now) while a process collects.
Progress = Callable[[int, int, str], None]

# What settings may say over an inventory file; the rest was decided when it was made.
_OVERRIDES = (
    "title", "version", "description", "base_path", "service_type", "servers",
    "contact", "license", "source_url",
)  # fmt: skip

_TRANSIENT = ("collect-failed", "collect-timeout")


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
    packed: bool = False,
) -> Collected:
    """Read an API, from the cache, an inventory file or the installed extensions.

    What is wrong with plugins is in :attr:`Inventory.problems`; nothing is
    raised for it.

    :param name: the API's key in ``apiplug_apis``, or an ad-hoc name
    :param base_dir: what the settings ``inventory`` and ``contrib_path`` are relative to
    :param cache_dir: where collected inventories are kept; ``None``: nowhere
    :param packed: for who looks at each schema only once or twice: don't keep those
        of an inventory file as objects
    """
    if settings.inventory is not None:
        # Putting words in looks at all schemas.
        packed = packed and settings.prose is None
        collected = _from_file(name, settings, base_dir / settings.inventory, packed=packed)
    else:
        folders = tuple(str((base_dir / folder).resolve()) for folder in settings.contrib_path)
        settings = msgspec.structs.replace(settings, contrib_path=folders)
        collected = _read(name, settings, cache_dir, progress)
    if settings.prose is None:
        return collected
    inventory = _in_words(collected.inventory, base_dir / settings.prose)
    return msgspec.structs.replace(collected, inventory=inventory)


def _read(
    name: str, settings: ApiSettings, cache_dir: Path | None, progress: Progress | None
) -> Collected:
    """What the code says, now or when it was as it is."""
    key = cache.key_of(name, settings)
    entry = cache.Entry(cache_dir, name) if cache_dir is not None else None
    answer = entry.load(key) if entry is not None else None
    if answer is not None:
        return _collected(answer, from_cache=True)
    answer = process.run(name, settings, progress)
    if entry is not None and not _is_incomplete(answer):
        entry.store(key, answer)
    return _collected(answer, from_cache=False)


def _in_words(inventory: Inventory, folder: Path) -> Inventory:
    """The inventory in the words of a hand-written reference; if it can't be read, without."""
    # Late: they read YAML, which most builds don't.
    from sphinxext_apiplug.handwritten.faults import unreadable
    from sphinxext_apiplug.handwritten.prose import with_prose
    from sphinxext_apiplug.handwritten.tree import HandwrittenError, read_tree

    # A path that doesn't go up and down again: problems show it.
    folder = Path(os.path.normpath(folder))
    try:
        tree = read_tree(folder)
    except HandwrittenError as error:
        problem = Problem(
            kind="handwritten-unreadable", subject=inventory.api.name, message=str(error)
        )
        return msgspec.structs.replace(inventory, problems=(*inventory.problems, problem))
    found = with_prose(inventory, tree, folder)
    problems = dict.fromkeys((*found.problems, *unreadable(tree)))
    return msgspec.structs.replace(found, problems=tuple(problems))


def _is_incomplete(answer: Answer) -> bool:
    """Whether a process hung or died: the next one may not."""
    return any(item.kind in _TRANSIENT for item in answer.inventory.problems)


def _collected(answer: Answer, *, from_cache: bool) -> Collected:
    files = {file: Path(path) for file, path in answer.files.items()}
    return Collected(inventory=answer.inventory, files=files, from_cache=from_cache)


def _from_file(name: str, settings: ApiSettings, path: Path, *, packed: bool) -> Collected:
    """Read an inventory file; a file that can't be used is its only problem."""
    label = settings.inventory or path.name
    try:
        if packed:
            inventory = codec.load_packed(path, label)
        else:
            inventory = codec.loads(path.read_bytes(), label)
    except (InventoryError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        inventory = _unreadable(name, label, reason or str(error))
    overrides = {key: value for key in _OVERRIDES if (value := getattr(settings, key))}
    api = msgspec.structs.replace(inventory.api, name=name, **overrides)
    inventory = msgspec.structs.replace(inventory, api=api)
    return Collected(inventory=inventory, files={label: path}, from_cache=True)


def _unreadable(name: str, label: str, reason: str) -> Inventory:
    problem = Problem(
        kind="inventory-unreadable",
        subject=name,
        message=reason,
        source=Source(object=label, file=label),
    )
    api = Api(name=name, namespace="", title=name, version="")
    return Inventory(api=api, problems=(problem,))
