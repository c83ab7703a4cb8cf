"""A lock that threads get in the order in which they came."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType


class Turns:
    """Lets one thread at a time go on.

    A plain lock goes to whoever is quickest, which under load is nearly always
    the thread that has just had it: others would wait for as long as that lasts.

    :raises RuntimeError: in a thread that has its turn already
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._holder: int | None = None
        self._is_taken = False

    def __enter__(self) -> None:
        me = threading.get_ident()
        if self._holder == me:
            raise RuntimeError("transactions can't be nested")
        with self._mutex:
            ticket = threading.Lock() if self._is_taken else None
            self._is_taken = True
            if ticket is not None:
                ticket.acquire()
                self._waiting.append(ticket)
        if ticket is not None:
            # Whoever has the turn lets go of the first ticket in line.
            ticket.acquire()
        self._holder = me

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._holder = None
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False
