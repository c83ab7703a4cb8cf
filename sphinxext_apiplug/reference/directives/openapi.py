"""``apiplug-openapi``: where the documents for machines are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from sphinxext_apiplug.reference.directives.base import ApiplugDirective
from sphinxext_apiplug.reference.published import published_documents

if TYPE_CHECKING:
    from sphinxext_apiplug.inventory.model import Inventory


class OpenApiDirective(ApiplugDirective):
    """Links to the OpenAPI document, as JSON and YAML, and to the inventory."""

    optional_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    @property
    def api_name(self) -> str | None:
        """The argument; there may be none."""
        return self.arguments[0] if self.arguments else None

    def show(self, inventory: Inventory) -> list[nodes.Node]:
        """A list of links."""
        self.note_made_from(inventory, "api")
        rows = nodes.bullet_list("", bullet="*", classes=["apiplug-documents"])
        for link, meaning in published_documents(inventory, self.config):
            reference = nodes.reference("", link.label, refuri=link.uri)
            rows += nodes.list_item("", nodes.paragraph("", "", reference, nodes.Text(meaning)))
        return [rows]
