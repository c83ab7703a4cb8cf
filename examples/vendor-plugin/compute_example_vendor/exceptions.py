"""What can go wrong with maintenance windows, apart from HTTP."""

from __future__ import annotations

from compute_example.exceptions import ComputeError, NotFound


class WindowNotFound(NotFound):
    """There is no such window."""

    msg_fmt = "Maintenance window %(id)s could not be found."


class EndsTooEarly(ComputeError):
    """A window ends before it begins."""

    msg_fmt = "The maintenance window must end after it begins."


class Overlap(ComputeError):
    """A host has a window at that time already."""

    msg_fmt = "Host %(host)s has maintenance window %(id)s at that time."
