"""reStructuredText that people wrote, as the light markup that descriptions have.

That is paragraphs, bullet lists and ````literals````. No sentence is lost: of what else
there is, the words stay.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

_DIRECTIVE: Final = re.compile(r"^\.\. ([\w-]+)::\s*(.*)$")
_OPTION: Final = re.compile(r"^\s*:[\w-]+:(\s|$)")
_LITERAL: Final = re.compile(r"(``[^`]+``)")
_LINK: Final = re.compile(r"`([^`<]*?)\s*<([^`<>]+)>`_{0,2}")
_ROLE: Final = re.compile(r":(?:[\w+.-]+:)*[\w+.-]+:`([^`<]*?)(?:\s*<[^`>]*>)?`")
_PHRASE: Final = re.compile(r"`([^`]+)`_{0,2}")
_STRONG: Final = re.compile(r"\*\*(?=\S)([^*]+?)(?<=\S)\*\*")
_EMPHASIS: Final = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_REFERENCE: Final = re.compile(r"(?<!\w)(\w+)__?(?!\w)")
_ESCAPE: Final = re.compile(r"\\(.)")
# Their content is code: each line stays one.
_CODE: Final = ("code", "code-block", "parsed-literal", "sourcecode", "highlight")
# What stands in the output of a build alone, or is read as data elsewhere.
_SILENT: Final = ("contents", "include", "index", "literalinclude", "only", "toctree")
_DATED: Final = {
    "deprecated": "Deprecated since",
    "versionadded": "Added in",
    "versionchanged": "Changed in",
}
# Where escaped characters stand while markup is looked for: in Unicode's private area.
_ASIDE: Final = 0xE000


def plain(text: str) -> str:
    """The words of a reStructuredText, paragraph by paragraph.

    >>> plain("Use :ref:`rebuild <x>`, *not* `this <https://example.org>`__.")
    'Use rebuild, not this (https://example.org).'
    """
    return "\n\n".join(filter(None, _blocks(text.splitlines()))).strip()


def title(text: str) -> str:
    """A heading's words, on one line."""
    return _inline(" ".join(text.split()))


def _blocks(lines: Sequence[str]) -> Iterator[str]:
    """Each paragraph or list, as text."""
    index = 0
    while index < len(lines):
        line = lines[index]
        end = _end(lines, index + 1)
        if (found := _DIRECTIVE.match(line)) is not None:
            yield _directive(found[1], found[2], lines[index + 1 : end])
        elif line.startswith(".."):
            pass  # a comment, a target or a substitution
        elif not line.strip() or line.strip() == "|":
            index += 1
            continue
        else:
            end = _paragraph_end(lines, index)
            yield _paragraph(lines[index:end])
        index = end


def _end(lines: Sequence[str], start: int) -> int:
    """The first line that isn't indented, nor blank before one that is."""
    end = start
    for index in range(start, len(lines)):
        if lines[index].startswith((" ", "\t")):
            end = index + 1
        elif lines[index].strip():
            break
    return end


def _paragraph_end(lines: Sequence[str], start: int) -> int:
    for index in range(start, len(lines)):
        if not lines[index].strip() or (index > start and _DIRECTIVE.match(lines[index])):
            return index
    return len(lines)


def _directive(name: str, argument: str, content: Sequence[str]) -> str:
    if name in _SILENT:
        return ""
    body = [line for line in content if not _OPTION.match(line)]
    inner = textwrap.dedent("\n".join(body)).strip("\n")
    if name in _CODE:
        return "\n\n".join(f"``{line.strip()}``" for line in inner.splitlines() if line.strip())
    if name in _DATED:
        version, _, rest = argument.partition(" ")
        words = plain("\n".join((rest, inner)))
        return f"{_DATED[name]} {version}" + (f": {words}" if words else "")
    words = plain("\n".join(filter(None, (argument, inner))))
    label = name.replace("-", " ").capitalize()
    return f"{label}: {words}" if words else ""


def _paragraph(lines: Sequence[str]) -> str:
    text = textwrap.dedent("\n".join(lines))
    literal = text.rstrip().endswith("::")
    if literal:
        text = text.rstrip()[:-1]
    return _inline(text)


def _inline(text: str) -> str:
    """Inline markup as words; literals stay as they are."""
    parts = _LITERAL.split(text)
    return "".join(part if index % 2 else _words(part) for index, part in enumerate(parts))


def _words(text: str) -> str:
    text = _ESCAPE.sub(_aside, text)
    text = _ROLE.sub(r"\1", text)
    text = _LINK.sub(_linked, text)
    text = _PHRASE.sub(r"\1", text)
    text = _STRONG.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\1", text)
    text = _REFERENCE.sub(r"\1", text)
    return re.sub("[\ue000-\ue07f]", lambda found: chr(ord(found[0]) - _ASIDE), text)


def _aside(found: re.Match[str]) -> str:
    """An escaped character as itself; an escaped blank as nothing."""
    if found[1].isspace():
        return ""
    return chr(_ASIDE + ord(found[1])) if found[1].isascii() else found[1]


def _linked(found: re.Match[str]) -> str:
    words, target = found[1].strip(), found[2].strip()
    if not words:
        return target
    return f"{words} ({target})" if "://" in target else words
