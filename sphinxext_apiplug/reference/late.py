"""Small print that no transform need see: kept aside until pages are written.

Every transform of Sphinx, and there are dozens, goes through every node. Most
nodes of an operation are its signature, its facts and its headings, of which
nothing is to be transformed; they were a quarter of a large site's time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from docutils import nodes

from sphinxext_apiplug.reference.nodes import FieldTable, Late, StatusList

_KEPT_ASIDE: Final = frozenset({
    "apiplug-authors", "apiplug-changes", "apiplug-example", "apiplug-facts", "apiplug-index",
    "apiplug-legend", "apiplug-part", "apiplug-signature", "apiplug-source",
})  # fmt: skip


def keep_aside(shown: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Put what no transform need see into nodes without children, at all levels."""
    kept: list[nodes.Node] = []
    aside: list[nodes.Node] = []
    for node in shown:
        if _is_aside(node):
            aside.append(node)
            continue
        if aside:
            kept.append(Late.of(aside))
            aside = []
        if isinstance(node, nodes.section):
            inner = node.children
            node.clear()
            node.extend(keep_aside(inner))
        kept.append(node)
    return [*kept, Late.of(aside)] if aside else kept


def _is_aside(node: nodes.Node) -> bool:
    if isinstance(node, (FieldTable, StatusList)):
        return True
    return isinstance(node, nodes.Element) and not _KEPT_ASIDE.isdisjoint(node["classes"])
