"""What a handler answers with: codes, what they mean, and which of them has a body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus

import msgspec

from sphinxext_apiplug.inventory.model import Header, Payload, Response, Schema
from sphinxext_apiplug.inventory.versions import VersionRange, gaps, merge
from sphinxext_apiplug.readers.findings import Findings, SetHeader
from sphinxext_apiplug.readers.handlers import Handler, VersionedCodes
from sphinxext_apiplug.readers.queries import reasons_to_refuse, refusing

# What the framework answers with unless a handler says otherwise.
_DEFAULT_SUCCESS = 200
_BAD_REQUEST = 400
_ADDRESSES = frozenset({"location", "content-location"})


def statuses(handler: Handler, body: Findings) -> Iterable[tuple[int, bool, VersionRange]]:
    """(status, inferred, versions) of everything that one handler may answer with."""
    for versions in gaps(handler.versions, body.refused):
        if handler.success:
            yield from _declared(handler.success, versions)
            yield from _beside_declared(handler.success, versions, body)
        else:
            yield from _deduced_success(versions, body)
    yield from _declared(handler.errors, handler.versions)
    declared_here = [item.versions for item in handler.errors if _BAD_REQUEST in item.codes]
    for refused in merge(refusing(handler)):
        for versions in gaps(refused, declared_here):
            yield _BAD_REQUEST, True, versions
    declared_errors = {status for item in handler.errors for status in item.codes}
    raised = body.raised.keys() | set(handler.exceptions.values())
    for status in sorted(raised - declared_errors):
        yield status, True, handler.versions


def _declared(
    codes: Iterable[VersionedCodes], served: VersionRange
) -> Iterable[tuple[int, bool, VersionRange]]:
    for item in codes:
        held = item.versions.intersect(served)
        if held is not None:
            yield from ((status, False, held) for status in item.codes)


def _beside_declared(
    codes: Iterable[VersionedCodes], served: VersionRange, body: Findings
) -> Iterable[tuple[int, bool, VersionRange]]:
    """The codes that the body gives its answers in place of the declared ones."""
    for status, held in sorted(body.statuses, key=lambda item: item[0]):
        versions = held.intersect(served)
        said = [item.versions for item in codes if status in item.codes]
        if versions is not None:
            yield from ((status, True, item) for item in gaps(versions, said))


def _deduced_success(
    served: VersionRange, body: Findings
) -> Iterable[tuple[int, bool, VersionRange]]:
    """The codes that are returned explicitly; the framework's own where none is."""
    returned = [
        (status, versions)
        for status, held in sorted({**body.usual, **body.statuses}, key=lambda item: item[0])
        if (versions := held.intersect(served)) is not None
    ]
    for status, versions in returned:
        yield status, True, versions
    for versions in gaps(served, [item for _, item in returned]):
        yield _DEFAULT_SUCCESS, True, versions


def reasons(handler: Handler, body: Findings, status: int) -> list[str]:
    """Why a handler answers with a code, as far as its declarations and its code say it."""
    refusals = list(reasons_to_refuse(handler)) if status == _BAD_REQUEST else []
    return refusals + body.raised.get(status, [])


def with_headers(
    responses: Sequence[Response], found: Sequence[tuple[SetHeader, VersionRange]]
) -> tuple[Response, ...]:
    """Give each response the headers that handlers set on it.

    :param found: headers, and the versions in which their handler serves
    """
    return tuple(
        msgspec.structs.replace(item, headers=tuple(_headers_of(item, responses, found)))
        for item in responses
    )


def _headers_of(
    response: Response,
    responses: Sequence[Response],
    found: Sequence[tuple[SetHeader, VersionRange]],
) -> Iterable[Header]:
    ranges: dict[str, list[VersionRange]] = {}
    codes = {item.status for item in responses}
    for header, served in found:
        own = header.status if header.status in codes else None
        meant = response.status < 400 if own is None else response.status == own
        held = header.versions.intersect(served)
        held = held.intersect(response.versions) if held is not None and meant else None
        if held is not None:
            ranges.setdefault(header.name, []).append(held)
    for name, held_in in sorted(ranges.items()):
        for versions in merge(held_in):
            yield Header(name=name, schema=_schema_of(name), versions=versions, inferred=True)


def _schema_of(name: str) -> Schema:
    """What a header holds, as far as its name says it."""
    address = name.lower() in _ADDRESSES
    return {"type": "string", "format": "uri-reference"} if address else {"type": "string"}


def with_payloads(
    responses: Sequence[Response], payloads: Sequence[Payload]
) -> tuple[Response, ...]:
    """Give each body to the first success code of its versions.

    :param responses: ordered by status
    """
    found: dict[int, list[Payload]] = {}
    for payload in payloads:
        taken: list[VersionRange] = []
        for index, response in enumerate(responses):
            held = payload.versions.intersect(response.versions)
            if response.status < 400 and held and not any(item.covers(held) for item in taken):
                taken.append(held)
                found.setdefault(index, []).append(msgspec.structs.replace(payload, versions=held))
    return tuple(
        msgspec.structs.replace(response, payloads=tuple(found.get(index, ())))
        for index, response in enumerate(responses)
    )


def without_a_code(
    responses: Sequence[Response], payloads: Iterable[Payload]
) -> Iterable[Payload]:
    """The bodies of versions in which no request succeeds."""
    for payload in payloads:
        held = [item.versions for item in responses if item.status < 400]
        if all(payload.versions.intersect(versions) is None for versions in held):
            yield payload


def description_of(status: int, reasons: Sequence[str]) -> str:
    """The code's reason phrase, and why it comes.

    :param reasons: as the handler's code words them, maybe as templates
    """
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = f"Status {status}"
    texts = [text for reason in reasons if (text := _readable(reason)) not in ("", phrase)]
    return f"{phrase}: {'; '.join(texts)}" if texts else phrase


def _readable(template: str) -> str:
    """A message template with ``%(name)s`` as ``{name}``, on one line."""
    text = re.sub(r"%\((\w+)\)[-#0-9.]*[a-z]", r"{\1}", " ".join(template.split()))
    return re.sub(r"%[-#0-9.]*[sdrif]", "…", text).rstrip(".:; ")
