"""Build a project as sphinx-build does, and say what memory it and its processes took.

``python bench/building.py FILE [sphinx-build's arguments]`` writes two numbers into
FILE: the peaks of this process and of the largest one below it, in MiB.
"""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

from sphinx.cmd.build import main


def own_peak() -> float:
    """The most that this program had in memory, in MiB."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    # Not what the kernel counts for the process: that began as a copy of its parent.
    [peak] = re.findall(r"VmHWM:\s+(\d+) kB", status)
    return int(peak) / 1024


if __name__ == "__main__":
    code = main(sys.argv[2:])
    below = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    Path(sys.argv[1]).write_text(f"{own_peak()} {below}", encoding="ascii")
    sys.exit(code)
