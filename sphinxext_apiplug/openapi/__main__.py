"""Validates the documents of an inventory file in a process of its own.

``python -m sphinxext_apiplug.openapi FILE [VERSION ...]`` writes the problems
of the documents at these microversions (default: the newest) to standard
output: a JSON array of :class:`~sphinxext_apiplug.inventory.problems.Problem`,
empty if all is well. Its exit code is 0 then as well as for problems, and 2,
with a word on standard error, if there was nothing to validate.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.validate import validate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_apiplug.inventory.problems import Problem


def problems(file: Path, versions: Sequence[str | None]) -> list[Problem]:
    """The problems of an inventory's documents, each one once.

    :param versions: microversions, ``"all"``, ``None`` for the newest
    :raises ApiplugError: if the file is no inventory or lacks a version
    :raises OSError: if the file can't be read
    """
    inventory = codec.loads(file.read_bytes(), str(file))
    found: dict[Problem, None] = {}
    for version in versions:
        found |= dict.fromkeys(validate(build(inventory, version), inventory))
    return list(found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m sphinxext_apiplug.openapi",
        description="Validate the OpenAPI documents of an inventory file.",
    )
    parser.add_argument("file", type=Path, help="what `apiplug inventory` wrote")
    parser.add_argument("versions", nargs="*", help="microversions, or all; default: the newest")
    parsed = parser.parse_args(arguments)
    try:
        found = problems(parsed.file, parsed.versions or [None])
    except (ApiplugError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
