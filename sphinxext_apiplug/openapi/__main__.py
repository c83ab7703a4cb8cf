"""Validates the documents of an inventory file in a process of its own.

``python -m sphinxext_apiplug.openapi FILE [VERSION ...]`` writes the problems
of the documents at these microversions (default: the newest; ``each``: all of
them, one by one) to standard output: a JSON array of
:class:`~sphinxext_apiplug.inventory.problems.Problem`, empty if all is well. Its
exit code is 0 then as well as for problems, and 2, with a word on standard
error, if there was nothing to validate.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.openapi.document import Builder
from sphinxext_apiplug.openapi.validate import validate
from sphinxext_apiplug.openapi.versions import versions_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_apiplug.inventory.problems import Problem


def problems(file: Path, versions: Sequence[str | None]) -> list[Problem]:
    """The problems of an inventory's documents, each one once.

    :param versions: microversions, ``"all"``, ``"each"``, ``None`` for the newest
    :raises ApiplugError: if the file is no inventory or lacks a version
    :raises OSError: if the file can't be read
    """
    inventory = codec.loads(file.read_bytes(), str(file))
    builder = Builder(inventory)
    asked = [
        item
        for version in versions
        for item in (versions_of(inventory) if version == "each" else (version,))
    ]
    found: dict[Problem, None] = {}
    for number, version in enumerate(asked, 1):
        found |= dict.fromkeys(validate(builder.build(version), inventory))
        _show(f"{number}/{len(asked)} {version or ''}")
    return list(found)


def _show(progress: str) -> None:
    """Say on a terminal how far it is."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[Kvalidated {progress}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m sphinxext_apiplug.openapi",
        description="Validate the OpenAPI documents of an inventory file.",
    )
    parser.add_argument("file", type=Path, help="what `apiplug inventory` wrote")
    parser.add_argument(
        "versions", nargs="*", help="microversions, all in one, or each; default: the newest"
    )
    parsed = parser.parse_args(arguments)
    try:
        found = problems(parsed.file, parsed.versions or [None])
    except (ApiplugError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
