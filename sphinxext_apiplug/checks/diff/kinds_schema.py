"""Kinds of change of the structure of a body, and of the types in it."""

from __future__ import annotations

from typing import Final

from sphinxext_apiplug.checks.diff.kind import both, narrowed, widened

KINDS: Final = (
    both(
        "field-added",
        "compatible",
        "{thing} ({after}) is new.",
        "Callers may send it, or may get it.",
        "field-removed",
    ),
    both(
        "required-field-added",
        "breaking",
        "{thing} ({after}) is new, and always there.",
        "Requests without it are refused; answers always have it.",
        "required-field-removed",
        response="compatible",
    ),
    both(
        "field-removed",
        "breaking",
        "{thing} ({before}) is gone.",
        "Requests with it are refused, or it does nothing; answers don't have it any more.",
        "field-added",
    ),
    both(
        "required-field-removed",
        "breaking",
        "{thing} ({before}), which was always there, is gone.",
        "Requests with it are refused, or it does nothing; answers don't have it any more.",
        "required-field-added",
    ),
    narrowed(
        "became-required",
        "{thing} must be there now.",
        "Requests without it are refused; answers always have it.",
        "became-optional",
    ),
    widened(
        "became-optional",
        "{thing} need not be there any more.",
        "Requests may leave it out; answers may come without it.",
        "became-required",
    ),
    narrowed(
        "additional-fields-forbidden",
        "{thing} can't have further fields any more.",
        "Requests with fields that the schema doesn't name are refused.",
        "additional-fields-allowed",
    ),
    both(
        "additional-fields-allowed",
        "compatible",
        "{thing} may have further fields now.",
        "Fields that the schema doesn't name may be sent, or may come.",
        "additional-fields-forbidden",
    ),
    narrowed(
        "type-narrowed",
        "The type of {thing} was {before} and is {after} now.",
        "Values of some types can't occur any more.",
        "type-widened",
    ),
    widened(
        "type-widened",
        "The type of {thing} was {before} and is {after} now.",
        "Values of further types can occur.",
        "type-narrowed",
    ),
    both(
        "type-changed",
        "breaking",
        "The type of {thing} was {before} and is {after} now.",
        "Values of other types are wanted, or come.",
    ),
    widened(
        "null-allowed",
        "{thing} may be null now.",
        "Callers may send null, or may get it.",
        "null-forbidden",
    ),
    narrowed(
        "null-forbidden",
        "{thing} can't be null any more.",
        "Requests with null are refused; answers don't have it.",
        "null-allowed",
    ),
    narrowed(
        "rule-added",
        "A rule of {thing} is new: {after}.",
        "Fields depend on one another in a way that they didn't.",
        "rule-removed",
    ),
    widened(
        "rule-removed",
        "A rule of {thing} is gone: {before}.",
        "Fields don't depend on one another any more as they did.",
        "rule-added",
    ),
    both(
        "field-deprecated",
        "documentation",
        "{thing} is deprecated now.",
        "It works as before, and callers should do without it.",
        "field-undeprecated",
    ),
    both(
        "field-undeprecated",
        "documentation",
        "{thing} isn't deprecated any more.",
        "Callers may go on to use it.",
        "field-deprecated",
    ),
    both(
        "read-only-added",
        "breaking",
        "{thing} is read-only now.",
        "It can't be sent any more.",
        "read-only-removed",
        response="documentation",
    ),
    both(
        "read-only-removed",
        "compatible",
        "{thing} isn't read-only any more.",
        "It can be sent.",
        "read-only-added",
        response="documentation",
    ),
    both(
        "write-only-added",
        "documentation",
        "{thing} is write-only now.",
        "It isn't in answers any more.",
        "write-only-removed",
        response="breaking",
    ),
    both(
        "write-only-removed",
        "documentation",
        "{thing} isn't write-only any more.",
        "It may be in answers.",
        "write-only-added",
        response="compatible",
    ),
)
