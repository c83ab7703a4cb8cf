"""What holds on every way through a function, whichever branches it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager


class Ways:
    """The names that every way to the present place has passed.

    A way that raises leads nowhere, so it says nothing about the others.
    """

    def __init__(self) -> None:
        self._passed: frozenset[str] | None = frozenset()
        self._returned: list[frozenset[str]] = []

    def note(self, *names: str) -> None:
        """Every way that leads on from here has passed these."""
        if self._passed is not None:
            self._passed |= set(names)

    def leave(self) -> None:
        """The way returns here."""
        if self._passed is not None:
            self._returned.append(self._passed)
        self._passed = None

    def stop(self) -> None:
        """The way leads nowhere."""
        self._passed = None

    @contextmanager
    def fork(self) -> Iterator[Callable[[], AbstractContextManager[None]]]:
        """The way forks; what comes after has passed what all arms have.

        :return: begins an arm
        """
        start = self._passed
        ends: list[frozenset[str] | None] = []

        @contextmanager
        def arm() -> Iterator[None]:
            self._passed = start
            yield
            ends.append(self._passed)

        yield arm
        self._passed = _common(ends)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What happens in here is no part of the way."""
        passed, returned = self._passed, [*self._returned]
        yield
        self._passed, self._returned = passed, returned

    def through(self) -> frozenset[str] | None:
        """What all ways to the end have passed; ``None`` if none leads there."""
        return _common([*self._returned, self._passed])


def _common(ends: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    reached = [end for end in ends if end is not None]
    return frozenset.intersection(*reached) if reached else None
