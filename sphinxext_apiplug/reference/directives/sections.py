"""Sections with anchors, and the domain's objects made from them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_apiplug.reference.markup import line
from sphinxext_apiplug.reference.objects import ObjectEntry, call_of, group_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext_apiplug.inventory.model import Extension, Inventory
    from sphinxext_apiplug.reference.directives.base import ApiplugDirective

# What may stand in an anchor as it is; the first sign must be a letter.
_UNSAFE = re.compile(r"[^A-Za-z0-9._~-]+")


def extension_section(extension: Extension, content: Iterable[nodes.Node]) -> nodes.section:
    """The section of an extension, with its name for a title."""
    title = line(extension.name) or line(extension.alias) or "(nameless)"
    section = nodes.section("", nodes.title("", title), *content)
    section["apiplug_object"] = ("ext", extension.alias, title)
    return section


def anchor_sections(
    directive: ApiplugDirective, inventory: Inventory, shown: Iterable[nodes.Node]
) -> None:
    """Give every object's section an anchor, and note the object.

    With the option ``:no-index:`` there are anchors alone.
    """
    for top in shown:
        for section in top.findall(nodes.section):
            if "apiplug_object" not in section:
                continue
            role, id, title = section.attributes.pop("apiplug_object")
            section["ids"] = [_free_id(directive.state.document, role, id)]
            directive.state.document.note_explicit_target(section)
            if "no-index" not in directive.options:
                _note(directive, inventory, role, id, title, section["ids"][0])


def _free_id(document: nodes.document, role: str, id: str) -> str:
    """An id is the anchor of its operation; aliases get a prefix to keep them apart."""
    text = _UNSAFE.sub("-", id)[:100].strip("-")
    base = text if role == "op" and text[:1].isalpha() else f"{role}-{text}".rstrip("-")
    node_id, count = base, 1
    while node_id in document.ids:
        count += 1
        node_id = f"{base}-{count}"
    return node_id


def _note(
    directive: ApiplugDirective, inventory: Inventory, role: str, id: str, title: str, node_id: str
) -> None:
    operation = inventory.operation(id) if role == "op" else None
    entry = ObjectEntry(
        docname=directive.env.docname,
        line=directive.lineno,
        node_id=node_id,
        title=title,
        call=call_of(inventory.api, operation) if operation is not None else "",
        group=group_of(inventory.api, operation) if operation is not None else "",
    )
    directive.domain.note_object(role, f"{inventory.api.name}:{id}", entry)
