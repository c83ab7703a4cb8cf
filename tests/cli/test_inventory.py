from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from sphinxext_apiplug.inventory.codec import loads

from .conftest import COMMAND, Run, inventory


def test_document_goes_to_standard_output(run: Run, pets: Path) -> None:
    result = run("inventory", pets)
    assert loads(result.stdout.encode()) == inventory()
    assert (result.returncode, result.stderr) == (0, "")


def test_document_goes_to_a_file(run: Run, pets: Path, project: Path) -> None:
    result = run("inventory", pets, "-o", "out.json")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert (project / "out.json").read_bytes() == pets.read_bytes()
    assert sorted(path.name for path in project.iterdir()) == ["out.json", "pets.json"]


def test_a_written_file_is_readable_for_others(run: Run, pets: Path, project: Path) -> None:
    run("inventory", pets, "-o", "out.json", umask=0o022)
    assert stat.S_IMODE((project / "out.json").stat().st_mode) == 0o644


def test_a_replaced_file_keeps_its_mode_and_its_link(run: Run, pets: Path, project: Path) -> None:
    real, link = project / "real.json", project / "link.json"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    run("inventory", pets, "-o", "link.json")
    assert link.is_symlink()
    assert real.read_bytes() == pets.read_bytes()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_device_is_written_to(run: Run, pets: Path) -> None:
    result = run("inventory", pets, "-o", "/dev/stdout")
    assert result.stdout.encode() == pets.read_bytes()


@pytest.mark.parametrize(
    ("target", "reason"),
    [("missing/out.json", "there is no such folder"), (".", "it is a folder")],
)
def test_unwritable_file_is_wrong_use(run: Run, pets: Path, target: str, reason: str) -> None:
    result = run("inventory", pets, "-o", target)
    assert result.returncode == 2
    assert result.stderr == f"apiplug: cannot write {target}: {reason}\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_is_said_in_a_line(run: Run, pets: Path) -> None:
    result = run("inventory", pets, "-o", "/dev/full")
    assert result.returncode == 2
    assert result.stderr == "apiplug: cannot write /dev/full: No space left on device\n"


def test_a_document_with_problems_is_written_nevertheless(
    run: Run, sick: Path, project: Path
) -> None:
    result = run("inventory", sick, "-o", "out.json")
    assert result.returncode == 1
    assert (project / "out.json").read_bytes() == sick.read_bytes()


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("never", 0), ("error", 1), ("warning", 1), ("info", 1),
        ("load-failed", 1), ("schema-adapted", 1), ("route-conflict", 0),
    ],
)  # fmt: skip
def test_fail_on(run: Run, sick: Path, what: str, code: int) -> None:
    assert run("inventory", sick, "--fail-on", what).returncode == code


def test_a_mild_problem_is_told_where_asked(run: Run, sick: Path) -> None:
    assert "schema-adapted" not in run("inventory", sick).stderr
    assert "[schema-adapted]" in run("-v", "inventory", sick).stderr
    assert "[schema-adapted]" in run("inventory", sick, "--fail-on", "info").stderr


def test_unknown_kind_is_wrong_use(run: Run, sick: Path) -> None:
    result = run("inventory", sick, "--fail-on", "load-faild")
    assert result.returncode == 2
    assert "did you mean 'load-failed'?" in result.stderr


def test_a_reader_that_goes_away_is_no_error(
    pets: Path, project: Path, environ: dict[str, str]
) -> None:
    # The pipe is closed before anything is written, so that no buffer hides it.
    read, write = os.pipe()
    os.close(read)
    result = subprocess.run(
        [*COMMAND, "inventory", pets],
        cwd=project, env=environ, stdout=write, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.close(write)
    assert result.stderr == ""
    assert result.returncode == 141


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": 99}', b"\xff\xfe", b"[1, 2]"])
def test_a_file_that_is_no_inventory_is_wrong_use(run: Run, project: Path, content: bytes) -> None:
    (project / "no.json").write_bytes(content)
    result = run("inventory", "no.json")
    assert result.returncode == 2
    assert result.stderr.startswith("apiplug: no.json: ")
    assert "Traceback" not in result.stderr


def test_settings_do_not_change_a_file(run: Run, pets: Path) -> None:
    result = run("inventory", pets, "--title", "Other")
    assert result.returncode == 2
    assert "is an inventory file" in result.stderr
