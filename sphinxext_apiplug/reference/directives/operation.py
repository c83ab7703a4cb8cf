"""``apiplug-operation``: one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils.parsers.rst import directives

from sphinxext_apiplug.reference.directives.base import ApiplugDirective
from sphinxext_apiplug.reference.directives.sections import anchor_sections
from sphinxext_apiplug.reference.lookup import find_operation
from sphinxext_apiplug.reference.nodes import VersionBar
from sphinxext_apiplug.reference.render.bar import differs_by_version, version_bar
from sphinxext_apiplug.reference.render.operation import render_operation

if TYPE_CHECKING:
    from docutils import nodes

    from sphinxext_apiplug.inventory.model import Inventory


class OperationDirective(ApiplugDirective):
    """The operation of an id or of a call such as ``POST /v1/segments``."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        "api": directives.unchanged_required,
        "no-index": directives.flag,
    }

    def show(self, inventory: Inventory) -> list[nodes.Node]:
        """A section with the operation's summary for a title.

        The choice of a version stands before the first one that differs by version:
        in it, it would be hidden with it.
        """
        operation = find_operation(inventory, self.arguments[0])
        self.note_made_from(inventory, "op", operation.id)
        options = self.render_options(inventory)
        section = render_operation(inventory, operation, options)
        anchor_sections(self, inventory, [section])
        is_first = next(self.state.document.findall(VersionBar), None) is None
        if is_first and differs_by_version(inventory.api, operation):
            return [*version_bar(inventory.api, [operation], options), section]
        return [section]
