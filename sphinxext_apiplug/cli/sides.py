"""What the arguments of a comparison stand for."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Final

from sphinxext_apiplug.checks.diff.files import SUFFIXES, Side, read_side
from sphinxext_apiplug.cli import environments, flags, target
from sphinxext_apiplug.cli.errors import UsageError
from sphinxext_apiplug.collect.api import Progress

# What a requirement holds and no name does.
_COMPARISONS: Final = frozenset("=<>~!")
_RELEASE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(\[[^\]]*\])?===?[A-Za-z0-9][^\s=]*")


def load(
    argument: str, python: Path | None, parsed: argparse.Namespace, progress: Progress
) -> Side:
    """Read what an argument names.

    :param python: the interpreter of the environment that it is read in; ``None``:
        this one
    :raises ApiplugError: for everything that the caller can put right
    """
    file = Path(argument)
    if file.is_file() and (file.suffix.lower() in SUFFIXES or "/" in argument):
        return read_side(file)
    if _RELEASE.fullmatch(argument):
        if python is not None:
            raise UsageError(f"{argument} is installed for this Python: give no other one")
        return Side(inventory=environments.of_release(argument, parsed))
    if _COMPARISONS & set(argument) and not file.exists():
        raise UsageError(f"{argument!r} names no single release: write one as in service==1.2.0")
    if python is not None:
        return Side(inventory=environments.of_interpreter(python, argument, parsed))
    settings = flags.settings_from(parsed)
    return Side(inventory=target.load(argument, settings, parsed.conf_dir, progress))
