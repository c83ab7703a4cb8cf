"""Which microversions there are, and what a document shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from sphinxext_apiplug.inventory.errors import VersionError
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, Microversion, VersionRange
from sphinxext_apiplug.openapi.errors import UnknownMicroversionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinxext_apiplug.inventory.model import Inventory, Operation

#: Asks for one document of all versions.
ALL: Final = "all"


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What one document shows: everything that holds at one version, or all.

    :ivar version: the version shown; ``None`` if versions play no part
    :ivar all_versions: every variant is shown, marked with its versions
    :ivar limits: the versions that the API accepts
    """

    version: Microversion | None = None
    all_versions: bool = False
    limits: VersionRange = ALL_VERSIONS

    def shows(self, versions: VersionRange) -> bool:
        """Whether something that holds in *versions* belongs into the document."""
        if self.all_versions:
            return versions.intersect(self.limits) is not None
        return self.version is None or versions.contains(self.version)

    def marks(self, versions: VersionRange) -> dict[str, str]:
        """``min-ver`` and ``max-ver`` of something that isn't in every version.

        Empty in a document of one version, and where *versions* are all there are.
        """
        if not self.all_versions or versions.covers(self.limits):
            return {}
        since = versions.since if versions.low >= self.limits.low else self.limits.since
        until = versions.until if versions.high < self.limits.high else None
        ends = {"min-ver": since, "max-ver": until}
        return {key: end for key, end in ends.items() if end is not None}


def view_of(inventory: Inventory, microversion: str | None) -> View:
    """What a document shows.

    :param microversion: ``X.Y``, ``"all"``, or ``None`` for the newest
    :raises UnknownMicroversionError: if the API doesn't accept that version
    """
    limits = inventory.api.microversions or ALL_VERSIONS
    if microversion == ALL:
        return View(all_versions=True, limits=limits)
    if microversion is None:
        return View(version=_newest(inventory), limits=limits)
    try:
        version = Microversion.parse(microversion)
    except VersionError:
        version = None
    if version is None or inventory.api.microversions is None or not limits.contains(version):
        raise UnknownMicroversionError(inventory.api.name, microversion, versions_of(inventory))
    return View(version=version, limits=limits)


def versions_of(inventory: Inventory) -> tuple[str, ...]:
    """Every microversion of the API, oldest first; none without microversions.

    Where the API's range is open or spans major versions, these are the
    versions that the inventory names.
    """
    limits = inventory.api.microversions
    if limits is None:
        return ()
    if limits.since and limits.until and limits.low.major == limits.high.major:
        major = limits.low.major
        minors = range(limits.low.minor, limits.high.minor + 1)
        return tuple(f"{major}.{minor}" for minor in minors)
    named = {end for end in _ends(inventory) if limits.contains(end)}
    return tuple(str(version) for version in sorted(named))


def _newest(inventory: Inventory) -> Microversion | None:
    limits = inventory.api.microversions
    if limits is not None and limits.until is not None:
        return limits.high
    return max(_ends(inventory), default=None)


def _ends(inventory: Inventory) -> Iterator[Microversion]:
    """Every version at which some range begins or ends."""
    for versions in _ranges(inventory):
        for end in (versions.since, versions.until):
            if end is not None:
                yield Microversion.parse(end)


def _ranges(inventory: Inventory) -> Iterator[VersionRange]:
    yield inventory.api.microversions or ALL_VERSIONS
    for operation in inventory.operations:
        yield from _ranges_of(operation)


def _ranges_of(operation: Operation) -> Iterator[VersionRange]:
    yield operation.versions
    parts: tuple[tuple[Any, ...], ...] = (
        operation.parameters,
        operation.request,
        operation.responses,
    )
    yield from (item.versions for part in parts for item in part)
    for response in operation.responses:
        yield from (payload.versions for payload in response.payloads)
