"""``apiplug-diff``: what changed from one API to another.

What compares APIs takes a while to import, so it is imported by who uses the directive.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.reference.directives.base import ApiplugDirective
from sphinxext_apiplug.reference.report import report

if TYPE_CHECKING:
    from sphinxext_apiplug.checks.diff.files import Side
    from sphinxext_apiplug.inventory.model import Inventory


def _severities(text: str | None) -> list[str]:
    from sphinxext_apiplug.checks.diff.change import SEVERITIES

    return [directives.choice(word, SEVERITIES) for word in (text or "").split()]


def _kinds(text: str | None) -> list[str]:
    from sphinxext_apiplug.checks.diff.kinds import change_kind

    try:
        return [change_kind(word).name for word in (text or "").split()]
    except ApiplugError as error:
        raise ValueError(str(error)) from error


class DiffDirective(ApiplugDirective):
    """A section for each class of changes between two files, or a file and an API."""

    required_arguments = 1
    optional_arguments = 1
    final_argument_whitespace = False
    option_spec: ClassVar[dict[str, Any]] = {
        "api": directives.unchanged_required,
        "severity": _severities,
        "ignore": _kinds,
    }

    def run(self) -> list[nodes.Node]:
        """The sections; for a file that can't be read, a warning and no nodes."""
        try:
            if len(self.arguments) == 1:
                return super().run()
            return self._placed(self._changes(self._side(1)))
        except ApiplugError as error:
            report("inventory-unreadable", str(error), self.get_location())
            return []

    def show(self, inventory: Inventory) -> list[nodes.Node]:
        """What is otherwise in the API than in the file.

        :raises ApiplugError: if the file can't be read
        """
        from sphinxext_apiplug.checks.diff.files import Side

        self.note_made_from(inventory, "all")
        return self._changes(Side(inventory=inventory))

    def _side(self, index: int) -> Side:
        from sphinxext_apiplug.checks.diff.files import read_side

        relative, absolute = self.env.relfn2path(self.arguments[index])
        self.env.note_dependency(relative)
        side = read_side(Path(absolute))
        for file in side.inventory.sources if side.is_document else ():
            self.env.note_dependency(file)
        return side

    def _changes(self, new: Side) -> list[nodes.Node]:
        from sphinxext_apiplug.checks.diff import diff
        from sphinxext_apiplug.checks.diff.change import SEVERITIES
        from sphinxext_apiplug.checks.diff.files import alike
        from sphinxext_apiplug.openapi.document import build
        from sphinxext_apiplug.openapi.text import to_json
        from sphinxext_apiplug.reference.render.diff import render_diff

        old = self._side(0)
        before, after = alike(old, new, lambda api, version: to_json(build(api, version)))
        wanted = self.options.get("severity") or SEVERITIES
        ignored = self.options.get("ignore", ())
        found = [
            change
            for change in diff(before, after)
            if change.severity in wanted and change.kind not in ignored
        ]
        shown = render_diff(after.api, found)
        for section in shown:
            if isinstance(section, nodes.section):
                self.state.document.note_implicit_target(section, section)
        return shown
