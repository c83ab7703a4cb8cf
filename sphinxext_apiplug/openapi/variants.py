"""The payloads that a document shows at one place, and how they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import structs

from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.openapi.work import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_apiplug.inventory.model import Payload
    from sphinxext_apiplug.openapi.versions import View
    from sphinxext_apiplug.openapi.work import Work

#: Read by OpenStack's code generators.
VENDOR: Final = "x-openstack"


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """What holds in some versions.

    :ivar schemas: mostly one; where there are several, all of them hold
    """

    schemas: tuple[Schema, ...]
    versions: VersionRange


def variants(
    payloads: Sequence[Payload], within: VersionRange, view: View, work: Work
) -> list[Variant]:
    """What holds of *payloads*, oldest first; equal neighbours become one.

    In a document of one version there is one variant at most: whatever holds
    at that version holds together.
    """
    found: list[Variant] = []
    for payload in payloads:
        versions = payload.versions.intersect(within)
        if versions is not None and view.shows(versions):
            found.append(Variant(schemas=(payload.schema,), versions=versions))
    found.sort(key=lambda variant: variant.versions.sort_key)
    if view.all_versions or len(found) < 2:
        return _merged(found, work)
    distinct = {work.content(schema): schema for variant in found for schema in variant.schemas}
    return [Variant(schemas=tuple(distinct.values()), versions=within)]


def _merged(found: list[Variant], work: Work) -> list[Variant]:
    merged: list[Variant] = []
    for variant in found:
        last = merged[-1] if merged else None
        versions = last.versions.union(variant.versions) if last else None
        if last and versions and _contents(last, work) == _contents(variant, work):
            merged[-1] = structs.replace(last, versions=versions)
        else:
            merged.append(variant)
    return merged


def _contents(variant: Variant, work: Work) -> list[bytes]:
    return [work.content(schema) for schema in variant.schemas]


def suffix(variant: Variant, view: View) -> str:
    """Tells a variant's component from its siblings': ``_1_2`` where 1.2 began it."""
    marks = view.marks(variant.versions)
    since = marks.get("min-ver")
    text = since if since is not None else f"until {marks.get('max-ver', '')}"
    return "_" + text.replace(".", "_").replace(" ", "_").rstrip("_")


def choice(
    schemas: Sequence[dict[str, Any]], discriminator: str | None, keyword: str = "oneOf"
) -> dict[str, Any]:
    """One schema for several: itself where there is one, else a list under *keyword*."""
    distinct = list({canonical(schema): schema for schema in schemas}.values())
    if len(distinct) == 1:
        return distinct[0]
    if {} in distinct:
        return {}
    chosen: dict[str, Any] = {keyword: distinct}
    if discriminator is not None:
        chosen[VENDOR] = {"discriminator": discriminator}
    return chosen
