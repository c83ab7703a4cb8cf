"""Runs, what they cost, and tables of it."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import ApiSettings, parse_apis
from sphinxext_apiplug.inventory.codec import dumps

ROOT: Final = Path(__file__).resolve().parent.parent
SERVICES: Final = ROOT / "showcase" / "services.yaml"
HEAD: Final = f"{'':<48} {'seconds':>8} {'ratio':>7} {'CPU':>7} {'aim':>7} {'MiB':>7}"


class Cost(NamedTuple):
    """One run: seconds on the clock, seconds of CPU, peak memory in MiB (0: not known)."""

    wall: float
    cpu: float
    memory: float


class Row(NamedTuple):
    """What was measured, what it is compared with, and what the ratio may be."""

    name: str
    subject: list[Cost]
    baseline: list[Cost]
    limit: float | None


def measured(command: list[str], cwd: Path = ROOT) -> Cost:
    """Run a command to its end.

    :raises SystemExit: if it fails, with what it said
    """
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=cwd)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{output.read().decode(errors='replace')}")
    wall = time.perf_counter() - start
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def here(function: Callable[[], object]) -> Cost:
    """Call a function in this process."""
    start, cpu = time.perf_counter(), time.process_time()
    function()
    return Cost(time.perf_counter() - start, time.process_time() - cpu, 0)


def settings_of(service: str) -> ApiSettings:
    """The settings of a service of the showcase."""
    stanzas = yaml.safe_load(SERVICES.read_text(encoding="utf-8"))
    settings: dict[str, Any] = stanzas[service]["settings"]
    return parse_apis({service: settings})[service]


def collecting(settings: ApiSettings) -> Cost:
    """Collect as Sphinx and the command line do: in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    collect("bench", settings, base_dir=ROOT)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, after.ru_maxrss / 1024)


def inventory_file(service: str, folder: Path) -> Path:
    """A file with the inventory of an installed service."""
    file = folder / f"{service}.json"
    if not file.exists():
        collected = collect(service, settings_of(service), base_dir=ROOT)
        file.write_bytes(dumps(collected.inventory))
    return file


def importing(modules: list[str]) -> Cost:
    """Import modules, and nothing else."""
    return measured([sys.executable, "-W", "ignore", "-c", f"import {', '.join(modules)}"])


class Project:
    """A documentation project in a folder of its own."""

    def __init__(self, source: Path, output: Path, generated: str = "extensions") -> None:
        self.source = source
        self.output = output
        self._generated = generated

    def first(self) -> Cost:
        """Build it from nothing."""
        shutil.rmtree(self.output, ignore_errors=True)
        shutil.rmtree(self.source / self._generated, ignore_errors=True)
        return self.again()

    def again(self) -> Cost:
        """Build it on top of the last build."""
        self.output.parent.mkdir(exist_ok=True)
        script = str(ROOT / "bench" / "building.py")
        command = [sys.executable, script, str(self._peaks), "-q", "-b", "html"]
        cost = measured([*command, str(self.source), str(self.output)])
        return cost._replace(memory=self.peaks()[0])

    def peaks(self) -> tuple[float, float]:
        """MiB that the last build, and the largest process that it started, took at most."""
        own, below = self._peaks.read_text(encoding="ascii").split()
        return float(own), float(below)

    @property
    def _peaks(self) -> Path:
        return self.output.with_name(f"{self.output.name}.peaks")

    def largest(self) -> int:
        """The size of the largest page, in kB."""
        return max(page.stat().st_size for page in self.output.rglob("*.html")) // 1000


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


def print_ratio(row: Row) -> None:
    """One row of the table, with medians."""
    pairs = list(zip(row.subject, row.baseline, strict=True))
    ratio = statistics.median(subject.wall / baseline.wall for subject, baseline in pairs)
    cpu = statistics.median(subject.cpu / baseline.cpu for subject, baseline in pairs)
    wall = statistics.median(cost.wall for cost in row.subject)
    memory = max(cost.memory for cost in row.subject)
    limit = f"{row.limit:.2f}" if row.limit else ""
    figures = f"{wall:>8.2f} {ratio:>7.2f} {cpu:>7.2f} {limit:>7} {memory:>7.0f}"
    print(f"{row.name:<48} {figures}", flush=True)


def print_seconds(name: str, costs: list[Cost], limit: float | None = None) -> None:
    """One row for what is compared with nothing; the aim is seconds on the clock."""
    wall = statistics.median(cost.wall for cost in costs)
    cpu = statistics.median(cost.cpu for cost in costs)
    memory = max(cost.memory for cost in costs)
    known = f"{memory:>7.0f}" if memory else ""
    aim = f"{limit:.1f} s" if limit else ""
    print(f"{name:<48} {wall:>8.3f} {'':>7} {cpu:>6.3f}s {aim:>7} {known}", flush=True)
