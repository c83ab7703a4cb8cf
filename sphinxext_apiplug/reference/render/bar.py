"""The place where a reader chooses a version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from docutils import nodes

from sphinxext_apiplug.inventory.model import Api, Operation
from sphinxext_apiplug.inventory.versions import Microversion, VersionRange
from sphinxext_apiplug.reference.nodes import VersionBar
from sphinxext_apiplug.reference.render.options import RenderOptions
from sphinxext_apiplug.reference.render.versions import api_range

_Ends: TypeAlias = tuple[str | None, str | None]


def version_bar(
    api: Api, operations: Iterable[Operation], options: RenderOptions
) -> list[nodes.Node]:
    """A bar that a script fills; nothing where there is no choice."""
    whole = api.microversions
    shown = list(operations)
    if not shown or whole is None or whole.since is None or whole.until is None:
        return []
    if whole.since == whole.until:
        return []
    return [VersionBar("", choices=_choices(whole, shown), parameter=options.version_parameter)]


def differs_by_version(api: Api, operation: Operation) -> bool:
    """Whether anything of an operation isn't the same in all versions of the API."""
    whole = api_range(api)
    ranges = (VersionRange(since=since, until=until) for since, until in _ends_of(operation))
    return not all(item.covers(whole) for item in ranges)


def _choices(whole: VersionRange, operations: list[Operation]) -> str:
    """``2.1-2.90``; the versions one by one where a range doesn't say which they are."""
    if whole.low.major == whole.high.major:
        return f"{whole.since}-{whole.until}"
    named = {text for ends in _ends(whole, operations) for text in ends if text is not None}
    return " ".join(sorted(filter(whole.contains, named), key=Microversion.parse))


def _ends(whole: VersionRange, operations: list[Operation]) -> Iterator[_Ends]:
    yield whole.since, whole.until
    for operation in operations:
        yield from _ends_of(operation)


def _ends_of(operation: Operation) -> Iterator[_Ends]:
    found = [operation.versions]
    found += [item.versions for item in operation.parameters]
    found += [item.versions for item in operation.request]
    for response in operation.responses:
        found += [response.versions, *(item.versions for item in response.payloads)]
    yield from ((versions.since, versions.until) for versions in found)
