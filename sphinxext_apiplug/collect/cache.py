"""Collected inventories, kept until anything that they were made from changes."""

from __future__ import annotations

import hashlib
import sys
from importlib import metadata
from pathlib import Path

import msgspec

from sphinxext_apiplug.collect.messages import Answer
from sphinxext_apiplug.collect.points import Points
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory.files import write_if_changed

# Entry points in these groups decide what is read besides the namespace itself.
_SIDE_GROUPS = ("sphinxext_apiplug.readers", "oslo.policy.policies")
_PACKAGE = Path(__file__).parent.parent
# Our own code makes the inventory: other code may make another one.
_OUR_ROOMS = ("collect", "readers", "inventory")


class _Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """One watched file: unchanged if size and time are, or else its digest."""

    path: str
    size: int
    mtime_ns: int
    digest: str


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    stamps: tuple[_Stamp, ...]
    answer: Answer


class Entry:
    """The place of one API in a cache folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = folder / f"{name}.apiplug"

    def load(self, key: str) -> Answer | None:
        """The answer that was stored under *key*, if all its files are as they were.

        An entry that can't be read is as good as none.
        """
        try:
            kept = msgspec.msgpack.decode(self._file.read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError, ValueError):
            return None
        if kept.key != key or not all(_is_current(stamp) for stamp in kept.stamps):
            return None
        return kept.answer

    def store(self, key: str, answer: Answer) -> None:
        """Keep *answer*.

        :raises OSError: if the folder can't be written
        """
        stamps = tuple(stamp for path in answer.watched if (stamp := _stamp(Path(path))))
        kept = _Kept(key=key, stamps=stamps, answer=answer)
        write_if_changed(self._file, msgspec.msgpack.encode(kept))


def key_of(name: str, settings: ApiSettings) -> str:
    """A digest of all that decides the result but isn't a file of the service.

    No plugin code is imported for it.
    """
    plugins = Points(settings)
    # Asked once: every question reads the metadata of all distributions.
    points = metadata.entry_points()
    parts = {
        "name": name,
        "settings": msgspec.to_builtins(settings, str_keys=True),
        "python": sys.version,
        "installed": _installed(),
        "plugins": sorted(
            (point.name, point.value, *plugins.origin_of(point)) for point in plugins.all
        ),
        "entry points": sorted(
            (point.group, point.name, point.value, *plugins.origin_of(point))
            for group in (*plugins.of_hooks, *settings.command_namespaces, *_SIDE_GROUPS)
            for point in points.select(group=group)
        ),
        "ours": [_digest(path) for path in _our_files()],
    }
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()


def _installed() -> list[str]:
    """What is installed, by the names of the metadata folders, which hold the versions.

    A plugin may fail for want of a library that declares no entry point.
    """
    folders = [Path(entry) for entry in sys.path]
    return sorted(
        path.name
        for folder in folders
        if folder.is_dir()
        for path in folder.iterdir()
        if path.suffix in (".dist-info", ".egg-info")
    )


def _our_files() -> list[Path]:
    return sorted(path for room in _OUR_ROOMS for path in (_PACKAGE / room).rglob("*.py"))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _stamp(path: Path) -> _Stamp | None:
    try:
        status = path.stat()
        digest = _digest(path)
    except OSError:
        return None
    return _Stamp(path=str(path), size=status.st_size, mtime_ns=status.st_mtime_ns, digest=digest)


def _is_current(stamp: _Stamp) -> bool:
    path = Path(stamp.path)
    try:
        status = path.stat()
        if status.st_size != stamp.size:
            return False
        return status.st_mtime_ns == stamp.mtime_ns or _digest(path) == stamp.digest
    except OSError:
        return False
