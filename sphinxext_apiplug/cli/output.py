"""Documents to a file or to standard output; texts from plugins to a terminal."""

from __future__ import annotations

import argparse
import os
import sys
import unicodedata
from pathlib import Path
from typing import Final

from sphinxext_apiplug.cli.errors import OutputError
from sphinxext_apiplug.inventory.files import write_if_changed

STANDARD_OUTPUT: Final = "-"

# Control characters drive a terminal; format characters (right-to-left marks) hide text.
_UNSAFE: Final = ("Cc", "Cf", "Cs")


def printable(text: str) -> str:
    """The text on one line, without anything that a terminal would obey."""
    return "".join(
        char if unicodedata.category(char) not in _UNSAFE else ascii(char)[1:-1] for char in text
    )


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add ``-o``."""
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default=STANDARD_OUTPUT,
        help="write to this file, whole or not at all; default: standard output",
    )


def suffix(target: str) -> str:
    """What a file's name ends in, in lower case, as in ``.yaml``."""
    return Path(target).suffix.lower()


def check(target: str) -> None:
    """Find out early that a document can't be written, before it is made.

    :raises OutputError: if the folder is missing or not writable
    """
    if target == STANDARD_OUTPUT:
        return
    path = Path(target)
    if path.is_dir():
        raise OutputError(target, "it is a folder")
    if not path.parent.is_dir():
        raise OutputError(target, "there is no such folder")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise OutputError(target, "no permission")


def check_folder(target: str) -> None:
    """Find out early that documents can't be written into a folder.

    :raises OutputError: if there is no such folder, or it isn't writable
    """
    if target == STANDARD_OUTPUT or not Path(target).is_dir():
        raise OutputError(target, "it is no folder, and several documents want one")
    if not os.access(target, os.W_OK):
        raise OutputError(target, "no permission")


def write(target: str, data: bytes) -> None:
    """Write a whole document, or nothing.

    :param target: a file, or ``-`` for standard output
    :raises OutputError: if it can't be written; a file of that name stays as it was
    """
    if target == STANDARD_OUTPUT:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(target)
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device or a pipe can't be replaced
        else:
            write_if_changed(path.resolve(), data)  # a link stays a link
    except OSError as error:
        raise OutputError(target, error.strerror or str(error)) from error
