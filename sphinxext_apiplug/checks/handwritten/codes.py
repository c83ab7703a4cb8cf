"""Status codes, as they are written and as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sphinxext_apiplug.handwritten.model import Code, Written
from sphinxext_apiplug.inventory.model import Operation, Response
from sphinxext_apiplug.inventory.problems import Problem, Source

# What a service answers for its rules and its back ends, whatever its handlers declare.
_UNDECLARED: Final = frozenset({401, 403})


def compare(texts: Sequence[Written], operation: Operation) -> Iterator[Problem]:
    """Codes that are written though the handler declares others, and codes that are missing.

    What is inferred proves nothing missing: only declared codes are held against a list,
    successes and errors each where some are declared.

    :param texts: all sections that describe the operation
    """
    written: dict[int, Code] = {}
    for text in texts:
        for code in text.codes:
            written.setdefault(code.status, code)
    if not written or operation.removed is not None:
        return
    given = _UNDECLARED | {item.status for item in operation.responses}
    for of_errors in (False, True):
        declared = _declared(operation, of_errors=of_errors)
        if not declared:
            continue
        for status, code in written.items():
            if (status >= 400) == of_errors and status not in given:
                message = f"{status} isn't among the codes that the handler declares"
                source = Source(object=str(status), file=code.place.file, line=code.place.line)
                yield _problem("handwritten-code", operation, message, source)
        for status in sorted(declared - set(written)):
            message = f"{status} isn't written down, which the handler declares"
            place = texts[0].place
            source = Source(object=str(status), file=place.file, line=place.line)
            yield _problem("handwritten-code-missing", operation, message, source)


def _declared(operation: Operation, *, of_errors: bool) -> set[int]:
    def counts(item: Response) -> bool:
        return (item.status >= 400) == of_errors and not item.inferred

    return {item.status for item in operation.responses if counts(item)}


def _problem(kind: str, operation: Operation, message: str, source: Source) -> Problem:
    return Problem(
        kind=kind,
        subject=operation.id,
        message=message,
        source=source,
        extension=operation.extension,
    )
