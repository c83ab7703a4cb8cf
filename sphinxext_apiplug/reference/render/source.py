"""Where an operation's code is."""

from __future__ import annotations

from urllib.parse import quote

from docutils import nodes

from sphinxext_apiplug.inventory.model import Api
from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.reference.markup import line
from sphinxext_apiplug.reference.render.inline import code


def served_by(api: Api, handler: Source, lead: str = "Served by ") -> nodes.paragraph:
    """Name the handler, with a link to its line where the API says how to make one."""
    name = code(handler.object.rpartition(":")[2])
    uri = source_uri(api, handler)
    served = nodes.paragraph("", lead, classes=["apiplug-source"])
    served += nodes.reference("", "", name, refuri=uri) if uri else name
    place = f", line {handler.line}" if handler.line else ""
    served += nodes.Text(f" in {line(handler.file)}{place}")
    return served


def source_uri(api: Api, source: Source) -> str:
    """A link to a line of source; empty if the API has no template for one."""
    if not api.source_url:
        return ""
    template = api.source_url
    if source.line is None:
        template = template.partition("#")[0]
    # Not str.format: other braces in an address mean themselves.
    for name, value in (
        ("{version}", quote(api.version, safe="+")),
        ("{file}", quote(source.file)),
        ("{line}", str(source.line or "")),
    ):
        template = template.replace(name, value)
    return template
