"""Coverage as a small picture, for READMEs."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from sphinxext_apiplug.checks.coverage.model import Coverage

_LABEL: Final = "API described"
# From what percentage on, which colour; white on each has a contrast of at least 4.5.
_COLORS: Final = ((90.0, "#2f7d32"), (70.0, "#6b6f00"), (50.0, "#a15c00"), (0.0, "#b3261e"))
_CHAR: Final = 6.6
_PADDING: Final = 6


def badge(coverage: Coverage, label: str = _LABEL) -> bytes:
    """An SVG picture with the share of everything together.

    :param label: what the percentage is of
    """
    percent = int(coverage.whole.percent)
    value = f"{percent} %"
    color = next(color for least, color in _COLORS if percent >= least)
    left, right = _width(label), _width(value)
    title = f"{label}: {value}"
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" \
aria-label={quoteattr(title)}>
<title>{escape(title)}</title>
<rect width="{left}" height="20" fill="#4a4f57"/>
<rect x="{left}" width="{right}" height="20" fill="{color}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
<text x="{left / 2:g}" y="14">{escape(label)}</text>
<text x="{left + right / 2:g}" y="14">{escape(value)}</text>
</g>
</svg>
""".encode()


def _width(text: str) -> int:
    return round(len(text) * _CHAR) + 2 * _PADDING
