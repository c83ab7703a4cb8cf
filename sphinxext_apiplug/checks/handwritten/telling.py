"""Problems with what a reference says of one operation."""

from __future__ import annotations

from collections.abc import Sequence

from sphinxext_apiplug.handwritten.model import Place, Row, Written
from sphinxext_apiplug.inventory.errors import VersionError
from sphinxext_apiplug.inventory.model import Operation
from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.inventory.versions import VersionRange, hull


class Telling:
    """Makes the problems of one operation."""

    def __init__(
        self, operation: Operation, texts: Sequence[Written], served: VersionRange
    ) -> None:
        self.operation = operation
        self._served = operation.versions.intersect(served) or operation.versions
        self.place = texts[0].place
        # Several sections tell several ways to call it, each with fields that it needs.
        self.has_one_way = len(texts) == 1
        self._methods = [method for written in texts for method in written.methods]

    def versions(self) -> VersionRange:
        """The operation's versions, as far as the sections are about them.

        :raises VersionError: if what is written isn't a range of versions
        """
        ranges = [VersionRange(since=item.since, until=item.until) for item in self._methods]
        return hull(ranges).intersect(self._served) or self._served

    def versions_or_all(self) -> VersionRange:
        """The same, or all of the operation's where what is written isn't a range."""
        try:
            return self.versions()
        except VersionError:
            return self._served

    def problem(self, kind: str, name: str, message: str, place: Place | None = None) -> Problem:
        """A problem with one parameter or field; at the section where no row has it."""
        place = place or self.place
        return Problem(
            kind=kind,
            subject=self.operation.id,
            message=message,
            source=Source(object=name, file=place.file, line=place.line),
            extension=self.operation.extension,
        )

    def misplaced(self, row: Row, where: str) -> Problem:
        """A problem with a row that names the wrong half of a request."""
        message = f"{row.name!r} is in the {where}, not in the {location_of(row)}"
        return self.problem("handwritten-place", row.name, message, row.place)


def location_of(row: Row) -> str:
    """Where the entry of a row says that it is; empty if there is none."""
    return row.entry.location if row.entry is not None else ""
