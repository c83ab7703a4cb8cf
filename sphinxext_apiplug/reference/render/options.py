"""What renderers are told beside the inventory."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class DocumentLink(NamedTuple):
    """A published document, as in ``openapi.json``, and where a page finds it."""

    label: str
    uri: str


class RenderOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to show what a renderer is given.

    :ivar heading_level: HTML level of the headings one level below the title
        that the caller made: of operations on an extension's page
    :ivar document_links: published documents to name among the facts
    :ivar show_provider: name the extension of an operation, and explain the
        marks on it; needless on the extension's own page, which does both
    :ivar examples: show requests that can be pasted
    :ivar version_parameter: name of a chosen version in addresses
    """

    heading_level: int = 2
    document_links: tuple[DocumentLink, ...] = ()
    show_provider: bool = True
    examples: bool = True
    version_parameter: str = "microversion"
