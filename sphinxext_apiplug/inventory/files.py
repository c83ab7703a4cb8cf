"""Files that are written whole or not at all."""

from __future__ import annotations

import filecmp
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_PIECE: Final = 1 << 20


def write_if_changed(path: Path, data: bytes) -> bool:
    """Put *data* into *path*, whose folder is made if need be.

    The bytes go to a temporary name first and are renamed into place, so that
    nobody sees half a file. A file that has these bytes already is left alone
    and keeps its time stamp.

    :returns: whether the file was written
    :raises OSError: if the folder or file can't be written
    """
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    return write_pieces_if_changed(path, (data,))


def write_pieces_if_changed(path: Path, pieces: Iterable[bytes]) -> bool:
    """The same with what is too large to be in memory as a whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            for piece in pieces:
                stream.write(piece)
        if path.is_file() and filecmp.cmp(temporary, path, shallow=False):
            return False
        _copy_mode(path, temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def pieces_of(path: Path) -> Iterator[bytes]:
    """What is in a file, a little at a time."""
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _copy_mode(path: Path, temporary: Path) -> None:
    """Give the new file the mode that the old one had, or an ordinary file's."""
    try:
        mode = path.stat().st_mode & 0o777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        mode = 0o666 & ~umask
    temporary.chmod(mode)
