"""Titles of schemas: code generators make class names of them, so each is used once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sphinxext_apiplug.openapi import names, schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinxext_apiplug.inventory.model import Schema


def titles_of(schema: Schema) -> tuple[str, ...]:
    """Every title in a schema, its own and those of what is in it."""
    found: list[str] = []

    def note(part: dict[str, Any]) -> dict[str, Any]:
        if isinstance(part.get("title"), str):
            found.append(part["title"])
        return part

    schemas.rebuild(schema, note)
    return tuple(found)


def set_apart(
    components: Mapping[str, Schema], titles: Mapping[str, tuple[str, ...]]
) -> dict[str, Schema]:
    """The components with no title twice, nor one that is another component's name.

    Where a title is taken, a component's own gets the component's name added; one
    further inside is left out.

    :param titles: component name -> what :func:`titles_of` says of it
    """
    counts = Counter(_key(title) for name in components for title in titles[name])
    counts.update(_key(name) for name, schema in components.items() if not _is_titled(schema))
    taken = {key for key, count in counts.items() if count > 1}
    return {
        name: _changed(name, schema, taken)
        if any(_key(title) in taken for title in titles[name])
        else schema
        for name, schema in components.items()
    }


def _is_titled(schema: Schema) -> bool:
    return isinstance(schema, dict) and isinstance(schema.get("title"), str)


def _key(title: str) -> str:
    return names.camel(title).casefold()


def _changed(name: str, schema: Schema, taken: set[str]) -> Schema:
    def change(part: dict[str, Any]) -> dict[str, Any]:
        if isinstance(part.get("title"), str) and _key(part["title"]) in taken:
            del part["title"]
        return part

    changed = schemas.rebuild(schema, change)
    if isinstance(changed, bool) or isinstance(schema, bool) or "title" not in schema:
        return changed
    own = schema["title"]
    if "title" not in changed:
        own = f"{own} ({name})"
    return {"title": own, **changed}
