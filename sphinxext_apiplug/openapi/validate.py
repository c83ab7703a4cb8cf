"""Whether a document is valid, and what makes it invalid.

openapi-spec-validator decides what is valid. It is imported when a document is
validated, not before: that takes half a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinxext_apiplug.inventory.problems import Problem
from sphinxext_apiplug.openapi.document import Builder
from sphinxext_apiplug.openapi.errors import UnknownMicroversionError
from sphinxext_apiplug.openapi.locate import Parts, real_parts, to_pointer
from sphinxext_apiplug.openapi.operations import origin_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinxext_apiplug.inventory.model import Inventory, Operation
    from sphinxext_apiplug.openapi.references import Finding

_KIND: Final = "openapi-invalid"
_LONGEST: Final = 500


def validate(document: Mapping[str, Any], inventory: Inventory) -> tuple[Problem, ...]:
    """What is wrong with a document, each with its position and where it comes from.

    :param document: what :func:`.document.build` made of *inventory*
    :returns: problems of kind ``openapi-invalid``, sorted; none for a valid document
    """
    from sphinxext_apiplug.openapi.checker import findings

    found = findings(dict(document))
    if not found:
        return ()
    origins = _origins(document, inventory)
    problems = {_problem(finding, document, inventory, origins): None for finding in found}
    return tuple(sorted(problems, key=lambda problem: (problem.sort_key, problem.pointer or "")))


def _origins(
    document: Mapping[str, Any], inventory: Inventory
) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Where the parts of a document come from; found by making it once more."""
    shown = document.get("info", {}).get("x-apiplug", {}).get("microversion")
    try:
        return Builder(inventory).assemble(shown).origins
    except UnknownMicroversionError:
        # The document was made of another inventory.
        return {}


def _problem(
    finding: Finding,
    document: Mapping[str, Any],
    inventory: Inventory,
    origins: Mapping[tuple[str, ...], tuple[str, ...]],
) -> Problem:
    parts = real_parts(document, finding.parts)
    pointer = to_pointer(parts)
    message = finding.message
    if len(message) > _LONGEST:
        message = f"{message[:_LONGEST]}…"
    operation = _operation(parts, inventory, origins)
    if operation is None:
        return Problem(kind=_KIND, subject=inventory.api.name, message=message, pointer=pointer)
    extension = inventory.extension(operation.extension)
    return Problem(
        kind=_KIND,
        subject=operation.id,
        message=message,
        source=operation.handler,
        distribution=None if extension is None else origin_of(extension),
        extension=operation.extension,
        pointer=pointer,
    )


def _operation(
    parts: Parts,
    inventory: Inventory,
    origins: Mapping[tuple[str, ...], tuple[str, ...]],
) -> Operation | None:
    """The first operation that a place in the document was made from."""
    for length in range(len(parts), 0, -1):
        ids = origins.get(tuple(str(part) for part in parts[:length]))
        if ids:
            return inventory.operation(ids[0])
    return None
