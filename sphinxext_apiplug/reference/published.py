"""The documents for machines: their names, and links to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.util.osutil import relative_uri

from sphinxext_apiplug.reference.config import declared_apis
from sphinxext_apiplug.reference.render.options import DocumentLink

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders import Builder
    from sphinx.config import Config

    from sphinxext_apiplug.inventory.model import Inventory

#: The HTML builders that publish the documents beside their pages.
PUBLISHERS: Final = frozenset({"html", "dirhtml", "singlehtml"})

_SCHEME: Final = "apiplug-published:"
_MEANINGS: Final = {
    "openapi.json": " \N{EN DASH} the OpenAPI 3.1 document",
    "openapi.yaml": " \N{EN DASH} the same as YAML",
    "inventory.json": " \N{EN DASH} everything that was read, for apiplug itself",
}


def published_path(api: str, file: str, config: Config) -> str:
    """Where a document is, below the output folder.

    An only API's documents stand at the top, those of several in a folder each.
    """
    return file if len(declared_apis(config)) == 1 else f"{api}/{file}"


def published_documents(inventory: Inventory, config: Config) -> list[tuple[DocumentLink, str]]:
    """Links to an API's documents, each with what is in it.

    There is no OpenAPI document of an API without operations.
    """
    api = inventory.api.name
    return [
        (DocumentLink(file, _SCHEME + published_path(api, file, config)), meaning)
        for file, meaning in _MEANINGS.items()
        if inventory.operations or file == "inventory.json"
    ]


def document_links(inventory: Inventory, config: Config) -> tuple[DocumentLink, ...]:
    """The links that stand among the facts of an API or extension."""
    links = [link for link, _meaning in published_documents(inventory, config)]
    return tuple(link for link in links if link.label == "openapi.json")


def with_document_xrefs(shown: Iterable[nodes.Node]) -> None:
    """Let the domain resolve the links of our scheme in some new nodes.

    Where a page finds a document depends on the builder, and builders share
    what a directive makes.
    """
    for top in shown:
        for node in list(top.findall(nodes.reference)):
            target = node.get("refuri", "")
            if target.startswith(_SCHEME):
                content = nodes.literal("", node.astext())
                path = target.removeprefix(_SCHEME)
                facts = {"reftype": "document", "reftarget": path, "refexplicit": True}
                node.replace_self(addnodes.pending_xref("", content, refdomain="apiplug", **facts))


def document_reference(
    path: str, content: nodes.Element, docname: str, builder: Builder
) -> nodes.reference | None:
    """A link from a page to a document, if one can be made."""
    base = builder.config.html_baseurl
    text = nodes.inline("", content.astext())
    if builder.name in PUBLISHERS:
        page = builder.get_target_uri(docname).partition("#")[0]
        return nodes.reference("", "", text, refuri=relative_uri(page, path), internal=True)
    if base:
        return nodes.reference("", "", text, refuri=f"{base.rstrip('/')}/{path}")
    return None
