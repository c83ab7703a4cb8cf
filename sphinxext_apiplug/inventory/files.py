"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


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
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        _copy_mode(path, Path(temporary))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def _copy_mode(path: Path, temporary: Path) -> None:
    """Give the new file the mode that the old one had, or an ordinary file's."""
    try:
        mode = path.stat().st_mode & 0o777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        mode = 0o666 & ~umask
    temporary.chmod(mode)
