"""Timelines of fields as the rows of a table."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from sphinxext_apiplug.inventory.timeline import Field, FieldState
from sphinxext_apiplug.inventory.versions import VersionRange, hull
from sphinxext_apiplug.reference.markup import Span, Spans, clean, line
from sphinxext_apiplug.reference.nodes import Badge, FieldRow, Fold, Mark
from sphinxext_apiplug.reference.render.values import bound, choices, joined, value, value_list
from sphinxext_apiplug.reference.render.versions import attribute, badges, words

# More older states than this are folded away: most readers want what holds now.
_MOST_STATES: Final = 2
# As many versions are named in "changed in".
_MOST_CHANGES: Final = 3


class TableKind(NamedTuple):
    """What a table's rows have in common.

    :ivar within: the operation's own versions
    :ivar answer: the fields of an answer, which nobody is required to send
    :ivar says_required: whether any field of it is said to be always there
    """

    within: VersionRange
    answer: bool = False
    says_required: bool = True

    def mark(self, *, required: bool) -> Mark:
        """What to say of a field that is required, or that isn't."""
        if not self.answer:
            return "required" if required else ""
        return "" if required or not self.says_required else "not always"


def field_rows(
    fields: Sequence[Field], within: VersionRange, *, answer: bool = False
) -> Iterator[FieldRow]:
    """A row for each field, each one's children right after it.

    :param within: the versions that need no mention
    :param answer: whether these are fields of a response
    """
    kind = TableKind(within, answer, answer and _any_required(fields))
    yield from _rows(fields, kind, within, "", 0)


def _any_required(fields: Sequence[Field]) -> bool:
    return any(
        any(state.required for state in field.states) or _any_required(field.children)
        for field in fields
    )


def _rows(
    fields: Sequence[Field], kind: TableKind, around: VersionRange, parent: str, depth: int
) -> Iterator[FieldRow]:
    for field in fields:
        yield field_row(field, kind, around, parent, depth)
        inner = hull(field.versions).intersect(around) or around
        for child in field.children:
            # A part "[]" of a pointer stands for the items of an array.
            items = "[]" * child.pointer.removeprefix(field.pointer).count("/[]")
            path = f"{parent}{line(field.name)}{items}."
            yield from _rows([child], kind, inner, path, depth + 1)


def field_row(
    field: Field, kind: TableKind, around: VersionRange, parent: str = "", depth: int = 0
) -> FieldRow:
    """One field as it is in the newest version that has it, and what was otherwise.

    :param around: the versions of what the field is in, which need no mention
    :param parent: path of the field that this one is in; depth: how deep that is
    """
    states = field.states or (FieldState(),)
    marks = badges(field.versions, around)
    if field.provided_by is not None:
        marks += (Badge(f"from {line(field.provided_by)}", "from"),)
    plain = FieldRow(
        name=line(field.name) or "(unnamed)",
        parent=parent,
        depth=depth,
        badges=marks,
        versions=attribute(field.versions, kind.within),
    )
    newest = _with_state(plain, field, states[-1], kind)
    if len(states) == 1:
        return newest
    older = [_Older(state, states[-1], around, kind) for state in reversed(states[:-1])]
    told = [note for item in older if (note := item.told())]
    few = len(told) <= _MOST_STATES
    return msgspec.structs.replace(
        newest,
        badges=marks + _changed(states),
        notes=(*newest.notes, *(told if few else ())),
        folded=(*newest.folded, *(() if few else (Fold("in older versions", tuple(told)),))),
        states=tuple(
            msgspec.structs.replace(
                _with_state(plain, field, state, kind),
                versions=attribute([state.versions], kind.within),
            )
            for state in states
        ),
    )


def _with_state(plain: FieldRow, field: Field, state: FieldState, kind: TableKind) -> FieldRow:
    name = _special_name(field)
    facts = joined([spans for facet, _ in _FACETS for spans in facet(state)])
    values = value_list(state.enum)
    return msgspec.structs.replace(
        plain,
        type=line(state.type),
        mark=kind.mark(required=state.required),
        description=clean(state.description),
        notes=(*([(Span(name),)] if name else []), *([facts] if facts else [])),
        folded=(Fold(f"all {len(state.enum)} values", (values,)),) if values else (),
    )


def _special_name(field: Field) -> str:
    """What a name stands for that isn't one."""
    last = field.pointer.rpartition("/")[2]
    if not field.name:
        return "the body itself"
    if last == "*":
        return "any other name"
    return "any name that matches this pattern" if last.startswith("~p") else ""


def _changed(states: Sequence[FieldState]) -> tuple[Badge, ...]:
    """In which versions a field changed that was there before."""
    found = [
        new.versions.since
        for old, new in itertools.pairwise(states)
        if new.versions.since is not None and old.versions.is_adjacent(new.versions)
    ]
    if not found:
        return ()
    shown = ", ".join(found[-_MOST_CHANGES:])
    more = " and before" if len(found) > _MOST_CHANGES else ""
    return (Badge(f"changed in {shown}{more}", "changed"),)


class _Older(NamedTuple):
    """An older state of a field, beside the newest one."""

    state: FieldState
    newest: FieldState
    around: VersionRange
    kind: TableKind

    def told(self) -> Spans:
        """What was otherwise, and when; nothing if no difference shows."""
        differences = joined(self._differences())
        if not differences:
            return ()
        when = words(self.state.versions, self.around) or str(self.state.versions)
        return (Span(f"{when}: "), *differences)

    def _differences(self) -> list[Spans]:
        older, newest = self.state, self.newest
        found: list[Spans] = []
        if older.type != newest.type and older.type:
            found.append((Span(line(older.type)),))
        if self.kind.mark(required=older.required) != self.kind.mark(required=newest.required):
            named = ("always", "not always") if self.kind.answer else ("required", "optional")
            found.append((Span(named[not older.required]),))
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
