"""The index of operations, by path."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sphinx.domains import Index, IndexEntry
from sphinx.locale import _

from sphinxext_apiplug.reference.render.index import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinxext_apiplug.reference.objects import ObjectEntry


# The index is a single page: of more operations it names the pages that they are on.
_MOST: Final = 1_500


class OperationIndex(Index):
    """Every described operation, under the first step of its path."""

    name = "index"
    localname = _("API operations")
    shortname = _("operations")

    def generate(
        self, docnames: Iterable[str] | None = None
    ) -> tuple[list[tuple[str, list[IndexEntry]]], bool]:
        """Headings with their entries; nothing is collapsed.

        :param docnames: only what these documents describe
        """
        wanted = None if docnames is None else set(docnames)
        rows = [row for row in self._operations() if wanted is None or row[1].docname in wanted]
        groups: dict[str, list[tuple[str, ObjectEntry]]] = {}
        for row in rows:
            groups.setdefault(row[1].group, []).append(row)
        make = _entries if len(rows) <= _MOST else _pages
        return [(group, make(found)) for group, found in sorted(groups.items())], False

    def _operations(self) -> list[tuple[str, ObjectEntry]]:
        """(API name if there are several, operation), by path and method."""
        found = [
            (name.partition(":")[0], entries[0])
            for (role, name), entries in self.domain.data["objects"].items()
            if role == "op"
        ]
        several = len({api for api, _entry in found}) > 1
        rows = [(api if several else "", entry) for api, entry in found]
        return sorted(rows, key=lambda row: (row[1].call.partition(" ")[2], row[1].call, row[0]))


def _entries(found: Sequence[tuple[str, ObjectEntry]]) -> list[IndexEntry]:
    return [
        IndexEntry(entry.call, 0, entry.docname, entry.node_id, api, "", entry.title)
        for api, entry in found
    ]


def _pages(found: Sequence[tuple[str, ObjectEntry]]) -> list[IndexEntry]:
    """An entry for each page, with how many operations it has of the group."""
    counted = Counter((api, entry.docname, entry.group) for api, entry in found)
    return [
        IndexEntry(group, 0, docname, "", api, "", count(number, "operation"))
        for (api, docname, group), number in counted.items()
    ]
