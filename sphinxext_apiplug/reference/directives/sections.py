"""Sections with anchors, and the domain's objects made from them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinxext_apiplug.reference.markup import line
from sphinxext_apiplug.reference.nodes import INDEX_ENTRY
from sphinxext_apiplug.reference.objects import ObjectEntry, call_of, group_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext_apiplug.inventory.model import Extension, Inventory
    from sphinxext_apiplug.reference.directives.base import ApiplugDirective
    from sphinxext_apiplug.reference.parts import Part

# What may stand in an anchor as it is; the first sign must be a letter.
_UNSAFE = re.compile(r"[^A-Za-z0-9._~-]+")
# What stands before a name in an anchor, where it isn't the role.
_PREFIXES = {"version": "microversion"}
# Names that are anchors as they are.
_PLAIN = ("op", "errors")


def extension_section(extension: Extension, content: Iterable[nodes.Node]) -> nodes.section:
    """The section of an extension, with its name for a title."""
    title = line(extension.name) or line(extension.alias) or "(nameless)"
    section = nodes.section("", nodes.title("", title), *content)
    section["apiplug_object"] = ("ext", extension.alias, title)
    return section


def part_section(
    document: nodes.document, extension: Extension, part: Part, content: Iterable[nodes.Node]
) -> nodes.section:
    """The section of a part of an extension; it is no object of its own."""
    name = line(extension.name) or line(extension.alias) or "(nameless)"
    title = f"{name}: {line(part.title)}"
    section = nodes.section("", nodes.title("", title), *content)
    section["ids"] = [_free_id(document, "ext", f"{extension.alias}-{part.name}")]
    document.note_explicit_target(section)
    return section


def anchor_sections(
    directive: ApiplugDirective, inventory: Inventory, shown: Iterable[nodes.Node]
) -> None:
    """Give every object's section an anchor, and note the object.

    With the option ``:no-index:`` there are anchors alone.
    """
    document = directive.state.document
    for top in shown:
        for section in top.findall(nodes.section):
            if "apiplug_object" not in section:
                continue
            role, name, title = section.attributes.pop("apiplug_object")
            section["ids"] = [_free_id(document, role, name)]
            document.note_explicit_target(section)
            if "no-index" not in directive.options:
                entry = _entry(directive, title, section["ids"][0])
                # Not before the title: a page's contents take what comes first for it.
                if role == "op":
                    entry = _with_call(entry, inventory, name)
                    section[1:1] = _command_entries(inventory, name, entry.node_id)
                if role == "version":
                    section.insert(1, _index_entry(inventory, name, entry.node_id))
                directive.domain.note_object(role, f"{inventory.api.name}:{name}", entry)


def _index_entry(inventory: Inventory, version: str, node_id: str) -> addnodes.index:
    text = f"microversion; {line(inventory.api.title)} {version}"
    return _index([text], node_id)


def _command_entries(
    inventory: Inventory, operation_id: str, node_id: str
) -> list[addnodes.index]:
    """The commands that call an operation, below their program; nothing if there are none."""
    operation = inventory.operation(operation_id)
    names = {(item.program, item.name) for item in operation.commands} if operation else set()
    texts = ["; ".join(line(part).replace(";", ",") for part in name) for name in sorted(names)]
    return [_index(texts, node_id)] if texts else []


def _index(texts: list[str], node_id: str) -> addnodes.index:
    entries = [("single", text, node_id, "", None) for text in texts]
    return addnodes.index(entries=entries, classes=[INDEX_ENTRY])


def _free_id(document: nodes.document, role: str, name: str) -> str:
    """An id is the anchor of its operation; aliases get a prefix to keep them apart."""
    text = _UNSAFE.sub("-", name)[:100].strip("-")
    prefix = _PREFIXES.get(role, role)
    base = text if role in _PLAIN and text[:1].isalpha() else f"{prefix}-{text}".rstrip("-")
    node_id, count = base, 1
    while node_id in document.ids:
        count += 1
        node_id = f"{base}-{count}"
    return node_id


def _entry(directive: ApiplugDirective, title: str, node_id: str) -> ObjectEntry:
    return ObjectEntry(directive.env.docname, directive.lineno, node_id, title)


def _with_call(entry: ObjectEntry, inventory: Inventory, operation_id: str) -> ObjectEntry:
    operation = inventory.operation(operation_id)
    if operation is None:
        return entry
    api = inventory.api
    return entry._replace(call=call_of(api, operation), group=group_of(api, operation))
