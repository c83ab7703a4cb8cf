"""What the directives share: finding their API, and saying what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinxext_apiplug.reference.config import declared_apis
from sphinxext_apiplug.reference.domain import get_domain
from sphinxext_apiplug.reference.late import keep_aside
from sphinxext_apiplug.reference.lookup import UnknownNameError, choose_api
from sphinxext_apiplug.reference.published import document_links, with_document_xrefs
from sphinxext_apiplug.reference.render.options import RenderOptions
from sphinxext_apiplug.reference.report import report
from sphinxext_apiplug.reference.slices import SliceKey, SliceKind, files

if TYPE_CHECKING:
    from sphinxext_apiplug.inventory.model import Inventory
    from sphinxext_apiplug.reference.domain import ApiplugDomain


class ApiplugDirective(SphinxDirective):
    """A directive that shows something of an API."""

    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The nodes; for a name that means nothing, a warning and no nodes."""
        try:
            api = choose_api(self.api_name, {*self.domain.apis, *self.domain.left_out})
            if api in self.domain.left_out:
                return [_not_built(api)]
            shown = self.show(self.domain.apis[api].inventory)
        except UnknownNameError as error:
            self._note_all_apis()
            report(error.kind, str(error), self.get_location())
            return []
        return self._placed(shown)

    def show(self, inventory: Inventory) -> list[nodes.Node]:
        """What the directive stands for.

        :raises UnknownNameError: if its argument means nothing
        """
        raise NotImplementedError

    @property
    def api_name(self) -> str | None:
        """The API that the directive names, if it names one."""
        name: str | None = self.options.get("api")
        return name

    @property
    def domain(self) -> ApiplugDomain:
        """The domain of this build."""
        return get_domain(self.env)

    def render_options(self, inventory: Inventory) -> RenderOptions:
        """Options for what stands right below where the directive is."""
        links = document_links(inventory, self.config)
        name = inventory.api.name
        # One choice for each API: their versions have nothing to do with one another.
        only = len(declared_apis(self.config)) == 1
        return RenderOptions(
            heading_level=self.depth() + 1,
            document_links=links,
            version_parameter="microversion" if only else f"microversion-{name}",
        )

    def depth(self) -> int:
        """How many sections the directive stands in."""
        depth, node = 0, self.state.parent
        while node is not None:
            depth += isinstance(node, nodes.section)
            node = node.parent
        return depth

    def note_made_from(self, inventory: Inventory, kind: SliceKind, name: str = "") -> None:
        """Read this document again whenever that part of the inventory changes.

        :param name: the alias or operation id, if *kind* has one
        """
        api = inventory.api.name
        key = SliceKey(api, kind, name)
        known = self.domain.apis[api].files
        self.domain.note_slice(self.env.docname, key)
        for file in files(inventory, key):
            # A dependency that isn't there would be out of date in every build.
            if file in known and known[file].is_file():
                self.env.note_dependency(str(known[file]))

    def _note_all_apis(self) -> None:
        # What is missing now may be there in the next build.
        for api in self.domain.apis:
            self.domain.note_slice(self.env.docname, SliceKey(api, "all"))

    def _placed(self, shown: list[nodes.Node]) -> list[nodes.Node]:
        """Say of every node where it comes from: warnings and translations need it."""
        with_document_xrefs(shown)
        kept = keep_aside(shown)
        source, line = self.get_source_info()
        for top in kept:
            for node in top.findall(nodes.Element):
                if node.source is None:
                    node.source, node.line = source, line
        return kept


def _not_built(api: str) -> nodes.note:
    text = f"The API {api} is not shown: its settings are wrong, as the build's log says."
    return nodes.note("", nodes.paragraph("", text))
