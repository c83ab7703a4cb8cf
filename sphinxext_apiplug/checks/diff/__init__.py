"""Changes from one API to another: ``diff(old, new)`` and what it gives."""

from __future__ import annotations

from sphinxext_apiplug.checks.diff.change import Change, Severity, Where
from sphinxext_apiplug.checks.diff.comparison import diff

__all__ = ["Change", "Severity", "Where", "diff"]
