"""What can be done with maintenance windows, apart from HTTP."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from compute_example.db import Database
from compute_example.db.models import Host
from compute_example.exceptions import HostNotFound, MarkerNotFound
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from compute_example_vendor.exceptions import EndsTooEarly, Overlap, WindowNotFound
from compute_example_vendor.models import MaintenanceWindow


class Windows:
    """The maintenance windows of a service's hosts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(
        self, *, limit: int, marker: str | None = None, host: str | None = None
    ) -> list[MaintenanceWindow]:
        """A page of windows, the earliest first.

        :param marker: the id of the last one of the page before
        :param host: the host that they are for; ``None``: all hosts
        :raises MarkerNotFound: if there is no window of that id
        """
        order = (MaintenanceWindow.starts_at, MaintenanceWindow.id)
        query = select(MaintenanceWindow).order_by(*order).limit(limit)
        if host is not None:
            query = query.where(MaintenanceWindow.host == host)
        with self._database.reading() as session:
            if marker is not None:
                last = session.get(MaintenanceWindow, marker)
                if last is None:
                    raise MarkerNotFound(id=marker)
                query = query.where(tuple_(*order) > tuple_(last.starts_at, last.id))
            return [*session.scalars(query)]

    def get(self, id: str) -> MaintenanceWindow:
        """One window.

        :raises WindowNotFound: if there is none
        """
        with self._database.reading() as session:
            return _found(session, id)

    def create(
        self, *, host: str, starts_at: datetime, ends_at: datetime, reason: str | None = None
    ) -> MaintenanceWindow:
        """Plan a window.

        :raises HostNotFound: if there is no such host
        :raises EndsTooEarly: if it would end before it begins
        :raises Overlap: if the host has another one at that time
        """
        window = MaintenanceWindow(host=host, starts_at=starts_at, ends_at=ends_at, reason=reason)
        with self._database.writing() as session:
            if session.get(Host, host) is None:
                raise HostNotFound(id=host)
            _check(session, window)
            session.add(window)
        return window

    def update(self, id: str, values: dict[str, Any]) -> MaintenanceWindow:
        """Change a window.

        :param values: what is to change: ``starts_at``, ``ends_at``, ``reason``
        :raises WindowNotFound: if there is none
        :raises EndsTooEarly: if it would end before it begins
        :raises Overlap: if the host has another one at that time
        """
        with self._database.writing() as session:
            window = _found(session, id)
            for name, value in values.items():
                setattr(window, name, value)
            _check(session, window)
        return window

    def delete(self, id: str) -> None:
        """Cancel a window.

        :raises WindowNotFound: if there is none
        """
        with self._database.writing() as session:
            session.delete(_found(session, id))

    def next_of(self, hosts: Collection[str], at: datetime) -> dict[str, MaintenanceWindow]:
        """The window that each host is in, or else its next one.

        :param at: the time that this is asked for
        :returns: by host; hosts without one are missing
        """
        query = (
            select(MaintenanceWindow)
            .where(MaintenanceWindow.host.in_(sorted(hosts)), MaintenanceWindow.ends_at > at)
            .order_by(MaintenanceWindow.starts_at.desc())
        )
        with self._database.reading() as session:
            return {window.host: window for window in session.scalars(query)}


def _found(session: Session, id: str) -> MaintenanceWindow:
    window = session.get(MaintenanceWindow, id)
    if window is None:
        raise WindowNotFound(id=id)
    return window


def _check(session: Session, window: MaintenanceWindow) -> None:
    """Whether a window may be as it is, beside the others of its host."""
    if window.ends_at <= window.starts_at:
        raise EndsTooEarly
    query = select(MaintenanceWindow).where(
        MaintenanceWindow.host == window.host,
        MaintenanceWindow.starts_at < window.ends_at,
        MaintenanceWindow.ends_at > window.starts_at,
    )
    others = (other for other in session.scalars(query) if other.id != window.id)
    other = next(others, None)
    if other is not None:
        raise Overlap(host=window.host, id=other.id)
