"""``apiplug-microversions``: what each microversion changed in an API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from sphinxext_apiplug.reference.directives.base import ApiplugDirective
from sphinxext_apiplug.reference.directives.sections import anchor_sections
from sphinxext_apiplug.reference.render.microversions import render_microversions

if TYPE_CHECKING:
    from sphinxext_apiplug.inventory.model import Inventory


class MicroversionsDirective(ApiplugDirective):
    """A section for each microversion that changed something."""

    optional_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"no-index": directives.flag}

    @property
    def api_name(self) -> str | None:
        """The argument; there may be none."""
        return self.arguments[0] if self.arguments else None

    def show(self, inventory: Inventory) -> list[nodes.Node]:
        """The sections, newest first; a sentence if there are none."""
        self.note_made_from(inventory, "all")
        sections = render_microversions(inventory)
        anchor_sections(self, inventory, sections)
        if not sections:
            text = "No microversion of this API is known to change anything."
            return [nodes.paragraph("", text, classes=["apiplug-note"])]
        return [*sections]
