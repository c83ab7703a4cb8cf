"""Text from plugins, made safe for fields that OpenAPI reads as CommonMark."""

from __future__ import annotations

import re
from typing import Final

# Whatever could begin an HTML element, a comment or an autolink. Code spans get
# it too: where one begins and ends depends on everything before it.
_HTML: Final = re.compile(r"<(?=[A-Za-z/!?])")
_LINK: Final = re.compile(r"\](?=\(\s*(?!https?://))")
_LINK_TARGET: Final = re.compile(r"^( {0,3}\[[^\]\n]*\])(?=:)", re.MULTILINE)
_SCRIPT_URL: Final = re.compile(r"(javascript|vbscript)(?=:)", re.IGNORECASE)
_CALL: Final = re.compile(r"\beval(?=\()")
# Most texts hold nothing of all this.
_UNSAFE: Final = re.compile(r"[<\]]|script:|\beval\(", re.IGNORECASE)


def escape(text: str) -> str:
    r"""The text with everything taken out of it that a browser could run.

    It reads the same once it is rendered; links that aren't ``http(s)`` become
    text.

    >>> escape("a <b>, 1 < 2")
    'a &lt;b>, 1 < 2'
    """
    if _UNSAFE.search(text) is None:
        return text
    text = _HTML.sub("&lt;", text)
    text = _LINK.sub(r"\\]", text)
    text = _LINK_TARGET.sub(r"\1\\", text)
    text = _SCRIPT_URL.sub(r"\1\\", text)
    return _CALL.sub(r"eval\\", text)
