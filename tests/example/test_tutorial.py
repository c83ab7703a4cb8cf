"""The tutorial, followed to the letter in an empty folder."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [pytest.mark.real("compute-example"), pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "examples" / "tutorial"
PAGE = ROOT / "doc" / "source" / "tutorial.rst"
PORT = "8774"


def listings() -> list[str]:
    """The files that the page shows, in its order, below the tutorial's folder."""
    found = re.findall(r"^\.\. literalinclude:: (\S+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    return [
        (PAGE.parent / name).resolve().relative_to(TUTORIAL.resolve()).as_posix() for name in found
    ]


def test_the_page_shows_every_file_once() -> None:
    files = {
        path.relative_to(TUTORIAL).as_posix()
        for path in TUTORIAL.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert sorted(listings()) == sorted(files)


class Reader:
    """Somebody who copies each file and pastes each call as it comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = str(_free_port())
        self.said: dict[str, str] = {}
        identity = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "Ada Reader"), ("EMAIL", "ada@example.org"))
        }
        self.environment = {**os.environ, **identity, "APIPLUG": str(ROOT)}
        for name in ("PBR_VERSION", "PYTHONPATH", "VIRTUAL_ENV"):
            self.environment.pop(name, None)

    @property
    def project(self) -> Path:
        return self.folder / "host-notes"

    def follow(self, name: str) -> None:
        """Do what one listing says."""
        source = TUTORIAL / name
        if source.parent.name != "steps":
            target = self.project / name
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(source, target)
            return
        script = source.read_text("utf-8").replace(PORT, self.port)
        where = self.project if self.project.is_dir() else self.folder
        result = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=where, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert result.returncode == 0, f"{name}:\n{result.stdout}\n{result.stderr}"
        self.said[source.stem] = result.stdout

    def serve(self, name: str) -> subprocess.Popen[bytes]:
        """Do what a listing says that goes on in the background."""
        script = (TUTORIAL / name).read_text("utf-8").replace(PORT, self.port)
        assert script.rstrip().endswith("&")
        command = script.rstrip().removesuffix("&").split()
        process = subprocess.Popen(
            command, cwd=self.project, env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _wait_for(int(self.port))
        return process


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the service didn't start")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    reader = Reader(tmp_path_factory.mktemp("tutorial"))
    background = []
    try:
        for name in listings():  # nothing may be needed before it was shown
            if name.endswith("serve.sh"):
                background.append(reader.serve(name))
            else:
                reader.follow(name)
        yield reader
    finally:
        for process in background:
            process.terminate()
            process.wait(30)


def test_the_service_has_the_extension(reader: Reader) -> None:
    assert '"note": "Replace the fan on Friday."' in reader.said["4-call"]
    assert '"host": "node-1"' in reader.said["4-call"]


def test_its_tests_pass(reader: Reader) -> None:
    assert re.search(r"^7 passed", reader.said["5-test"], re.MULTILINE)


def test_the_reference_has_it_and_nothing_else(reader: Reader) -> None:
    assert re.search(r"os-host-notes .* 2 \| ok", reader.said["6-look"])
    html = (reader.project / "doc/_build/html/index.html").read_text("utf-8")
    assert "Leave a note on a host" in html
    assert "/v2.1/os-host-notes/node-1" in html
    assert "/v2.1/servers" not in html
    assert (reader.project / "doc/_build/html/openapi.json").is_file()


def test_the_packages_are_the_release(reader: Reader) -> None:
    names = {path.name for path in (reader.project / "dist").iterdir()}
    assert names == {"host_notes-1.0.0-py3-none-any.whl", "host_notes-1.0.0.tar.gz"}
