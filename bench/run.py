"""What collecting and building cost, as ratios over what can't be saved.

Every figure is the median over pairs of runs, taken in turn, and each ratio is taken
pair by pair, so that a machine that is busy for a while spoils little. CPU time is given
too: it hardly depends on who else uses the machine.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Final, NamedTuple

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory.codec import dumps

ROOT: Final = Path(__file__).resolve().parent.parent
REFERENCE: Final = ROOT / "api-ref" / "source"
NAMESPACE: Final = "masakari.api.v1.extensions"
SETTINGS: Final = ApiSettings(namespace=NAMESPACE, base_path="/v1", service_type="instance-ha")
EMPTY_CONF: Final = "project = 'Empty'\nhtml_theme = 'furo'\n"
EMPTY_PAGE: Final = "=====\nEmpty\n=====\n\nNothing.\n"


class Cost(NamedTuple):
    """One run: seconds on the clock, seconds of CPU, peak memory in MiB."""

    wall: float
    cpu: float
    memory: float


class Row(NamedTuple):
    """What was measured, what it is compared with, and how much it may cost."""

    name: str
    subject: list[Cost]
    baseline: list[Cost]
    limit: float | None


def measured(command: list[str]) -> Cost:
    """Run a command to its end.

    :raises SystemExit: if it fails, with what it said
    """
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{output.read().decode(errors='replace')}")
    wall = time.perf_counter() - start
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def collecting() -> Cost:
    """Collect as Sphinx and the command line do: in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    collect("bench", SETTINGS, base_dir=ROOT)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, after.ru_maxrss / 1024)


def importing() -> Cost:
    """Import the modules of the namespace's entry points, and nothing else."""
    modules = sorted({point.module for point in metadata.entry_points(group=NAMESPACE)})
    return measured([sys.executable, "-W", "ignore", "-c", f"import {', '.join(modules)}"])


class Project:
    """A documentation project in a folder of its own."""

    def __init__(self, source: Path, output: Path) -> None:
        self.source = source
        self.output = output

    def first(self) -> Cost:
        """Build it from nothing."""
        shutil.rmtree(self.output, ignore_errors=True)
        shutil.rmtree(self.source / "extensions", ignore_errors=True)
        return self.again()

    def again(self) -> Cost:
        """Build it on top of the last build."""
        return measured(
            [
                sys.executable,
                "-m",
                "sphinx",
                "-q",
                "-b",
                "html",
                str(self.source),
                str(self.output),
            ]
        )


def projects(folder: Path) -> tuple[Project, Project, Project]:
    """An empty project, the reference as it is, and the reference from an inventory file."""
    for name in ("empty", "whole", "rest"):
        (folder / name).mkdir()
    (folder / "empty" / "conf.py").write_text(EMPTY_CONF, encoding="utf-8")
    (folder / "empty" / "index.rst").write_text(EMPTY_PAGE, encoding="utf-8")
    conf = (REFERENCE / "conf.py").read_text(encoding="utf-8")
    inventory = collect("bench", SETTINGS, base_dir=ROOT).inventory
    (folder / "rest" / "inventory.json").write_bytes(dumps(inventory))
    collected = (
        "\nfor _api in apiplug_apis.values():\n"
        "    del _api['namespace']\n"
        "    _api['inventory'] = 'inventory.json'\n"
    )
    for name, more in (("whole", ""), ("rest", collected)):
        shutil.copy(REFERENCE / "index.rst", folder / name)
        (folder / name / "conf.py").write_text(conf + more, encoding="utf-8")
    empty, whole, rest = (
        Project(folder / name, folder / f"{name}-out") for name in ("empty", "whole", "rest")
    )
    return empty, whole, rest


def paired(
    name: str,
    subject: Callable[[], Cost],
    baseline: Callable[[], Cost],
    rounds: int,
    limit: float | None = None,
) -> Row:
    """Run both in turn, after once for warm caches."""
    baseline()
    subject()
    pairs = [(baseline(), subject()) for _ in range(rounds)]
    return Row(name, [pair[1] for pair in pairs], [pair[0] for pair in pairs], limit)


def line(row: Row) -> str:
    """One row of the table."""
    pairs = list(zip(row.subject, row.baseline, strict=True))
    ratio = statistics.median(subject.wall / baseline.wall for subject, baseline in pairs)
    cpu = statistics.median(subject.cpu / baseline.cpu for subject, baseline in pairs)
    wall = statistics.median(cost.wall for cost in row.subject)
    memory = max(cost.memory for cost in row.subject)
    limit = f"{row.limit:.2f}" if row.limit else ""
    return f"{row.name:<44} {wall:>7.2f} {ratio:>6.2f} {cpu:>6.2f} {limit:>6} {memory:>7.0f}"


def main() -> None:
    """Measure everything and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="pairs of runs; default: 7")
    rounds = parser.parse_args().rounds
    head = f"{'':<44} {'seconds':>7} {'ratio':>6} {'CPU':>6} {'aim':>6} {'MiB':>7}"
    print(
        f"masakari {metadata.version('masakari')}, Sphinx {metadata.version('sphinx')}, ", end=""
    )
    print(f"Python {sys.version.split()[0]}, {rounds} pairs of runs, medians")
    print(head)
    # First, since it is the children's peak that is known.
    print(line(paired("collecting / importing the service", collecting, importing, rounds, 1.1)))
    with tempfile.TemporaryDirectory() as folder:
        empty, whole, rest = projects(Path(folder))
        rows = (
            ("rest of the build / an empty project", rest.first, empty.first, 1.5),
            ("whole first build / an empty project", whole.first, empty.first, None),
            ("second build / an empty project's second", whole.again, empty.again, None),
        )
        for name, subject, baseline, limit in rows:
            print(line(paired(name, subject, baseline, rounds, limit)), flush=True)


if __name__ == "__main__":
    main()
