"""Kinds of change of what an operation takes and answers: parameters, bodies, headers, codes."""

from __future__ import annotations

from typing import Final

from sphinxext_apiplug.checks.diff.kind import both, narrowed, widened

KINDS: Final = (
    both(
        "parameter-added",
        "compatible",
        "{thing} ({after}) is new.",
        "Callers may send it.",
        "parameter-removed",
    ),
    both(
        "required-parameter-added",
        "breaking",
        "{thing} ({after}) is new, and must be given.",
        "Requests without it are refused.",
        "required-parameter-removed",
    ),
    both(
        "parameter-removed",
        "breaking",
        "{thing} ({before}) is gone.",
        "Requests with it are refused, or it does nothing.",
        "parameter-added",
    ),
    both(
        "required-parameter-removed",
        "breaking",
        "{thing} ({before}), which had to be given, is gone.",
        "Requests with it are refused, or it does nothing.",
        "required-parameter-added",
    ),
    both(
        "parameter-pattern-added",
        "compatible",
        "{thing} ({after}) is new, and with it any name that matches.",
        "Callers may send parameters of such names.",
        "parameter-pattern-removed",
    ),
    both(
        "parameter-pattern-removed",
        "breaking",
        "{thing} is gone, and with it any name that matches.",
        "Requests with parameters of such names are refused, or those do nothing.",
        "parameter-pattern-added",
    ),
    both(
        "unlisted-parameters-refused",
        "breaking",
        "Query parameters that aren't listed are refused now.",
        "Requests with such a parameter, which did nothing, fail.",
        "unlisted-parameters-ignored",
    ),
    both(
        "unlisted-parameters-ignored",
        "compatible",
        "Query parameters that aren't listed are no longer refused.",
        "Requests with such a parameter are served; what it does isn't said.",
        "unlisted-parameters-refused",
    ),
    both(
        "repetition-allowed",
        "compatible",
        "{thing} may be given more than once now.",
        "Its values make a list.",
        "repetition-forbidden",
    ),
    both(
        "repetition-forbidden",
        "breaking",
        "{thing} can't be given more than once any more.",
        "Requests that repeat it are refused, or all values but one do nothing.",
        "repetition-allowed",
    ),
    both(
        "success-status-added",
        "compatible",
        "The operation may succeed with {thing} now.",
        "Callers who don't expect the code should treat it as its class says.",
        "success-status-removed",
    ),
    both(
        "success-status-removed",
        "breaking",
        "The operation doesn't succeed with {thing} any more.",
        "Callers who wait for the code wait in vain.",
        "success-status-added",
    ),
    both(
        "error-status-added",
        "compatible",
        "The operation may fail with {thing} now.",
        "An error has a code of its own that wasn't known to come.",
        "error-status-removed",
    ),
    both(
        "error-status-removed",
        "compatible",
        "The operation doesn't fail with {thing} any more.",
        "An error isn't known to come any more.",
        "error-status-added",
    ),
    both(
        "body-schema-added",
        "breaking",
        "There is a schema of {thing} now.",
        "What may be sent is checked for the first time, and may be refused; what comes "
        "back is written down for the first time.",
        "body-schema-removed",
        response="documentation",
    ),
    both(
        "body-schema-removed",
        "compatible",
        "There is no schema of {thing} any more.",
        "What may be sent isn't checked any more; what comes back isn't said any more.",
        "body-schema-added",
        response="documentation",
    ),
    both(
        "body-schema-declared",
        "documentation",
        "The schema of {thing} is declared now; it was read from the code.",
        "What comes back is written down for the first time. The code may have told less, so "
        "what stands in both isn't compared.",
        "body-schema-deduced",
    ),
    both(
        "body-schema-deduced",
        "documentation",
        "The schema of {thing} isn't declared any more; it is read from the code.",
        "What comes back isn't written down any more. The code may tell less, so what stands "
        "in both isn't compared.",
        "body-schema-declared",
    ),
    both(
        "body-introduced",
        "breaking",
        "{thing} isn't empty any more.",
        "A request without a body is refused; an answer has one more thing to read.",
        "body-dropped",
        response="compatible",
    ),
    both(
        "body-dropped",
        "breaking",
        "{thing} is empty now.",
        "A request with a body is refused, or the body does nothing; in an answer there is "
        "nothing to read.",
        "body-introduced",
    ),
    both(
        "response-header-added",
        "compatible",
        "{thing} ({after}) is new.",
        "An answer carries a header more.",
        "response-header-removed",
    ),
    both(
        "response-header-removed",
        "breaking",
        "{thing} is gone.",
        "Callers who read the header find none.",
        "response-header-added",
    ),
    narrowed(
        "body-required",
        "{thing} must be given now.",
        "Requests without a body are refused.",
        "body-optional",
    ),
    widened(
        "body-optional",
        "{thing} may be left out now.",
        "Requests without a body are served.",
        "body-required",
    ),
    both(
        "media-type-added",
        "compatible",
        "{thing} may be {after} now.",
        "A body can be written in a format more.",
        "media-type-removed",
    ),
    both(
        "media-type-removed",
        "breaking",
        "{thing} can't be {before} any more.",
        "A body can't be written in that format any more.",
        "media-type-added",
    ),
    both(
        "description-added",
        "documentation",
        "{thing} has a description now.",
        "It is described better.",
        "description-removed",
    ),
    both(
        "description-removed",
        "documentation",
        "{thing} has no description any more.",
        "It is described worse.",
        "description-added",
    ),
    both(
        "description-changed",
        "documentation",
        "The description of {thing} is another.",
        "It is described otherwise.",
    ),
)
