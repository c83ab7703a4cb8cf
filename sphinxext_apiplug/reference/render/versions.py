"""Version ranges in words, where they say more than their surroundings do."""

from __future__ import annotations

from collections.abc import Iterable

from sphinxext_apiplug.inventory.model import Api, Operation
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange
from sphinxext_apiplug.reference.nodes import Badge


def api_range(api: Api) -> VersionRange:
    """All versions of the API."""
    return ALL_VERSIONS if api.microversions is None else api.microversions


def operation_range(api: Api, operation: Operation) -> VersionRange:
    """The versions in which an operation can be called."""
    whole = api_range(api)
    return operation.versions.intersect(whole) or whole


def words(versions: VersionRange, within: VersionRange) -> str:
    """Say ``since 1.2``, ``until 1.1``, ``1.1 to 1.2`` or ``only 1.1``.

    :return: empty if *versions* holds everything in *within*
    """
    since = versions.since if versions.low > within.low else None
    until = versions.until if versions.high < within.high else None
    if since is not None and until is not None:
        return f"only {since}" if since == until else f"{since} to {until}"
    if since is not None:
        return f"since {since}"
    return f"until {until}" if until is not None else ""


def badges(ranges: Iterable[VersionRange], within: VersionRange) -> tuple[Badge, ...]:
    """A badge for each range that is narrower than *within*."""
    return tuple(
        Badge(text, "until" if item.high < within.high else "since")
        for item in ranges
        if (text := words(item, within))
    )


def full_words(versions: VersionRange) -> str:
    """A range by itself: ``1.0 to 1.3``, ``2.1``, ``since 1.2`` or ``until 1.1``."""
    if versions.since is not None and versions.since == versions.until:
        return versions.since
    return words(versions, ALL_VERSIONS)


def attribute(ranges: Iterable[VersionRange], within: VersionRange) -> str:
    """Ranges as a script reads them: ``2.1-2.36 2.90-``.

    :return: empty if they hold everything in *within*
    """
    found = list(ranges)
    if any(item.covers(within) for item in found):
        return ""
    return " ".join(f"{item.since or ''}-{item.until or ''}" for item in found)
