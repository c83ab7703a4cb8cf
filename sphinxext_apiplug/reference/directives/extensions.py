"""``apiplug-extensions``: all extensions of an API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from docutils.parsers.rst import directives

from sphinxext_apiplug.reference.directives.base import ApiplugDirective
from sphinxext_apiplug.reference.directives.contents import hidden_toctree
from sphinxext_apiplug.reference.directives.sections import anchor_sections, extension_section
from sphinxext_apiplug.reference.render.errors import render_errors
from sphinxext_apiplug.reference.render.extension import render_extension
from sphinxext_apiplug.reference.render.overview import render_overview
from sphinxext_apiplug.reference.render.problems import render_problems

if TYPE_CHECKING:
    from docutils import nodes

    from sphinxext_apiplug.inventory.model import Inventory
    from sphinxext_apiplug.reference.render.options import RenderOptions

#: Problems of these kinds leave out an extension, or all of them.
_BROKEN = frozenset({
    "alias-duplicate", "collect-failed", "collect-timeout", "inventory-unreadable",
    "load-failed", "namespace-empty", "read-failed", "unknown-dialect",
})  # fmt: skip


class ExtensionsDirective(ApiplugDirective):
    """An overview, and then each extension: on a page of its own, or right here."""

    optional_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"no-index": directives.flag}

    @property
    def api_name(self) -> str | None:
        """The argument; there may be none."""
        return self.arguments[0] if self.arguments else None

    def show(self, inventory: Inventory) -> list[nodes.Node]:
        """The overview, what is broken, and a hidden table of contents or sections."""
        self.note_made_from(inventory, "all")
        broken = [problem for problem in inventory.problems if problem.kind in _BROKEN]
        shown = render_overview(inventory, self.render_options(inventory))
        shown += render_problems(broken) if broken else []
        api = inventory.api.name
        pages = [docname for key, docname in self.domain.pages.items() if key[0] == api]
        errors = render_errors(inventory, self._inner_options(inventory))
        anchor_sections(self, inventory, errors)
        if pages:
            contents = hidden_toctree(self.env.docname, [(None, docname) for docname in pages])
            return [*shown, *errors, contents]
        return [*shown, *self._sections(inventory), *errors]

    def _inner_options(self, inventory: Inventory) -> RenderOptions:
        """For what stands in a section of its own."""
        options = self.render_options(inventory)
        return msgspec.structs.replace(options, heading_level=options.heading_level + 1)

    def _sections(self, inventory: Inventory) -> list[nodes.section]:
        options = msgspec.structs.replace(self._inner_options(inventory), show_provider=False)
        sections = [
            extension_section(extension, render_extension(inventory, extension, options))
            for extension in inventory.extensions
        ]
        anchor_sections(self, inventory, sections)
        return sections
