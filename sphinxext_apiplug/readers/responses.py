"""What a handler answers with: codes, what they mean, and which of them has a body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus

import msgspec

from sphinxext_apiplug.inventory.model import Payload, Response
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.readers.findings import Findings
from sphinxext_apiplug.readers.handlers import Handler

# What the framework answers with unless a handler says otherwise.
_DEFAULT_SUCCESS = 200


def statuses(handler: Handler, body: Findings) -> Iterable[tuple[int, bool, VersionRange]]:
    """(status, inferred, versions) of everything that one handler may answer with."""
    for declared in (*handler.success, *handler.errors):
        versions = declared.versions.intersect(handler.versions)
        for status in declared.codes if versions is not None else ():
            yield status, False, versions or handler.versions
    for status in sorted(set(body.statuses)) if not handler.success else []:
        yield status, True, handler.versions
    if not handler.success and not body.statuses:
        yield _DEFAULT_SUCCESS, True, handler.versions
    if not handler.errors:
        for status in sorted(body.raised):
            yield status, True, handler.versions


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
