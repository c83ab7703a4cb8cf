"""Header objects of responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext_apiplug.inventory.versions import hull
from sphinxext_apiplug.openapi.markdown import escape
from sphinxext_apiplug.openapi.schemas import rebuild
from sphinxext_apiplug.openapi.variants import VENDOR, choice
from sphinxext_apiplug.openapi.work import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_apiplug.inventory.model import Header, Operation, Response
    from sphinxext_apiplug.openapi.versions import View


def response_headers(
    same: Sequence[tuple[Operation, Response]], view: View
) -> dict[str, dict[str, Any]]:
    """The headers of one status code's responses, by name.

    :param same: responses with the same code, each with its operation
    """
    found: dict[str, list[Header]] = {}
    written_as: dict[str, str] = {}
    for _, response in same:
        for header in response.headers:
            if view.shows(header.versions):
                # Names that differ in their case are the same to everybody.
                name = written_as.setdefault(header.name.lower(), header.name)
                found.setdefault(name, []).append(header)
    return {name: _header(found[name], view) for name in sorted(found)}


def _header(same: Sequence[Header], view: View) -> dict[str, Any]:
    schemas = [rebuild(item.schema, tidy) for item in same]
    written = [item if isinstance(item, dict) else {} for item in schemas]
    found: dict[str, Any] = {"schema": choice(written, None, keyword="anyOf")}
    description = next((item.description for item in same if item.description), "")
    if description:
        found = {"description": escape(description), **found}
    marks = view.marks(hull(item.versions for item in same))
    return {**found, VENDOR: marks} if marks else found
