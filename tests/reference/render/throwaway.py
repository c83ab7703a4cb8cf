"""A Sphinx extension for tests: shows an inventory through the renderers alone."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from sphinxext_apiplug.reference.assets import setup_assets
from sphinxext_apiplug.reference.convert import setup_convert
from sphinxext_apiplug.reference.render.extension import render_extension
from sphinxext_apiplug.reference.render.options import DocumentLink, RenderOptions
from sphinxext_apiplug.reference.render.overview import render_overview
from sphinxext_apiplug.reference.render.problems import render_problems
from tests.reference.render.inventories import INVENTORIES

LINKS = (DocumentLink("openapi.json", "openapi.json"),)
TOP = RenderOptions(heading_level=2, document_links=LINKS)
INNER = RenderOptions(heading_level=3, document_links=LINKS, show_provider=False)


class Show(SphinxDirective):
    """``.. show:: name`` of one of the inventories that are written by hand."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        inventory = INVENTORIES[self.arguments[0]]()
        found = render_overview(inventory, TOP) + render_problems(inventory.problems)
        for extension in inventory.extensions:
            title = nodes.title("", extension.alias.capitalize())
            section = nodes.section("", title, ids=[f"ext-{extension.alias}"])
            section += render_extension(inventory, extension, INNER)
            found.append(section)
        source, line = self.get_source_info()
        for top in found:
            for node in top.findall(nodes.Element):
                node.source, node.line = source, line
        return found


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("show", Show)
    setup_convert(app)
    setup_assets(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
