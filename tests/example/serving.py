"""The example service, in this process or in one of its own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

#: What the demonstration's flavor, image and server are called.
DEMO = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
HEADER = "OpenStack-API-Version"

Settings = Mapping[str, Mapping[str, object]]


class Answer(NamedTuple):
    """What the service answered."""

    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        """The body, which is JSON."""
        assert self.headers["Content-Type"] == "application/json"
        return json.loads(self.raw)

    @property
    def fault(self) -> tuple[int, str]:
        """The code and the message of an error, which has the documented shape."""
        from compute_example.api.openstack.wsgi import FAULT_SCHEMA
        from jsonschema import Draft202012Validator

        body = self.json
        Draft202012Validator(FAULT_SCHEMA).validate(body)
        (told,) = body.values()
        assert told["code"] == self.status
        assert "Traceback" not in told["message"]
        return told["code"], told["message"]


class Service:
    """The application, called without a server."""

    def __init__(self, application: Any) -> None:
        self.application = application

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = "admin",
        version: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request to the API.

        :param path: below ``/v2.1``
        :param body: sent as JSON; bytes are sent as they are
        """
        import webob

        req = webob.Request.blank(f"/v2.1{path}", method=method)
        if body is not None:
            req.body = body if isinstance(body, bytes) else json.dumps(body).encode()
            req.content_type = "application/json"
        if token is not None:
            req.headers["X-Auth-Token"] = token
        if version is not None:
            req.headers[HEADER] = f"compute {version}"
        req.headers.update(headers or {})
        found = req.get_response(self.application)
        return Answer(found.status_int, found.headers, found.body)

    def create_server(self, name: str = "one", **values: Any) -> dict[str, Any]:
        """Create a server of the demonstration's flavor and image."""
        version = "2.2" if "description" in values else None
        body = {"server": {"name": name, "flavorRef": DEMO, "imageRef": DEMO, **values}}
        answer = self.call("POST", "/servers", body, token="member", version=version)
        assert answer.status == 201, answer
        made: dict[str, Any] = answer.json["server"]
        return made

    def act(self, server: str, action: str, value: Any = None, **options: Any) -> Answer:
        """Let a server do something."""
        return self.call("POST", f"/servers/{server}/action", {action: value}, **options)


def write_settings(file: Path, settings: Settings) -> Path:
    """Write a configuration file; what isn't set says that answers must be as declared."""
    merged: dict[str, dict[str, object]] = {"api": {"response_validation": "error"}}
    for group, values in settings.items():
        merged.setdefault(group, {}).update(values)
    lines = []
    for group, values in merged.items():
        lines.append(f"[{group}]")
        for key, value in values.items():
            many = value if isinstance(value, list) else [value]
            lines += [f"{key} = {item}" for item in many]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


class Live:
    """The service in a process of its own."""

    def __init__(self, *options: str | Path, environment: Mapping[str, str] | None = None) -> None:
        command = [str(Path(sys.executable).with_name("compute-example-api")), "--port", "0"]
        # A pipe that nobody reads would fill up, and then the service would wait for ever.
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - ends with it
        self._process = subprocess.Popen(
            [*command, *map(str, options)],
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            env={**os.environ, **(environment or {})},
        )
        self.log = ""
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        if not said.startswith("Serving on "):
            self.end()
            raise AssertionError(self.log)
        self.url = said.split()[-1]

    def call(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request; *target* stands in its first line as it is."""
        where = urlsplit(self.url)
        assert where.hostname
        connection = http.client.HTTPConnection(where.hostname, where.port, timeout=30)
        try:
            sent = {"X-Auth-Token": "member", **(headers or {})}
            connection.putrequest(method, target, skip_accept_encoding=True)
            for key, value in sent.items():
                connection.putheader(key, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            found = connection.getresponse()
            return Answer(found.status, found.headers, found.read())  # type: ignore[arg-type]
        finally:
            connection.close()

    def raw(self, sent: bytes) -> bytes:
        """Send bytes, and read all that comes back."""
        import socket

        where = urlsplit(self.url)
        with socket.create_connection((where.hostname, where.port), timeout=30) as connection:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            received = b""
            while more := connection.recv(65536):
                received += more
        return received

    def create_server(self, name: str) -> Answer:
        """Create a server of the demonstration's flavor and image."""
        body = {"server": {"name": name, "flavorRef": DEMO, "imageRef": DEMO}}
        headers = {"Content-Type": "application/json"}
        return self.call("POST", "/v2.1/servers", json.dumps(body).encode(), headers)

    def names(self) -> set[str]:
        """The names of all servers."""
        answer = self.call("GET", "/v2.1/servers")
        assert answer.status == 200
        found = {item["name"] for item in answer.json["servers"]}
        while "servers_links" in answer.json:
            next_page = urlsplit(answer.json["servers_links"][0]["href"])
            answer = self.call("GET", f"{next_page.path}?{next_page.query}")
            found |= {item["name"] for item in answer.json["servers"]}
        return found

    def end(self, number: int = signal.SIGTERM) -> int:
        """End the process; afterwards :attr:`log` has what it logged.

        :return: its exit code
        """
        if self._process.returncode is None:
            self._process.send_signal(number)
            self._process.communicate(timeout=60)
            self._log.seek(0)
            self.log = self._log.read()
            self._log.close()
        return self._process.returncode


@contextmanager
def running(*options: str | Path, environment: Mapping[str, str] | None = None) -> Iterator[Live]:
    """Run the service for a while."""
    live = Live(*options, environment=environment)
    try:
        yield live
    finally:
        live.end(signal.SIGKILL)
