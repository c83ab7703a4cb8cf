from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinxext_apiplug.inventory.codec import dumps
from sphinxext_apiplug.inventory.problems import Problem

from .conftest import COMMAND, Run, inventory


def test_a_table_shows_every_extension(run: Run, pets: Path) -> None:
    result = run("list", pets)
    assert [line.split() for line in result.stdout.splitlines() if "pets" in line] == [
        ["|", "pets", "|", "pets", "3.1", "|", "1", "|", "ok", "|"]
    ]
    assert (result.returncode, result.stderr) == (0, "")


def test_json_has_a_failed_extension_with_its_problem(run: Run, sick: Path) -> None:
    result = run("list", sick, "-f", "json")
    assert json.loads(result.stdout) == [
        {
            "alias": "pets", "distribution": "pets 3.1", "operations": 1,
            "status": "alias-missing",
        },
        {
            "alias": "owners", "distribution": "pets 3.1", "operations": 0,
            "status": "load-failed",
        },
    ]  # fmt: skip
    assert result.returncode == 1
    assert "error: pets/owners.py:3: owners = pets.owners:Owners: " in result.stderr


def test_csv(run: Run, pets: Path) -> None:
    result = run("list", pets, "-f", "csv")
    assert list(csv.reader(io.StringIO(result.stdout))) == [
        ["alias", "distribution", "operations", "status"],
        ["pets", "pets 3.1", "1", "ok"],
    ]


def test_unknown_column_is_wrong_use(run: Run, pets: Path) -> None:
    result = run("list", pets, "-c", "aliass")
    assert result.returncode == 2
    assert result.stderr == (
        "apiplug: no column is called aliass; there are: alias, distribution, operations, status\n"
    )


def test_texts_do_not_drive_the_terminal(run: Run, project: Path) -> None:
    evil = Problem(kind="load-failed", subject="a\x1b[2J\u202eb = x:y", message="\x07")
    (project / "evil.json").write_bytes(dumps(inventory(evil)))
    result = run("list", "./evil.json")
    for sign in "\x1b\u202e\x07":
        assert sign not in result.stdout + result.stderr
    assert "a\\x1b[2J\\u202eb" in result.stdout


def test_extension_that_cannot_be_imported(run: Run, plugin: Callable[[str], None]) -> None:
    plugin("import no_such_package\n")
    result = run("list", "fake.extensions", "-f", "json")
    assert json.loads(result.stdout) == [
        {"alias": "bad", "distribution": "fake 1.5", "operations": 0, "status": "load-failed"}
    ]
    assert result.returncode == 1
    assert "fakeplugin.py:1" in result.stderr
    assert "Traceback" not in result.stderr


SLOW = "import time\ntime.sleep(2.5)\nimport no_such_package\n"


def test_progress_shows_on_a_terminal(
    plugin: Callable[[str], None], environ: dict[str, str], project: Path
) -> None:
    plugin(SLOW)
    main, side = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "list", "fake.extensions"],
        cwd=project,
        env={**environ, "TERM": "xterm"},
        stdout=subprocess.DEVNULL,
        stderr=side,
    ) as process:
        os.close(side)
        shown = b""
        while chunk := _read(main):
            shown += chunk
    os.close(main)
    assert b"reading" in shown
    assert process.returncode == 1


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # what Linux says when the other side is closed
        return b""


def test_an_interrupt_leaves_no_process_behind(
    plugin: Callable[[str], None], environ: dict[str, str], project: Path
) -> None:
    started, ready = project / "started", project / "ready"
    plugin(
        "import os, pathlib, time\n"
        f"pathlib.Path({str(started)!r}).write_text(str(os.getpid()))\n"
        f"os.replace({str(started)!r}, {str(ready)!r})\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([*COMMAND, "list", "fake.extensions"], cwd=project, env=environ) as one:
        deadline = time.monotonic() + 30
        while not ready.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        one.send_signal(signal.SIGINT)
    with pytest.raises(ProcessLookupError):
        os.kill(int(ready.read_text()), 0)
    assert one.returncode == 130


def test_no_progress_in_a_file(run: Run, plugin: Callable[[str], None]) -> None:
    plugin(SLOW)
    assert "reading" not in run("list", "fake.extensions").stderr


@pytest.mark.real("masakari")
def test_masakari_without_any_configuration(run: Run) -> None:
    result = run("list", "masakari.api.v1.extensions", "-f", "json")
    assert result.returncode == 0, result.stderr
    found = {row["alias"]: (row["operations"], row["status"]) for row in json.loads(result.stdout)}
    assert len(found) == 6
    assert found["segments"] == (5, "ok")
    assert {status for _, status in found.values()} == {"ok"}


def test_clients_that_are_missing(run: Run, plugin: Callable[[str], None]) -> None:
    plugin("")
    result = run("list", "fake.extensions", "--commands", "nobody.v1", "--commands", "x.y:do_*")
    assert result.stderr.count("[commands-missing]") == 2
    assert "warning: nobody.v1: no entry point is declared in 'nobody.v1'" in result.stderr


@pytest.mark.real("masakari")
def test_sphinx_is_not_imported_without_conf_py(run: Run, environ: dict[str, str]) -> None:
    environ["PYTHONVERBOSE"] = "1"
    result = run("list", "masakari.api.v1.extensions")
    assert "import 'cliff.app'" in result.stderr
    assert "import 'sphinx'" not in result.stderr


def test_the_installed_script(pets: Path) -> None:
    script = Path(sys.executable).parent / "apiplug"
    result = subprocess.run([script, "list", pets, "-f", "value"], capture_output=True, text=True)
    assert result.stdout == "pets pets 3.1 1 ok\n"
