"""What a document that apiplug made says of microversions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from sphinxext_apiplug.checks.diff.openapi.tree import Node
from sphinxext_apiplug.inventory.errors import VersionError
from sphinxext_apiplug.inventory.versions import (
    ALL_VERSIONS,
    Microversion,
    VersionRange,
)

#: The extension of the specification that carries versions and actions.
VENDOR: Final = "x-openstack"

_VALUE: Final = re.compile(r"(?:(?P<service>\S+) )?(?P<version>[0-9]+\.[0-9]+)", re.ASCII)


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    """The microversions of a document.

    :ivar accepted: those that the API accepts; ``None`` if the document is of one
        version, or of an API without any
    :ivar name: the header that asks for one; empty if there is none
    :ivar service_type: what stands before the version in that header
    """

    accepted: VersionRange | None = None
    name: str = ""
    service_type: str | None = None

    @property
    def header(self) -> dict[str, Any]:
        """What the API says of the header."""
        if not self.name:
            return {}
        return {"microversion_header": self.name, "service_type": self.service_type}


def versions_of(root: Node) -> Versions:
    """Find the header that every operation of our documents has."""
    info = root.child("info")
    own = info.value.get("x-apiplug") if info else None
    if not isinstance(own, dict) or "microversion" not in own:
        return Versions()
    for node in _parameters(root):
        found = _header(node.resolved(), is_whole=own["microversion"] == "all")
        if found is not None:
            return found
    return Versions()


def _parameters(root: Node) -> Iterator[Node]:
    """The parameters of any operation: the header stands with all of them."""
    paths = root.child("paths")
    for _, item in paths.members() if paths else ():
        for _, operation in item.resolved().members():
            if isinstance(operation.value, dict) and operation.has("parameters"):
                yield from operation.at("parameters").items()


def _header(node: Node, *, is_whole: bool) -> Versions | None:
    schema = node.child("schema")
    values = schema.get("enum", list) if schema and node.text("in") == "header" else None
    matches = [_VALUE.fullmatch(str(value)) for value in values or ()]
    read = [item for item in matches if item is not None]
    if not read or len(read) < len(matches):
        return None
    named = sorted(Microversion.parse(item["version"]) for item in read)
    accepted = VersionRange(since=str(named[0]), until=str(named[-1])) if is_whole else None
    return Versions(accepted=accepted, name=node.text("name"), service_type=read[0]["service"])


def marked(node: Node) -> VersionRange:
    """The versions in which something holds; all if nothing is said."""
    marks = node.value.get(VENDOR)
    if not isinstance(marks, dict) or not {"min-ver", "max-ver"} & marks.keys():
        return ALL_VERSIONS
    try:
        return VersionRange(since=marks.get("min-ver"), until=marks.get("max-ver"))
    except (VersionError, TypeError):
        return node.at(VENDOR).fail("holds no microversions")


def elementary(ranges: Sequence[VersionRange]) -> Iterable[VersionRange]:
    """Ranges that don't overlap, cut wherever one of the given ones begins or ends."""
    starts: dict[Microversion, str | None] = {}
    for versions in ranges:
        starts[versions.low] = versions.since
        if versions.until is not None:
            following = versions.high.next()
            starts[following] = str(following)
    ordered = sorted(starts)
    for index, low in enumerate(ordered):
        after = ordered[index + 1] if index + 1 < len(ordered) else None
        until = str(Microversion(after.major, after.minor - 1)) if after and after.minor else None
        yield VersionRange(since=starts[low], until=until)
