"""``apiplug-extension``: one extension and its operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from docutils.parsers.rst import directives

from sphinxext_apiplug.reference.directives.base import ApiplugDirective
from sphinxext_apiplug.reference.directives.contents import hidden_toctree
from sphinxext_apiplug.reference.directives.sections import (
    anchor_sections,
    extension_section,
    part_section,
)
from sphinxext_apiplug.reference.lookup import find_extension, find_part
from sphinxext_apiplug.reference.markup import line
from sphinxext_apiplug.reference.render.extension import render_extension
from sphinxext_apiplug.reference.render.parts import render_part, render_parts

if TYPE_CHECKING:
    from docutils import nodes

    from sphinxext_apiplug.inventory.model import Inventory


class ExtensionDirective(ApiplugDirective):
    """The extension of an alias, as a section."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        "api": directives.unchanged_required,
        "no-index": directives.flag,
        "part": directives.unchanged_required,
        "parts": directives.flag,
    }

    def show(self, inventory: Inventory) -> list[nodes.Node]:
        """A section with the extension's name for a title."""
        extension = find_extension(inventory, self.arguments[0])
        self.note_made_from(inventory, "ext", extension.alias)
        options = self.render_options(inventory)
        options = msgspec.structs.replace(
            options, heading_level=options.heading_level + 1, show_provider=False
        )
        parts = self.domain.parts.get((inventory.api.name, extension.alias), ())
        if "part" in self.options:
            part = find_part(parts, extension, self.options["part"])
            section = part_section(
                self.state.document,
                extension,
                part,
                render_part(inventory, extension, part, options),
            )
        elif "parts" in self.options and parts:
            shown = render_parts(inventory, extension, parts, options)
            entries: list[tuple[str | None, str]] = [
                (line(part.title), docname) for part, docname in parts
            ]
            contents = hidden_toctree(self.env.docname, entries)
            section = extension_section(extension, [*shown, contents])
        else:
            section = extension_section(extension, render_extension(inventory, extension, options))
        anchor_sections(self, inventory, [section])
        return [section]
