"""A service that says what a test tells it to: what a client may meet besides the real one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple

Headers = Mapping[str, str]


class Call(NamedTuple):
    """What was asked of the stub."""

    method: str
    path: str
    headers: Headers
    body: Any


class Answer(NamedTuple):
    """What the stub says: JSON, or a text as it is."""

    body: Any = None
    status: int = 200
    content_type: str = "application/json"


class Stub(ThreadingHTTPServer):
    """Listens on a free port of this machine.

    :ivar answers: ``"GET /v2.1/servers"`` -> what it says; for the rest 404
    :ivar following: the same for the second call and later ones, in turn
    :ivar calls: what it was asked, version discovery left out
    """

    daemon_threads = True

    def __init__(self, oldest: str, newest: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.calls: list[Call] = []
        self.answers: dict[str, Answer] = {}
        self.following: dict[str, list[Answer]] = {}
        self.speak(oldest, newest)

    def speak(self, oldest: str, newest: str) -> None:
        """Change what version discovery says."""
        version = {
            "id": "v2.1",
            "status": "CURRENT",
            "min_version": oldest,
            "version": newest,
            "links": [{"rel": "self", "href": f"{self.address}/v2.1/"}],
        }
        self.answers["GET /v2.1/"] = Answer({"version": version})
        self.answers["GET /"] = Answer({"versions": [version]})


class _Handler(BaseHTTPRequestHandler):
    server: Stub

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        path = self.path.partition("?")[0]
        key = f"{self.command} {path}"
        if key not in ("GET /", "GET /v2.1/"):
            self.server.calls.append(Call(self.command, self.path, dict(self.headers), body))
        missing = {"itemNotFound": {"code": 404, "message": f"No {path} here."}}
        answer = self.server.answers.get(key, Answer(missing, 404))
        if self.server.following.get(key):
            self.server.answers[key] = self.server.following[key].pop(0)
        text = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
        sent = b"" if answer.body is None else text.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - the library's names

    def log_message(self, *arguments: object) -> None:
        """Say nothing: pytest shows what the client says."""


@contextmanager
def serving(oldest: str = "2.1", newest: str = "2.5") -> Iterator[Stub]:
    """A stub that answers while the block runs."""
    stub = Stub(oldest, newest)
    thread = Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.shutdown()
        stub.server_close()
        thread.join()
