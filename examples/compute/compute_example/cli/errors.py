"""What can go wrong, in a person's words: each error is one line."""

from __future__ import annotations

from typing import Any, Final

import requests

#: Longer texts in an answer were not written for a terminal.
_LONGEST: Final = 600


class ClientError(Exception):
    """Something that the person at the keyboard should know; its text is one line."""

    def __init__(self, message: str) -> None:
        # The service's words may be anybody's: nothing in them steers a terminal.
        line = " ".join(message.split())
        super().__init__(
            "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in line)
        )


class NotFoundError(ClientError):
    """What was asked for isn't there."""


def error_from(response: requests.Response, asked: str = "") -> ClientError:
    """The error that an answer with a status of 400 or more stands for.

    :param response: the answer
    :param asked: the microversion that the call asked for, for the message about 406
    """
    said = _message_of(response)
    match response.status_code:
        case 401:
            text = f"the service wants to know who you are: {said} Give a token with --os-token."
        case 403:
            text = f"you may not do that: {said}"
        case 404:
            return NotFoundError(f"not found: {said}")
        case 406:
            text = f"the service doesn't speak microversion {asked}: {said}"
        case 409:
            text = f"not possible now: {said}"
        case code if code >= 500:
            text = f"the service failed ({code}): {said} Its log says more."
        case code:
            text = f"the service refused ({code}): {said}"
    return ClientError(text)


def _message_of(response: requests.Response) -> str:
    """The service's own words: ``{"conflictingRequest": {"code": 409, "message": …}}``."""
    try:
        body: Any = response.json()
    except requests.exceptions.JSONDecodeError:
        body = None
    faults = body.values() if isinstance(body, dict) else ()
    messages = [fault.get("message") for fault in faults if isinstance(fault, dict)]
    said = " ".join(message.strip() for message in messages if isinstance(message, str))
    said = said[:_LONGEST] or str(response.reason or "it gave no reason")
    return said if said.endswith((".", "!", "?")) else f"{said}."
