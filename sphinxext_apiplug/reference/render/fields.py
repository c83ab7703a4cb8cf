"""Timelines of fields as the rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from sphinxext_apiplug.inventory.timeline import Field, FieldState
from sphinxext_apiplug.inventory.versions import VersionRange, hull
from sphinxext_apiplug.reference.markup import Span, Spans, clean, line
from sphinxext_apiplug.reference.nodes import Badge, FieldRow
from sphinxext_apiplug.reference.render.values import bound, choices, joined, value
from sphinxext_apiplug.reference.render.versions import badges, words


def field_rows(
    fields: Sequence[Field], within: VersionRange, parent: str = "", depth: int = 0
) -> Iterator[FieldRow]:
    """A row for each field, each one's children right after it.

    :param within: the versions that need no mention
    :param parent: path of the field that these are in; depth: how deep that is
    """
    for field in fields:
        yield field_row(field, within, parent, depth)
        inner = _within(field, within)
        for child in field.children:
            # A part "[]" of a pointer stands for the items of an array.
            items = "[]" * child.pointer.removeprefix(field.pointer).count("/[]")
            path = f"{parent}{line(field.name)}{items}."
            yield from field_rows([child], inner, path, depth + 1)


def field_row(field: Field, within: VersionRange, parent: str = "", depth: int = 0) -> FieldRow:
    """One field as it is in the newest version that has it, and what was otherwise."""
    marks = badges(field.versions, within)
    if field.provided_by is not None:
        marks += (Badge(f"from {line(field.provided_by)}", "from"),)
    newest = field.states[-1] if field.states else FieldState()
    name = _special_name(field)
    return FieldRow(
        name=line(field.name) or "(unnamed)",
        parent=parent,
        depth=depth,
        type=line(newest.type),
        required=newest.required,
        badges=marks,
        description=clean(newest.description),
        notes=(*([(Span(name),)] if name else []), *_notes(field.states, within)),
    )


def _within(field: Field, within: VersionRange) -> VersionRange:
    """The versions that need no mention on what is in a field."""
    return hull(field.versions).intersect(within) or within


def _special_name(field: Field) -> str:
    """What a name stands for that isn't one."""
    last = field.pointer.rpartition("/")[2]
    if not field.name:
        return "the body itself"
    if last == "*":
        return "any other name"
    return "any name that matches this pattern" if last.startswith("~p") else ""


def _notes(states: Sequence[FieldState], within: VersionRange) -> Iterator[Spans]:
    newest = states[-1] if states else FieldState()
    if now := joined([spans for facet, _ in _FACETS for spans in facet(newest)]):
        yield now
    for older in reversed(states[:-1]):
        if before := joined(_differences(older, newest)):
            when = words(older.versions, within) or str(older.versions)
            yield (Span(f"{when}: "), *before)


def _differences(older: FieldState, newest: FieldState) -> list[Spans]:
    """What to say of an older state of a field."""
    found: list[Spans] = []
    if older.type != newest.type and older.type:
        found.append((Span(line(older.type)),))
    if older.required != newest.required:
        found.append((Span("required" if older.required else "optional"),))
    for facet, none in _FACETS:
        then = facet(older)
        if then != facet(newest):
            found += then or [(Span(none),)]
    return found


def _bounds(state: FieldState) -> list[Spans]:
    return [bound(text) for text in state.bounds]


def _choices(state: FieldState) -> list[Spans]:
    return [choices(state.enum)] if state.enum else []


def _default(state: FieldState) -> list[Spans]:
    if state.default is msgspec.UNSET:
        return []
    return [(Span("default "), value(state.default))]


# Each with what to say of an older state that had none of it.
_FACETS: Final[tuple[tuple[Callable[[FieldState], list[Spans]], str], ...]] = (
    (_bounds, "no bounds"),
    (_choices, "any value"),
    (_default, "no default"),
)
