"""What collecting and building cost, mostly as ratios over what can't be saved.

Every ratio is the median over pairs of runs, taken in turn and pair by pair, so that a
machine that is busy for a while spoils little. CPU time is given too: it hardly depends
on who else uses the machine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Final

import history
import large
import sites
import small
from measuring import HEAD

#: Name of a part -> what measures it, and how many rounds of it say enough.
PARTS: Final[dict[str, tuple[Callable[[Path, int], None], int]]] = {
    "masakari": (small.measure, 7),
    "collect": (large.collect, 5),
    "openapi": (large.openapi, 5),
    "validate": (large.validate, 3),
    "site": (sites.site, 3),
    "changelog": (history.changelog, 3),
    "linear": (sites.linear, 1),
}

# Made-up services of up to 10,000 operations take long enough to be asked for by name.
UNASKED: Final = ("linear",)


def main() -> None:
    """Measure everything that is quick, or the parts that were named, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, help="runs, or pairs of runs, of each part")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep what is made there")
    parsed = parser.parse_args()
    unknown = set(parsed.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    packages = ("masakari", "nova", "sphinx", "os-api-ref")
    installed = [name for name in packages if any(metadata.distributions(name=name))]
    found = ", ".join(f"{name} {metadata.version(name)}" for name in installed)
    print(f"{found}, Python {sys.version.split()[0]}; medians\n{HEAD}", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = parsed.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        for name in parsed.parts or [name for name in PARTS if name not in UNASKED]:
            measure, rounds = PARTS[name]
            measure(folder.resolve(), parsed.rounds or rounds)


if __name__ == "__main__":
    main()
