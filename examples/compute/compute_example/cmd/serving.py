"""The WSGI server: waitress, which stops without losing what it has begun."""

from __future__ import annotations

import logging
import signal
import time
from types import FrameType
from typing import Any, Final

import waitress
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask

from compute_example.api.openstack.faults import body_of

LOG = logging.getLogger(__name__)

_PATIENCE: Final = 30.0
_TICK: Final = 0.5


class JSONErrorTask(ErrorTask):  # type: ignore[misc]
    """Answers what is no request at all: too long, cut off, or not HTTP."""

    def execute(self) -> None:
        """Write the answer."""
        error = self.request.error
        body = body_of(error.code, f"{error.reason}: {error.body}")
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", "application/json"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class JSONChannel(HTTPChannel):  # type: ignore[misc]
    """A connection whose every answer is JSON."""

    error_task_class = JSONErrorTask


class Server:
    """Serves one application until SIGTERM or SIGINT says to stop.

    :param threads: how many requests are worked on at a time
    """

    def __init__(self, application: Any, *, host: str, port: int, threads: int) -> None:
        self._map: dict[int, Any] = {}
        self._stopping = False
        self._server = waitress.create_server(
            application,
            map=self._map,
            host=host,
            port=port,
            threads=threads,
            connection_limit=1000,
            backlog=1024,
            # The application has a limit of its own; this one is for what never reaches it.
            max_request_body_size=2**24,
            ident=None,
            clear_untrusted_proxy_headers=True,
        )
        for listener in self._listeners():
            listener.channel_class = JSONChannel
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    @property
    def urls(self) -> list[str]:
        """Where it can be reached."""
        found = []
        for listener in self._listeners():
            host, port = listener.socket.getsockname()[:2]
            found.append(f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/")
        return found

    def run(self) -> None:
        """Serve until a signal says to stop, then finish what was begun."""
        while not self._stopping:
            wasyncore.loop(timeout=_TICK, map=self._map, count=1)
        LOG.info("Stopping: requests that were begun are finished")
        for listener in self._listeners():
            wasyncore.dispatcher.close(listener)
        until = time.monotonic() + _PATIENCE
        while self._is_busy() and time.monotonic() < until:
            self._close_idle()
            wasyncore.loop(timeout=0.05, map=self._map, count=1)
        self._dispatcher().shutdown()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _dispatcher(self) -> Any:
        return self._server.task_dispatcher

    def _listeners(self) -> list[Any]:
        return [item for item in self._map.values() if isinstance(item, BaseWSGIServer)]

    def _channels(self) -> list[Any]:
        return [item for item in self._map.values() if isinstance(item, HTTPChannel)]

    def _is_busy(self) -> bool:
        """Whether a request is being worked on, or an answer isn't sent yet."""
        return any(map(_is_busy, self._channels()))

    def _close_idle(self) -> None:
        """Close connections that are kept for more requests."""
        for channel in self._channels():
            if not _is_busy(channel):
                channel.handle_close()


def _is_busy(channel: Any) -> bool:
    return bool(channel.requests or channel.total_outbufs_len > 0)
