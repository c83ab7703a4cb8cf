"""What a host must have to take a server; a function each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from compute_example.db.models import Host


class RequestSpec(NamedTuple):
    """What a server needs; memory in MiB, disk in GiB.

    :ivar properties: of the image, each of which a host must have too
    """

    vcpus: int
    ram: int
    disk: int
    properties: Mapping[str, Any]


Filter = Callable[[Host, RequestSpec], bool]


def enabled(host: Host, _spec: RequestSpec) -> bool:
    """Whether an operator lets servers be put on it."""
    return host.enabled


def up(host: Host, _spec: RequestSpec) -> bool:
    """Whether it is running."""
    return host.up


def vcpus(host: Host, spec: RequestSpec) -> bool:
    """Whether enough of its vCPUs are free."""
    return host.vcpus - host.vcpus_used >= spec.vcpus


def ram(host: Host, spec: RequestSpec) -> bool:
    """Whether enough of its memory is free."""
    return host.ram - host.ram_used >= spec.ram


def disk(host: Host, spec: RequestSpec) -> bool:
    """Whether enough of its disk is free."""
    return host.disk - host.disk_used >= spec.disk


def image_properties(host: Host, spec: RequestSpec) -> bool:
    """Whether it has every property that the image asks for."""
    return all(host.properties.get(key) == value for key, value in spec.properties.items())


#: Name in the settings -> filter.
FILTERS: Final[Mapping[str, Filter]] = {
    function.__name__: function for function in (enabled, up, vcpus, ram, disk, image_properties)
}
