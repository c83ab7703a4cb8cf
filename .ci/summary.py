"""Add up what pytest reported in each environment; fail if anything failed."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET


def main(folder: str, status: str) -> int:
    """Print a line for each report, and the sum last.

    :param folder: where pytest wrote its JUnit files
    :param status: ``0`` if every step before this one was fine
    """
    total = failed = skipped = 0
    for path in sorted(Path(folder).glob("*.xml")):
        suite = next(ET.parse(path).getroot().iter("testsuite"))
        counts = {
            key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")
        }
        wrong = counts["failures"] + counts["errors"]
        print(f"{path.stem}: {counts['tests']} tests, {wrong} failed, {counts['skipped']} skipped")
        total += counts["tests"]
        failed += wrong
        skipped += counts["skipped"]
    if total == 0 or (status != "0" and failed == 0):
        print("A step failed that is no test: see above.")
        failed += 1
    print(f"{max(total - failed - skipped, 0)} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
