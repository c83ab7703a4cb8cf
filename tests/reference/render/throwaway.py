"""A Sphinx extension for tests: shows an inventory through the renderers alone."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.reference.assets import setup_assets
from sphinxext_apiplug.reference.convert import setup_convert
from sphinxext_apiplug.reference.render.extension import render_extension
from sphinxext_apiplug.reference.render.options import DocumentLink, RenderOptions
from sphinxext_apiplug.reference.render.overview import render_overview
from sphinxext_apiplug.reference.render.problems import render_problems

OPTIONS = RenderOptions(
    heading_level=3, document_links=(DocumentLink("openapi.json", "openapi.json"),)
)


class Show(SphinxDirective):
    """``.. show::`` the inventory that ``conf.py`` names."""

    def run(self) -> list[nodes.Node]:
        inventory = codec.loads(Path(self.config.show_inventory).read_bytes())
        found = render_overview(inventory, OPTIONS) + render_problems(inventory.problems)
        for extension in inventory.extensions:
            title = nodes.title("", extension.name[:50])
            section = nodes.section("", title, ids=[f"ext-{extension.alias}"])
            section += render_extension(inventory, extension, OPTIONS)
            found.append(section)
        for node in found:
            self.set_source_info(node)
        return found


def resolve(_app: Sphinx, _env: object, node: pending_xref, content: nodes.Element) -> nodes.Node:
    prefix = "ext-" if node["reftype"] == "ext" else ""
    anchor = prefix + node["reftarget"].partition(":")[2]
    return nodes.reference("", "", content, internal=True, refid=anchor)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_config_value("show_inventory", "", "env")
    app.add_directive("show", Show)
    app.connect("missing-reference", resolve)
    setup_convert(app)
    setup_assets(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
