"""``--fail-on``: which problems make a command fail."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable
from typing import Final

from sphinxext_apiplug.inventory.problems import PROBLEM_KINDS, SEVERITIES, Problem

NEVER: Final = "never"

#: Tells whether a problem makes the command fail.
Rule = Callable[[Problem], bool]


def parse(text: str) -> Rule:
    """Read ``never``, a severity (and all graver ones), or a problem kind.

    :raises argparse.ArgumentTypeError: for anything else
    """
    if text == NEVER:
        return lambda _problem: False
    if text in SEVERITIES:
        grave = SEVERITIES[: SEVERITIES.index(text) + 1]
        return lambda problem: problem.severity in grave
    if text in PROBLEM_KINDS:
        return lambda problem: problem.kind == text
    raise argparse.ArgumentTypeError(_explain(text))


def _explain(text: str) -> str:
    names = (*SEVERITIES, NEVER, *PROBLEM_KINDS)
    close = difflib.get_close_matches(text, names, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(names)}"
    return f"{text!r} is neither a severity nor a problem kind; {hint}"
