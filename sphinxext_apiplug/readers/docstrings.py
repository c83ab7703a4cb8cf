"""Docstrings as a title and a description."""

from __future__ import annotations

import inspect
import re

_FIELD = re.compile(r"^\s*(:[\w ]+:|@\w+[ :]|Args:|Returns:|Raises:)")
# An empty line, or the first item of a list.
_PARAGRAPH_END = re.compile(r"\n(?=\n|[ \t]*([-*]|\d+[.)])[ \t])")
_SENTENCE = re.compile(r"^(.{0,200}?[.!?])(\s|$)", re.DOTALL)


def split(docstring: str | None) -> tuple[str, str]:
    """Summary (its first sentence, without the full stop) and description (the rest).

    Field lists (``:param x:``) and what follows them are for the code's
    readers and are left out.
    """
    lines = inspect.cleandoc(docstring or "").splitlines()
    for number, line in enumerate(lines):
        if _FIELD.match(line):
            lines = lines[:number]
            break
    text = "\n".join(lines).strip()
    found = _PARAGRAPH_END.search(text)
    end = len(text) if found is None else found.start()
    paragraph, rest = " ".join(text[:end].split()), text[end:]
    sentence = _SENTENCE.match(paragraph)
    if sentence is None:
        return paragraph.rstrip(".:"), rest.strip()
    more = paragraph[sentence.end() :].strip()
    return sentence[1].rstrip("."), "\n\n".join(filter(None, (more, rest.strip())))


def first_paragraphs(docstring: str | None) -> str:
    """The whole docstring without field lists, for a class that has no summary line."""
    summary, description = split(docstring)
    stop = "." if summary and not summary.endswith(("!", "?")) else ""
    return "\n\n".join(filter(None, (summary + stop, description)))
