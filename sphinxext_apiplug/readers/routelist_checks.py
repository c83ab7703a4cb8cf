"""Whether the declarations of a handler agree with one another.

The schemas are read from the closures that decorators leave behind. Newer
services also note them on the function, which must say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from types import FunctionType
from typing import Any, Final

from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.readers.handlers import Handler, VersionedSchema, version_range

# Attribute of the function -> attribute of what was read from the closures.
_NOTED: Final = {
    "request_body_schemas": "requests",
    "request_query_schemas": "queries",
    "response_body_schemas": "answers",
}
_SPOKEN: Final = {"requests": "request", "queries": "query", "answers": "response"}


def disagreements(function: FunctionType, handlers: Sequence[Handler]) -> Iterator[str]:
    """A sentence for each kind of declaration in which the two disagree.

    :param function: with its decorators
    """
    for attribute, field in _NOTED.items():
        if attribute not in vars(function):
            continue
        noted = Counter(_noted(vars(function)[attribute]))
        given = Counter(_given([item for each in handlers for item in getattr(each, field)]))
        if noted != given:
            yield (
                f"its decorators noted other schemas in {attribute} than they were given: "
                f"{_listing(noted)} against {_listing(given)}"
            )


def unreachable(handlers: Sequence[Handler]) -> Iterator[str]:
    """A sentence for each schema that holds only where its handler doesn't serve."""
    for handler in handlers:
        for field, what in _SPOKEN.items():
            for item in getattr(handler, field):
                if item.versions.intersect(handler.versions) is None:
                    yield (
                        f"its {what} schema for {item.versions} is never used: "
                        f"the handler serves {handler.versions}"
                    )


def _noted(container: Any) -> Iterator[tuple[int, VersionRange]]:
    for schema, since, until in vars(container).get("_schemas", ()):
        yield id(schema), version_range(since, until, _ignore)


def _given(schemas: Sequence[VersionedSchema]) -> Iterator[tuple[int, VersionRange]]:
    for item in schemas:
        yield id(item.raw), item.versions


def _listing(found: Counter[tuple[int, VersionRange]]) -> str:
    ranges = sorted((versions for _, versions in found), key=lambda item: item.sort_key)
    return ", ".join(str(versions) for versions in ranges) or "none"


def _ignore(_message: str) -> None:
    """Ends that can't be read are reported where the closures are read."""
