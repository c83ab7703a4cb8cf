"""What a handler answers with: codes, what they mean, and which of them has a body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus

import msgspec

from sphinxext_apiplug.inventory.model import Payload, Response
from sphinxext_apiplug.inventory.versions import VersionRange, gaps, merge
from sphinxext_apiplug.readers.findings import Findings
from sphinxext_apiplug.readers.handlers import Handler
from sphinxext_apiplug.readers.queries import reasons_to_refuse, refusing

# What the framework answers with unless a handler says otherwise.
_DEFAULT_SUCCESS = 200
_BAD_REQUEST = 400


def statuses(handler: Handler, body: Findings) -> Iterable[tuple[int, bool, VersionRange]]:
    """(status, inferred, versions) of everything that one handler may answer with."""
    for declared in (*handler.success, *handler.errors):
        versions = declared.versions.intersect(handler.versions)
        for status in declared.codes if versions is not None else ():
            yield status, False, versions or handler.versions
    if not handler.success:
        yield from _deduced_success(handler, body)
    declared_here = [item.versions for item in handler.errors if _BAD_REQUEST in item.codes]
    for refused in merge(refusing(handler)):
        for versions in gaps(refused, declared_here):
            yield _BAD_REQUEST, True, versions
    declared_errors = {status for item in handler.errors for status in item.codes}
    for status in sorted(body.raised.keys() - declared_errors):
        yield status, True, handler.versions


def _deduced_success(handler: Handler, body: Findings) -> Iterable[tuple[int, bool, VersionRange]]:
    """The codes that are returned explicitly; the framework's own where none is."""
    returned = [
        (status, versions)
        for status, held in sorted(body.statuses, key=lambda item: item[0])
        if (versions := held.intersect(handler.versions)) is not None
    ]
    for status, versions in returned:
        yield status, True, versions
    for versions in gaps(handler.versions, [item for _, item in returned]):
        yield _DEFAULT_SUCCESS, True, versions


def reasons(handler: Handler, body: Findings, status: int) -> list[str]:
    """Why a handler answers with a code, as far as its declarations and its code say it."""
    refusals = list(reasons_to_refuse(handler)) if status == _BAD_REQUEST else []
    return refusals + body.raised.get(status, [])


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
