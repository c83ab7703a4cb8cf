"""Servers, from their creation to their end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compute_example.compute.placement import Placement, spec_of
from compute_example.context import RequestContext
from compute_example.db import Database
from compute_example.db.models import Flavor, Image, Server
from compute_example.exceptions import (
    FlavorNotFound,
    ImageNotFound,
    InvalidState,
    MarkerNotFound,
    SameHost,
    ServerNotFound,
)
from compute_example.scheduler import RequestSpec, WeighedHost


class Servers:
    """The servers of one service."""

    def __init__(self, database: Database, placement: Placement) -> None:
        self._database = database
        self._placement = placement

    def page(
        self,
        *,
        project_id: str | None,
        limit: int,
        marker: str | None = None,
        name: str | None = None,
        status: str | None = None,
    ) -> list[Server]:
        """A page of servers, the oldest first.

        :param project_id: whose; ``None``: all projects'
        :param marker: the id of the last one of the page before
        :param name: part of the names
        :raises MarkerNotFound: if that isn't there
        """
        query = select(Server).order_by(Server.number).limit(limit)
        if project_id is not None:
            query = query.where(Server.project_id == project_id)
        if name is not None:
            query = query.where(Server.name.contains(name, autoescape=True))
        if status is not None:
            query = query.where(Server.status == status)
        with self._database.reading() as session:
            if marker is not None:
                last = session.scalar(select(Server).where(Server.id == marker))
                if last is None or project_id not in (None, last.project_id):
                    raise MarkerNotFound(id=marker)
                query = query.where(Server.number > last.number)
            return [*session.scalars(query)]

    def get(self, id: str) -> Server:
        """One server.

        :raises ServerNotFound: if there is none
        """
        with self._database.reading() as session:
            return found(session, id)

    def create(
        self,
        context: RequestContext,
        *,
        name: str,
        flavor_id: str,
        image_id: str,
        description: str | None = None,
    ) -> Server:
        """Add a server, on the best host.

        :raises FlavorNotFound: if there is no such flavor
        :raises ImageNotFound: if there is no such image
        :raises FlavorTooSmall: if they don't fit
        :raises NoValidHost: if no host can take it
        """
        with self._database.writing() as session:
            flavor, image = flavor_and_image(session, flavor_id, image_id)
            spec = spec_of(flavor, image)
            host = self._placement.take(session, spec)
            server = Server(
                project_id=context.project_id,
                user_id=context.user_id,
                name=name,
                description=description,
                flavor=flavor_facts(flavor),
                image_id=image_id,
                host=host,
            )
            session.add(server)
        return server

    def update(self, id: str, values: dict[str, Any]) -> Server:
        """Change a server's name or description.

        :raises ServerNotFound: if there is none
        """
        with self._database.writing() as session:
            server = found(session, id)
            for key, value in values.items():
                setattr(server, key, value)
        return server

    def delete(self, id: str) -> None:
        """Remove a server.

        :raises ServerNotFound: if there is none
        """
        with self._database.writing() as session:
            server = found(session, id)
            self._placement.release(session, server.host, server.flavor)
            session.delete(server)

    def change_status(self, id: str, operation: str, begin: Sequence[str], end: str) -> None:
        """Bring a server from one of some states to another.

        :raises ServerNotFound: if there is none
        :raises InvalidState: if it is in none of the first ones
        """
        with self._database.writing() as session:
            server = found(session, id)
            if server.status not in begin:
                raise InvalidState(operation=operation, id=id, status=server.status)
            server.status = end

    def migrate(self, id: str, host: str | None) -> tuple[str, Server]:
        """Move a stopped server to another host.

        :param host: where to; ``None``: to the best one
        :return: the host that it was on, and the server
        :raises ServerNotFound: if there is none
        :raises HostNotFound: if there is no such host
        :raises SameHost: if it is there already
        :raises InvalidState: if it isn't stopped
        :raises NoValidHost: if no host, or not this one, can take it
        """
        with self._database.writing() as session:
            server = found(session, id)
            before = server.host
            if server.status != "SHUTOFF":
                raise InvalidState(operation="vietstack", id=id, status=server.status)
            if host == before:
                raise SameHost(id=id, host=host)
            image = session.get_one(Image, server.image_id)
            wanted = {name: server.flavor[name] for name in ("vcpus", "ram", "disk")}
            spec = RequestSpec(**wanted, properties=image.properties)
            server.host = self._placement.take(session, spec, on=host, besides=before)
            self._placement.release(session, before, server.flavor)
        return before, server

    def hosts_of(self, ids: Sequence[str]) -> dict[str, str]:
        """The hosts of some servers; a server that is gone has none."""
        found_hosts: dict[str, str] = {}
        with self._database.reading() as session:
            # SQLite has a limit on how many values a statement may have.
            for first in range(0, len(ids), 500):
                some = Server.id.in_(ids[first : first + 500])
                rows = session.execute(select(Server.id, Server.host).where(some))
                found_hosts |= {row.id: row.host for row in rows}
        return found_hosts

    def choose_hosts(self, flavor_id: str, image_id: str) -> list[WeighedHost]:
        """The hosts that could take a server now, the best one first.

        :raises FlavorNotFound: if there is no such flavor
        :raises ImageNotFound: if there is no such image
        :raises FlavorTooSmall: if they don't fit
        """
        with self._database.reading() as session:
            flavor, image = flavor_and_image(session, flavor_id, image_id)
            spec = spec_of(flavor, image)
            return self._placement.candidates(session, spec)


def found(session: Session, id: str) -> Server:
    """One server.

    :raises ServerNotFound: if there is none
    """
    server = session.scalar(select(Server).where(Server.id == id))
    if server is None:
        raise ServerNotFound(id=id)
    return server


def flavor_and_image(session: Session, flavor_id: str, image_id: str) -> tuple[Flavor, Image]:
    """What a server is to be made of.

    :raises FlavorNotFound: if there is no such flavor
    :raises ImageNotFound: if there is no such image
    """
    flavor, image = session.get(Flavor, flavor_id), session.get(Image, image_id)
    if flavor is None:
        raise FlavorNotFound(id=flavor_id)
    if image is None:
        raise ImageNotFound(id=image_id)
    return flavor, image


def flavor_facts(flavor: Flavor) -> dict[str, Any]:
    """What a server keeps of its flavor."""
    return {name: getattr(flavor, name) for name in ("id", "name", "vcpus", "ram", "disk")}
