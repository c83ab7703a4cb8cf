"""Hosts, and what servers take of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compute_example.db.models import Flavor, Host, Image
from compute_example.exceptions import FlavorTooSmall, HostNotFound, NoValidHost
from compute_example.scheduler import RequestSpec, Scheduler, WeighedHost

_RESOURCES = ("vcpus", "ram", "disk")


class Placement:
    """Puts servers on hosts; to be used in a transaction that writes."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def candidates(self, session: Session, spec: RequestSpec) -> list[WeighedHost]:
        """The hosts that could take a server, the best one first."""
        return self._scheduler.choose([*session.scalars(select(Host))], spec)

    def take(
        self, session: Session, spec: RequestSpec, *, on: str | None = None, besides: str = ""
    ) -> str:
        """Take what a server needs.

        :param on: the host to take it on; ``None``: the best one
        :param besides: a host that isn't asked
        :return: the host's name
        :raises HostNotFound: if there is no such host
        :raises NoValidHost: if none, or not this one, can take it
        """
        if on is not None:
            host = self._named(session, spec, on)
        else:
            others = [item for item in self.candidates(session, spec) if item.host.name != besides]
            if not others:
                raise NoValidHost(reason="None passes all filters.")
            host = others[0].host
        _add(host, spec._asdict(), 1)
        return host.name

    def _named(self, session: Session, spec: RequestSpec, name: str) -> Host:
        host = session.get(Host, name)
        if host is None:
            raise HostNotFound(id=name)
        refusal = self._scheduler.refusal(host, spec)
        if refusal is not None:
            raise NoValidHost(reason=f"Host {name} does not pass the filter {refusal}.")
        return host

    def release(self, session: Session, name: str, flavor: Mapping[str, Any]) -> None:
        """Give back what a server had taken."""
        _add(session.get_one(Host, name), flavor, -1)


def spec_of(flavor: Flavor, image: Image) -> RequestSpec:
    """What a server of a flavor with an image needs.

    :raises FlavorTooSmall: if they don't fit
    """
    if flavor.ram < image.min_ram or flavor.disk < image.min_disk:
        raise FlavorTooSmall(flavor=flavor.id, image=image.id)
    return RequestSpec(flavor.vcpus, flavor.ram, flavor.disk, image.properties)


def _add(host: Host, amounts: Mapping[str, Any], sign: int) -> None:
    for name in _RESOURCES:
        used = f"{name}_used"
        setattr(host, used, getattr(host, used) + sign * amounts[name])
