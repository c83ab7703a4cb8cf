"""Small pieces that all renderers use: badges, marks, links, lists of facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from docutils import nodes
from sphinx import addnodes

from sphinxext_apiplug.inventory.model import Api
from sphinxext_apiplug.reference.markup import line
from sphinxext_apiplug.reference.nodes import Badge
from sphinxext_apiplug.reference.render.options import RenderOptions

INFERRED: Final = Badge(
    "from code", "inferred", "deduced from the code that serves the operation, not declared"
)

#: The same where it stands in many rows; the legend says once what it means.
INFERRED_ROW: Final = Badge(INFERRED.text, INFERRED.kind)

_METHODS: Final = ("get", "head", "post", "put", "patch", "delete", "options")
# LaTeX has no headings below this, and HTML none below the next.
_DEEPEST_HEADING: Final = 5


def badge(data: Badge) -> nodes.Element:
    """A badge as a node that every writer knows."""
    classes = ["apiplug-badge", f"apiplug-{data.kind}"]
    if data.title:
        return nodes.abbreviation("", data.text, explanation=data.title, classes=classes)
    return nodes.inline("", data.text, classes=classes)


def with_badges(*badges: Badge) -> list[nodes.Node]:
    """A blank and the badges; nothing if there are none."""
    marks = nodes.inline(classes=["apiplug-marks"])
    for data in badges:
        marks += [nodes.Text(" "), badge(data)]
    return [marks] if badges else []


def method_badge(method: str) -> nodes.inline:
    """The request method."""
    return nodes.inline("", line(method), classes=["apiplug-method", method_class(method)])


def method_class(method: str) -> str:
    """The class that gives a method its colour."""
    name = method.lower()
    return f"apiplug-{name}" if name in _METHODS else "apiplug-other"


def reference(
    api: Api, kind: Literal["op", "ext", "errors"], name: str, text: nodes.Element
) -> nodes.Element:
    """A link to an operation, an extension or the errors; just *text* where there is none."""
    return addnodes.pending_xref(
        "",
        text,
        refdomain="apiplug",
        reftype=kind,
        reftarget=f"{api.name}:{name}",
        refexplicit=True,
        refwarn=False,
    )


def facts(items: Iterable[Sequence[nodes.Node]]) -> list[nodes.Node]:
    """A line of facts; nothing if there are none."""
    entries = [nodes.list_item("", nodes.paragraph("", "", *item)) for item in items if item]
    if not entries:
        return []
    return [nodes.bullet_list("", *entries, bullet="*", classes=["apiplug-facts"])]


def part(text: str, options: RenderOptions, *remarks: nodes.Node, deeper: int = 1) -> nodes.rubric:
    """A heading within an operation; it has no entry in tables of contents."""
    heading = nodes.rubric("", text, classes=["apiplug-part"])
    heading["heading-level"] = min(options.heading_level + deeper, _DEEPEST_HEADING)
    heading += list(remarks)
    return heading


def as_given(found: list[nodes.Node]) -> list[nodes.Node]:
    """Keep plugins' texts as they are: no dash is made of ``--option``."""
    for node in found:
        if isinstance(node, nodes.Element):
            node["support_smartquotes"] = False
    return found


def text_of(content: str) -> nodes.Text:
    """A plugin's text on one line."""
    return nodes.Text(line(content))


def code(content: str) -> nodes.literal:
    """A plugin's name, set as code, on one line."""
    return nodes.literal("", line(content))
