"""The index of operations, by path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.domains import Index, IndexEntry
from sphinx.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext_apiplug.reference.objects import ObjectEntry


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
        groups: dict[str, list[IndexEntry]] = {}
        for api, entry in self._operations():
            if wanted is None or entry.docname in wanted:
                row = IndexEntry(entry.call, 0, entry.docname, entry.node_id, api, "", entry.title)
                groups.setdefault(entry.group, []).append(row)
        return sorted(groups.items()), False

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
