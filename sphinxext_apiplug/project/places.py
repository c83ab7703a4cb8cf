"""Where a project's history is to be looked for."""

from __future__ import annotations

import difflib
import hashlib
from importlib import metadata
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

import msgspec

from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.project.git import find_repository, state, state_files

#: What pbr writes into a source distribution, and what people write for it.
CHANGELOG: Final = "ChangeLog"
AUTHORS: Final = "AUTHORS"
AUTHORS_IN: Final = "AUTHORS.in"
_FILES: Final = (CHANGELOG, AUTHORS, AUTHORS_IN, ".mailmap", "PKG-INFO")


class UnknownProjectError(ApiplugError):
    """There is no such project here.

    :ivar name: its name or path, as given
    """

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a project is.

    :ivar name: what people call it
    :ivar root: the folder of its sources, if it is known
    :ivar distribution: the installed distribution's name; maybe empty
    """

    name: str
    root: Path | None = None
    distribution: str = ""


def at_path(path: Path, name: str = "") -> Place:
    """The project in a folder.

    :raises UnknownProjectError: if it isn't one
    """
    if not path.is_dir():
        raise UnknownProjectError(str(path), f"{name or path.name}: there is no folder {path}")
    path = path.resolve()
    installed = _found(name) if name else None
    return Place(name=name or path.name, root=path, distribution=_name(installed))


def installed(name: str) -> Place:
    """The project of an installed distribution; its sources, if they are installed from.

    :raises UnknownProjectError: if it isn't installed
    """
    found = _found(name)
    if found is None:
        names = {_name(item) for item in metadata.distributions()}
        close = difflib.get_close_matches(name, sorted(names), n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise UnknownProjectError(name, f"no distribution called {name!r} is installed{hint}")
    return Place(name=_name(found), root=_editable(found), distribution=_name(found))


def files(place: Place) -> tuple[Path, ...]:
    """Every file that a project's history is read from."""
    found = list(distribution_files(place).values())
    if place.root is not None:
        found += [place.root / name for name in _FILES]
        repository = find_repository(place.root)
        found += state_files(repository) if repository else ()
    return tuple(file for file in found if file.is_file())


def fingerprint(place: Place) -> str:
    """Another text whenever a project's history may be another."""
    digest = hashlib.sha256(f"{place.name} {place.distribution} {_version(place)}".encode())
    if place.root is not None:
        repository = find_repository(place.root)
        digest.update(state(repository) if repository else b"no repository")
    tracked = {*distribution_files(place).values()}
    if place.root is not None:
        tracked |= {place.root / name for name in _FILES}
    for file in sorted(tracked):
        digest.update(file.name.encode() + (file.read_bytes() if file.is_file() else b""))
    return digest.hexdigest()


def distribution_files(place: Place) -> dict[str, Path]:
    """Name -> file, of those that an installed distribution carries in its metadata."""
    distribution = _found(place.distribution) if place.distribution else None
    listed = (distribution.files or ()) if distribution else ()
    return {
        file.name: Path(str(file.locate()))
        for file in sorted(listed, reverse=True)
        if file.name in {CHANGELOG, AUTHORS, "pbr.json"} and ".dist-info" in str(file.parent)
    }


def _found(name: str) -> metadata.Distribution | None:
    try:
        return metadata.distribution(name)
    except (metadata.PackageNotFoundError, ValueError):  # the latter: an empty name
        return None


def _name(distribution: metadata.Distribution | None) -> str:
    return str(distribution.metadata["Name"] or "") if distribution is not None else ""


def _version(place: Place) -> str:
    distribution = _found(place.distribution) if place.distribution else None
    return distribution.version if distribution is not None else ""


def _editable(distribution: metadata.Distribution) -> Path | None:
    """The folder that a distribution was installed from, to be changed there."""
    text = distribution.read_text("direct_url.json")
    if not text:
        return None
    try:
        origin = msgspec.json.decode(text, type=_DirectUrl)
    except msgspec.DecodeError:
        return None
    address = urlsplit(origin.url)
    if address.scheme != "file" or not origin.dir_info.get("editable"):
        return None
    folder = Path(url2pathname(address.path))
    return folder if folder.is_dir() else None


class _DirectUrl(msgspec.Struct):
    url: str
    dir_info: dict[str, bool] = {}
