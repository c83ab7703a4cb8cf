"""Kinds of change of the values that a field or parameter can have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sphinxext_apiplug.checks.diff.kind import Kind, both, narrowed, widened

# Name of a limit in kinds -> what is limited.
_LOWER: Final = {
    "minimum": "The smallest value",
    "minimum-length": "The smallest length",
    "minimum-items": "The smallest number of items",
    "minimum-fields": "The smallest number of fields",
}
_UPPER: Final = {
    "maximum": "The largest value",
    "maximum-length": "The largest length",
    "maximum-items": "The largest number of items",
    "maximum-fields": "The largest number of fields",
}
_LESS: Final = "Values that were allowed aren't any more; where there was no limit there is one."
_MORE: Final = "Values are allowed that weren't; maybe there is no limit any more."


def _limits() -> Iterator[Kind]:
    """Each limit can go up and down, which is stricter for one end and not for the other."""
    for limits, up, down in (
        (_LOWER, (narrowed, _LESS), (widened, _MORE)),
        (_UPPER, (widened, _MORE), (narrowed, _LESS)),
    ):
        for name, noun in limits.items():
            said = f"{noun} of {{thing}} was {{before}} and is {{after}} now."
            for (make, meaning), way, back in (
                (up, "raised", "lowered"),
                (down, "lowered", "raised"),
            ):
                yield make(f"{name}-{way}", said, meaning, f"{name}-{back}")


KINDS: Final = (
    widened(
        "enum-value-added",
        "{thing} may be {after} now.",
        "There is a value more; who reads answers may not know it.",
        "enum-value-removed",
    ),
    narrowed(
        "enum-value-removed",
        "{thing} can't be {before} any more.",
        "Requests with the value are refused; answers don't have it.",
        "enum-value-added",
    ),
    narrowed(
        "enum-added",
        "{thing} must be one of {after} now.",
        "The values are listed for the first time.",
        "enum-removed",
    ),
    widened(
        "enum-removed",
        "{thing} may be something else now than {before}.",
        "The values aren't listed any more.",
        "enum-added",
    ),
    *_limits(),
    narrowed(
        "pattern-added",
        "{thing} must match the pattern {after} now.",
        "Other texts are refused, or don't come any more.",
        "pattern-removed",
    ),
    widened(
        "pattern-removed",
        "{thing} need not match the pattern {before} any more.",
        "Other texts are allowed, or may come.",
        "pattern-added",
    ),
    both(
        "pattern-changed",
        "breaking",
        "The pattern of {thing} was {before} and is {after} now.",
        "Other texts are allowed than before; which ones, only the patterns tell.",
    ),
    narrowed(
        "format-added",
        "{thing} must have the format {after} now.",
        "Texts of no such format are refused, or don't come any more.",
        "format-removed",
    ),
    widened(
        "format-removed",
        "{thing} need not have the format {before} any more.",
        "Texts of other formats are allowed, or may come.",
        "format-added",
    ),
    both(
        "format-changed",
        "breaking",
        "The format of {thing} was {before} and is {after} now.",
        "Texts are written otherwise.",
    ),
    narrowed(
        "multiple-of-added",
        "{thing} must be a multiple of {after} now.",
        "Other numbers are refused, or don't come any more.",
        "multiple-of-removed",
    ),
    widened(
        "multiple-of-removed",
        "{thing} need not be a multiple of {before} any more.",
        "Other numbers are allowed, or may come.",
        "multiple-of-added",
    ),
    both(
        "multiple-of-changed",
        "breaking",
        "{thing} must be a multiple of {after} now, no longer of {before}.",
        "Other numbers are allowed than before.",
    ),
    narrowed(
        "duplicates-forbidden",
        "{thing} can't hold an item twice any more.",
        "Arrays with equal items are refused, or don't come any more.",
        "duplicates-allowed",
    ),
    widened(
        "duplicates-allowed",
        "{thing} may hold an item twice now.",
        "Arrays with equal items are allowed, or may come.",
        "duplicates-forbidden",
    ),
    both(
        "default-added",
        "compatible",
        "{thing} has the default {after} now.",
        "It is said what leaving it out means; whether that was so before isn't known.",
        "default-removed",
        response="documentation",
    ),
    both(
        "default-removed",
        "compatible",
        "{thing} has no default any more; it was {before}.",
        "It isn't said any more what leaving it out means.",
        "default-added",
        response="documentation",
    ),
    both(
        "default-changed",
        "breaking",
        "The default of {thing} was {before} and is {after} now.",
        "Requests that leave it out do something else.",
        response="documentation",
    ),
    narrowed(
        "constraint-added",
        "{thing} must also satisfy {after} now.",
        "A rule of JSON Schema that has no kind of its own is new.",
        "constraint-removed",
    ),
    widened(
        "constraint-removed",
        "{thing} need not satisfy {before} any more.",
        "A rule of JSON Schema that has no kind of its own is gone.",
        "constraint-added",
    ),
    both(
        "constraint-changed",
        "breaking",
        "{thing} must satisfy {after} now; it was {before}.",
        "A rule of JSON Schema that has no kind of its own is another.",
    ),
)
