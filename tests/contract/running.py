"""The example service as a process, with a state of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.contract.published import DEMO, HEADER

COMMAND = Path(sys.executable).parent / "compute-example-api"
URL = re.compile(r"Serving on (http://127\.0\.0\.1:\d+)/")
TOKEN = "admin"


class Answer(NamedTuple):
    """What the service answered."""

    status: int
    headers: Mapping[str, str]
    body: Any


class Service:
    """A running service.

    :ivar url: where it is, as in ``http://127.0.0.1:8774``
    """

    def __init__(self, url: str, log: Path) -> None:
        self.url = url
        self._log = log

    def log(self) -> str:
        """What it has logged so far."""
        return self._log.read_text()

    def call(self, method: str, path: str, version: str, body: Any = None) -> Answer:
        """Send a request as an administrator."""
        request = urllib.request.Request(f"{self.url}/v2.1{path}", method=method)
        request.add_header("X-Auth-Token", TOKEN)
        request.add_header(HEADER, f"compute {version}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return _answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            return _answer(error.code, error.headers, error.read())

    def fill(self, servers: int) -> list[str]:
        """Create servers of the demo's flavor and image, and give their ids."""
        found = []
        for number in range(servers):
            body = {"server": {"name": f"filler-{number}", "flavorRef": DEMO, "imageRef": DEMO}}
            answer = self.call("POST", "/servers", "2.1", body)
            assert answer.status == 201, answer
            found.append(answer.body["server"]["id"])
        return found


@contextmanager
def serving(
    folder: Path, api: Mapping[str, Sequence[str]] | None = None, path: Path | None = None
) -> Iterator[Service]:
    """Start a service with demo data on a free port, and stop it in the end.

    :param folder: holds its database, its settings and its log
    :param api: settings in the group ``[api]``
    :param path: what goes before all else on its ``sys.path``
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{key} = {','.join(values)}" for key, values in (api or {}).items()]
    config = folder / "service.conf"
    config.write_text("\n".join(["[api]", *lines]) + "\n", encoding="utf-8")
    environment = os.environ | ({} if path is None else {"PYTHONPATH": str(path)})
    command = [
        COMMAND, "--port", "0", "--demo", "--database", folder / "state.db",
        "--config-file", config,
    ]  # fmt: skip
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        try:
            yield Service(_url(process, folder / "log"), folder / "log")
        finally:
            process.terminate()
            process.communicate(timeout=40)


def _url(process: subprocess.Popen[str], log: Path) -> str:
    """Wait until the service says where it is."""
    assert process.stdout is not None
    for line in process.stdout:
        found = URL.match(line)
        if found is not None:
            return found[1]
    raise AssertionError(log.read_text())


def _answer(status: int, headers: Any, body: bytes) -> Answer:
    return Answer(status, dict(headers.items()), json.loads(body) if body else None)
