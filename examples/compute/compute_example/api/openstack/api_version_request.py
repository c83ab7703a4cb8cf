"""Microversions: what was asked for, and what each of them changed."""

from __future__ import annotations

import functools
import re

REST_API_VERSION_HISTORY = """The microversions of this API

* 2.1 - The first one.
* 2.2 - Servers have a `description`, which may be given when they are created or updated.
* 2.3 - The `flavor` of a server in an answer holds what the flavor was when the server was
  created, no longer its id.
* 2.4 - `GET /images/detail` is removed, and so is the `progress` of an image; `GET /images`
  and `GET /images/{id}` stay.
* 2.5 - Each host of `GET /os-scheduler-hosts` says what is `free` on it.
"""

_MIN_API_VERSION = "2.1"
_MAX_API_VERSION = "2.5"
_VERSION = re.compile(r"([1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})", re.ASCII)


@functools.total_ordering
class APIVersionRequest:
    """A version as ``2.3``; without one it is null, which no version equals.

    :raises ValueError: if the text is no version
    """

    def __init__(self, version_string: str | None = None) -> None:
        self.ver_major = self.ver_minor = 0
        if version_string is not None:
            match = _VERSION.fullmatch(version_string)
            if match is None:
                raise ValueError(version_string)
            self.ver_major, self.ver_minor = int(match[1]), int(match[2])

    def __str__(self) -> str:
        return f"{self.ver_major}.{self.ver_minor}"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, APIVersionRequest):
            return NotImplemented
        return self._key == other._key

    def __lt__(self, other: APIVersionRequest) -> bool:
        return self._key < other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[int, int]:
        return self.ver_major, self.ver_minor

    def is_null(self) -> bool:
        """Whether no version was given."""
        return self.ver_major == 0

    def matches(self, min_version: APIVersionRequest, max_version: APIVersionRequest) -> bool:
        """Whether it lies between two versions, both included; null ones are open ends."""
        if self.is_null():
            raise ValueError("a null version matches nothing")
        return (min_version.is_null() or min_version <= self) and (
            max_version.is_null() or self <= max_version
        )

    def get_string(self) -> str:
        """The version as it is written in headers.

        :raises ValueError: for the null version
        """
        if self.is_null():
            raise ValueError("a null version has no text")
        return str(self)


def min_api_version() -> APIVersionRequest:
    """The oldest version that the API accepts."""
    return APIVersionRequest(_MIN_API_VERSION)


def max_api_version() -> APIVersionRequest:
    """The newest version that the API accepts."""
    return APIVersionRequest(_MAX_API_VERSION)


def is_supported(
    req: object, min_version: str = _MIN_API_VERSION, max_version: str = _MAX_API_VERSION
) -> bool:
    """Whether a request's version lies between two versions, both included."""
    asked: APIVersionRequest = getattr(req, "api_version_request")  # noqa: B009 - any request
    return asked.matches(APIVersionRequest(min_version), APIVersionRequest(max_version))
