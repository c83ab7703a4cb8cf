"""Comparing what no version plays a part in: the API, extensions, an operation's head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from sphinxext_apiplug.checks.diff.found import Found, Place, texts
from sphinxext_apiplug.checks.diff.match import renamed
from sphinxext_apiplug.checks.diff.policies import PolicyComparer
from sphinxext_apiplug.checks.diff.steps import ranges_of, starts_of
from sphinxext_apiplug.inventory.model import (
    Api,
    Contact,
    Inventory,
    License,
    Operation,
    Removal,
)

_API = Place(part="api")
_OPERATION = Place(part="operation")


def compare_apis(old: Api, new: Api, *, is_rebased: bool) -> Iterator[Found]:
    """What changed of the API as a whole."""
    if is_rebased:
        yield _API.found("base-path-changed", old.base_path or "/", new.base_path or "/")
    yield from _microversions(old, new)
    yield from _security(old, new)
    before, after = ([server.url for server in api.servers] for api in (old, new))
    yield from (_API.found("server-removed", before=url) for url in before if url not in after)
    yield from (_API.found("server-added", after=url) for url in after if url not in before)
    if old.title != new.title:
        yield _API.found("title-changed", old.title, new.title)
    yield from texts(_API, old.description, new.description)
    if old.contact != new.contact:
        yield _API.found("contact-changed", *_named(old.contact, new.contact))
    if old.license != new.license:
        yield _API.found("license-changed", *_named(old.license, new.license))


def _named(old: Contact | License | None, new: Contact | License | None) -> tuple[Any, Any]:
    """What tells both apart: their names, or all that is known of them."""
    before, after = (item.name if item else None for item in (old, new))
    if before != after:
        return before, after
    return msgspec.to_builtins(old), msgspec.to_builtins(new)


def _microversions(old: Api, new: Api) -> Iterator[Found]:
    before, after = old.microversions, new.microversions
    if before is None or after is None:
        if before is not None:
            yield _API.found("microversions-abandoned", before=str(before))
        if after is not None:
            yield _API.found("microversions-introduced", after=str(after))
        return
    if before.low != after.low:
        kind = "raised" if after.low > before.low else "lowered"
        yield _API.found(f"microversion-minimum-{kind}", before.since, after.since)
    if before.high != after.high:
        kind = "raised" if after.high > before.high else "lowered"
        yield _API.found(f"microversion-maximum-{kind}", before.until, after.until)
    one, two = _header(old), _header(new)
    if one != two:
        yield _API.found("microversion-header-changed", one, two)


def _header(api: Api) -> str:
    return f"{api.microversion_header}: {f'{api.service_type} ' if api.service_type else ''}X.Y"


def _security(old: Api, new: Api) -> Iterator[Found]:
    before, after = (api.security.header if api.security else None for api in (old, new))
    if before == after:
        return
    if before is None:
        yield _API.found("security-added", after=after)
    elif after is None:
        yield _API.found("security-removed", before=before)
    else:
        yield _API.found("security-changed", before, after)


def compare_extensions(old: Inventory, new: Inventory) -> Iterator[Found]:
    """Which extensions came and went, and where they come from."""
    before = {item.alias: item for item in old.extensions}
    after = {item.alias: item for item in new.extensions}
    for alias, item in before.items():
        if alias not in after:
            gone = Place(part="extension", name=alias)
            yield gone.found("extension-removed", before=item.distribution)
    for alias, item in after.items():
        place, known = Place(part="extension", name=alias), before.get(alias)
        if known is None:
            yield place.found("extension-added", after=item.distribution)
            continue
        if known.name != item.name:
            yield place.found("extension-renamed", known.name, item.name)
        if known.distribution != item.distribution:
            yield place.found("extension-moved", known.distribution, item.distribution)
        yield from texts(place, known.description, item.description)


def compare_heads(old: Operation, new: Operation, policies: PolicyComparer) -> Iterator[Found]:
    """What changed of an operation at all versions: its texts, its policies, its code."""
    if old.removed is None and new.removed is not None:
        yield _OPERATION.found("operation-withdrawn", after=_reason(new.removed))
    elif old.removed is not None and new.removed is None:
        yield _OPERATION.found("operation-restored", before=_reason(old.removed))
    if old.deprecated != new.deprecated:
        kind = "operation-deprecated" if new.deprecated else "operation-undeprecated"
        yield _OPERATION.found(kind)
    if old.id != new.id:
        yield _OPERATION.found("operation-id-changed", old.id, new.id)
    if old.extension != new.extension:
        yield _OPERATION.found("operation-moved", old.extension, new.extension)
    for before, after in renamed(old, new).items():
        yield Place(part="path", name=after).found("path-parameter-renamed", before, after)
    yield from texts(_OPERATION, old.summary, new.summary, "summary")
    yield from texts(_OPERATION, old.description, new.description)
    yield from policies.compare(old, new)
    yield from _code(old, new)


def _reason(removal: Removal) -> str:
    since = f"since {removal.version}" if removal.version else "no reason is given"
    return removal.reason or since


def _code(old: Operation, new: Operation) -> Iterator[Found]:
    """The versions that the handlers' code asks for."""
    for text in _asked(old, new):
        yield _OPERATION.found("behaviour-unversioned", before=text)
    for text in _asked(new, old):
        yield _OPERATION.found("behaviour-versioned", after=text)


def _asked(one: Operation, other: Operation) -> Iterable[str]:
    """What the code of one asks for, unless the other has something of its own there too.

    A handler that asks may stand for one a range of versions, or ask the other way round.
    """
    checks = [check.versions for check in other.version_checks]
    known = frozenset(starts_of([*ranges_of(other), *checks]))
    return dict.fromkeys(
        str(check.versions)
        for check in one.version_checks
        if not known.issuperset(starts_of([check.versions]))
    )
