"""What can go wrong in the service, apart from HTTP."""

from __future__ import annotations

from typing import Any


class ComputeError(Exception):
    """Base of all errors of the service; attributes are what the message tells.

    :cvar msg_fmt: the message, with a place for each attribute
    """

    msg_fmt = "An error has happened."

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.msg_fmt % facts)


class NotFound(ComputeError):
    """Something that was asked for isn't there."""


class ServerNotFound(NotFound):
    """There is no such server."""

    msg_fmt = "Server %(id)s could not be found."


class FlavorNotFound(NotFound):
    """There is no such flavor."""

    msg_fmt = "Flavor %(id)s could not be found."


class ImageNotFound(NotFound):
    """There is no such image."""

    msg_fmt = "Image %(id)s could not be found."


class HostNotFound(NotFound):
    """There is no such host."""

    msg_fmt = "Host %(id)s could not be found."


class FlavorTooSmall(ComputeError):
    """A flavor has less than an image needs."""

    msg_fmt = "Flavor %(flavor)s is too small for image %(image)s."


class MarkerNotFound(ComputeError):
    """A page was to begin after something that isn't there."""

    msg_fmt = "Marker %(id)s could not be found."


class FlavorExists(ComputeError):
    """A flavor's name or id is taken."""

    msg_fmt = "A flavor with this name or id exists already."


class InvalidState(ComputeError):
    """An operation doesn't fit the state that a server is in."""

    msg_fmt = "Cannot %(operation)s server %(id)s while it is %(status)s."


class NoValidHost(ComputeError):
    """No host can take a server."""

    msg_fmt = "No valid host was found. %(reason)s"


class PolicyNotAuthorized(ComputeError):
    """The caller's roles don't allow what is asked for."""

    msg_fmt = "Policy doesn't allow %(rule)s to be performed."


class ValidationError(ComputeError):
    """A body or a query string doesn't match its schema."""

    msg_fmt = "%(detail)s"


class Unexpected(ComputeError):
    """A handler answered with an error that it doesn't declare."""

    msg_fmt = "%(handler)s answered with %(code)d, which it doesn't declare."


class SameHost(ComputeError):
    """A server is to move to where it is."""

    msg_fmt = "Server %(id)s is on host %(host)s already."
