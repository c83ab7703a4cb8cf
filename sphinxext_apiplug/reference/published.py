"""The documents for machines: their names, and links to them.

Where a page finds them depends on the builder, so that a directive, whose
nodes all builders share, writes a link of a scheme of our own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.util.osutil import relative_uri

from sphinxext_apiplug.reference.config import declared_apis
from sphinxext_apiplug.reference.render.options import DocumentLink

if TYPE_CHECKING:
    from sphinx.application import Sphinx
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


def setup_published(app: Sphinx) -> None:
    """Make links of our scheme real ones as soon as the builder is known."""
    app.connect("doctree-resolved", _link_documents)


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


def _link_documents(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make links of our scheme relative, absolute or plain text, as the builder needs."""
    for node in list(doctree.findall(nodes.reference)):
        target = node.get("refuri", "")
        if target.startswith(_SCHEME):
            _link(node, target.removeprefix(_SCHEME), app, docname)


def _link(node: nodes.reference, path: str, app: Sphinx, docname: str) -> None:
    base = app.config.html_baseurl
    if app.builder.name in PUBLISHERS:
        page = app.builder.get_target_uri(docname).partition("#")[0]
        node["refuri"], node["internal"] = relative_uri(page, path), True
    elif base:
        node["refuri"] = f"{base.rstrip('/')}/{path}"
    else:
        node.replace_self(nodes.literal("", node.astext()))
