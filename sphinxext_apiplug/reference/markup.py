"""Text from plugins: made harmless, and its light markup read.

Such text is never parsed as reStructuredText. What is understood of it are
paragraphs, bullet lists and ````literals````; everything else is shown as it is.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from docutils import nodes

#: Longer texts are cut: no reader wants them, and they slow every writer down.
MAX_TEXT: Final = 20_000

_LINE_ENDS: Final = re.compile("\r\n?|[\u0085\u2028\u2029]")
# Controls, invisible marks that reorder a line, lone surrogates, non-characters.
_HARMFUL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
# So are longer words: wrapping one can cost a writer the square of its length.
_LONG_WORD: Final = re.compile(r"(\S{400})\S+")
# In single backquotes stands what Markdown shows as code; a role or a link isn't meant.
_LITERAL: Final = re.compile(r"``[^`]+``|(?<![`\w:])`[^`\n<>]+`(?![`\w])")
_BULLET: Final = re.compile(r"[*+-]\s+(?=\S)")
_FIELD: Final = re.compile(
    r":(?:param|parameter|arg|argument|key|keyword|type|raises?|except|exception|[ic]?var"
    r"|vartype|returns?|rtype|yields?|meta)\b[^:]{0,200}:(?:\s|$)"
)


class Span(NamedTuple):
    """A stretch of text, set as code or not."""

    text: str
    code: bool = False


class Block(NamedTuple):
    """A paragraph (one item) or a bullet list (an item for each bullet)."""

    kind: Literal["paragraph", "bullets"]
    items: tuple[str, ...]


Spans: TypeAlias = tuple[Span, ...]


def clean(text: str) -> str:
    """Take out of *text* what could harm a page or reorder its lines; cut what has no end."""
    if len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - 1] + "\u2026"
    text = _HARMFUL.sub("", _LINE_ENDS.sub("\n", text))
    return _LONG_WORD.sub("\\1\u2026", text)


def line(text: str, limit: int = 300) -> str:
    """*text*, clean, on one line of at most *limit* characters."""
    single = " ".join(clean(text).split())
    return single if len(single) <= limit else single[: limit - 1].rstrip() + "\u2026"


def spans(text: str) -> Spans:
    """Split a clean text at its ````literals````, also those in single backquotes."""
    found: list[Span] = []
    end = 0
    for match in _LITERAL.finditer(text):
        found += [Span(text[end : match.start()]), Span(match[0].strip("`"), code=True)]
        end = match.end()
    return tuple(span for span in (*found, Span(text[end:])) if span.text)


def blocks(text: str) -> tuple[Block, ...]:
    """Read a docstring or a description: its paragraphs and bullet lists.

    Field lists (``:param name: ...``) are for the code's readers and left out.
    """
    found: list[Block] = []
    for lines in _chunks(_without_fields(inspect.cleandoc(clean(text)).split("\n"))):
        found += _read_chunk(lines)
    return tuple(_joined_lists(found))


def to_inline(content: Spans) -> list[nodes.Node]:
    """The same as docutils nodes."""
    return [
        nodes.literal("", span.text) if span.code else nodes.Text(span.text) for span in content
    ]


def to_nodes(text: str) -> list[nodes.Node]:
    """A description as paragraphs and bullet lists."""
    return [_block_node(block) for block in blocks(text)]


def _block_node(block: Block) -> nodes.Element:
    paragraphs = [nodes.paragraph(item, "", *to_inline(spans(item))) for item in block.items]
    if block.kind == "paragraph":
        return paragraphs[0]
    items = [nodes.list_item("", paragraph) for paragraph in paragraphs]
    return nodes.bullet_list("", *items, bullet="*")


def _without_fields(lines: list[str]) -> Iterator[str]:
    in_field = False
    for text in lines:
        if _FIELD.match(text):
            in_field = True
        elif text and not text[0].isspace():
            in_field = False
        if not in_field:
            yield text


def _chunks(lines: Iterator[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for text in lines:
        if text.strip():
            chunk.append(text.strip())
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _read_chunk(lines: list[str]) -> Iterator[Block]:
    """The blocks of lines that no empty line parts."""
    items: list[list[str]] = [[]]
    for text in lines:
        if bullet := _BULLET.match(text):
            items.append([text[bullet.end() :]])
        else:
            items[-1].append(text)
    if items[0]:
        yield Block("paragraph", (" ".join(items[0]),))
    if items[1:]:
        yield Block("bullets", tuple(" ".join(item) for item in items[1:]))


def _joined_lists(found: list[Block]) -> Iterator[Block]:
    """Bullets that empty lines part are still one list."""
    pending: tuple[str, ...] = ()
    for block in found:
        if block.kind == "bullets":
            pending += block.items
            continue
        if pending:
            yield Block("bullets", pending)
            pending = ()
        yield block
    if pending:
        yield Block("bullets", pending)
