"""Reading a whole hand-written reference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from sphinxext_apiplug.handwritten import blocks, entries, operations
from sphinxext_apiplug.handwritten.model import Chapter, Entry, Fault, Place, Tree, Written
from sphinxext_apiplug.inventory.errors import ApiplugError

_SUFFIXES: Final = (".inc", ".rst")
_TABLE: Final = re.compile(r"^\.\. rest_parameters::\s+(\S+)\s*$", re.MULTILINE)


class HandwrittenError(ApiplugError):
    """A folder holds no hand-written reference.

    :ivar folder: as it was given
    """

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"{folder.as_posix()}: {reason}; give the folder with os-api-ref's *.inc files "
            "and parameters.yaml, as in api-ref/source"
        )
        self.folder = folder


def read_tree(folder: Path) -> Tree:
    """Read all files below a folder.

    :raises HandwrittenError: if there is no folder, or nothing in it that describes an
        operation
    """
    if not folder.is_dir():
        raise HandwrittenError(folder, "there is no such folder")
    reader = _Reader(folder)
    written = [item for path in _files(folder) for item in reader.read(path)]
    if not written:
        raise HandwrittenError(folder, "no file there has a rest_method")
    return Tree(
        operations=tuple(written),
        chapters=tuple(reader.chapters),
        entries=tuple(item for file in reader.parameters.values() for item in file.values()),
        faults=tuple(reader.faults),
    )


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in _SUFFIXES and path.is_file():
            yield path


class _Reader:
    """Reads files, and each file of parameters once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.faults: list[Fault] = []
        self.chapters: list[Chapter] = []
        #: Path of a file of parameters -> its entries.
        self.parameters: dict[Path, dict[str, Entry]] = {}

    def read(self, path: Path) -> list[Written]:
        name = path.as_posix()
        text = self._text(path)
        tables = {name: path.parent / name for name in _TABLE.findall(text)}
        source = operations.Source(
            name=name,
            folder=_relative(path.parent, self._folder),
            entries=self._entries(tables),
        )
        root = blocks.parse(text)
        found, faults = operations.read(root, source)
        self.faults += faults
        self.chapters += operations.chapters(root, source)
        return found

    def _entries(self, tables: Mapping[str, Path]) -> dict[str, dict[str, Entry]]:
        """The entries of those files that are there, by the names that tables give them."""
        for path in tables.values():
            if path not in self.parameters and path.is_file():
                self.parameters[path], faults = entries.read(self._text(path), path.as_posix())
                self.faults += faults
        return {
            name: self.parameters[path] for name, path in tables.items() if path in self.parameters
        }

    def _text(self, path: Path) -> str:
        data = path.read_bytes()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            place = Place(file=path.as_posix(), line=line)
            self.faults.append(Fault(message="not UTF-8", place=place))
            return data.decode("utf-8", errors="replace")


def _relative(path: Path, folder: Path) -> str:
    text = PurePosixPath(path.relative_to(folder)).as_posix()
    return "" if text == "." else text
