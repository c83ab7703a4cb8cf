"""What each microversion changed in an API, as sections to link to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from docutils import nodes

from sphinxext_apiplug.inventory.changes import Change, VersionChanges, changes
from sphinxext_apiplug.inventory.model import Api, Inventory, Operation
from sphinxext_apiplug.reference.markup import Span, Spans, line, to_inline
from sphinxext_apiplug.reference.render.inline import as_given, method_badge, reference
from sphinxext_apiplug.reference.render.signature import path_code, title_text
from sphinxext_apiplug.reference.render.values import bound, joined

_PARTS: Final = {
    "path": "path parameter",
    "query": "query parameter",
    "header": "header",
    "request": "request field",
    "response": "response field",
    "response header": "response header",
}
_KINDS: Final = {"new": "new", "gone": "no longer has", "changed": "changed"}
# Of longer lists of values, readers want the table of the operation itself.
_MOST_VALUES: Final = 8


def render_microversions(inventory: Inventory) -> list[nodes.section]:
    """A section for each version that changed something, newest first.

    :return: sections with the ids ``microversion-X.Y``; their attribute
        ``apiplug_object`` is ``("version", "X.Y", title)``
    """
    by_id = {operation.id: operation for operation in inventory.operations}
    return [_section(inventory.api, item, by_id) for item in reversed(changes(inventory))]


def _section(api: Api, found: VersionChanges, by_id: dict[str, Operation]) -> nodes.section:
    section = nodes.section("", ids=[f"microversion-{found.version}"])
    section["apiplug_object"] = ("version", found.version, f"Microversion {found.version}")
    section += nodes.title(found.version, found.version)
    entries = [
        nodes.list_item("", *_entry(api, [by_id[name] for name in names], told))
        for told, names in _alike(found.changes).items()
    ]
    section += nodes.bullet_list("", *entries, bullet="*", classes=["apiplug-changes"])
    as_given([section])
    return section


def _alike(found: Iterable[Change]) -> dict[tuple[Spans, ...], list[str]]:
    """What is told -> the operations that it is told of, so that each is told once."""
    by_operation: dict[str, list[Change]] = {}
    for change in found:
        by_operation.setdefault(change.operation, []).append(change)
    alike: dict[tuple[Spans, ...], list[str]] = {}
    for name, items in by_operation.items():
        alike.setdefault(tuple(_sentences(items)), []).append(name)
    return alike


def _entry(
    api: Api, operations: Sequence[Operation], told: tuple[Spans, ...]
) -> Iterator[nodes.Node]:
    for operation in operations:
        text = nodes.inline("", title_text(operation))
        yield nodes.paragraph(
            "",
            "",
            method_badge(operation.method),
            nodes.Text(" "),
            reference(api, "op", operation.id, text),
            nodes.Text(" "),
            path_code(api, operation, with_action=True),
            classes=["apiplug-call"],
        )
    items = [nodes.list_item("", nodes.paragraph("", "", *to_inline(item))) for item in told]
    yield nodes.bullet_list("", *items, bullet="*")


def _sentences(items: Sequence[Change]) -> Iterator[Spans]:
    whole = {change.kind for change in items if change.part == "operation"}
    if whole:
        yield (Span("new operation" if "new" in whole else "no longer there"),)
        return
    for part, noun in _PARTS.items():
        for kind in ("new", "gone"):
            names = [change for change in items if (change.part, change.kind) == (part, kind)]
            yield from _listed([item for item in names if not item.name.isdecimal()], noun, kind)
            yield from _listed([item for item in names if item.name.isdecimal()], "status", kind)
        for change in items:
            if (change.part, change.kind) == (part, "changed"):
                yield _changed(change, noun)
    if any(change.part == "code" for change in items):
        yield (Span("the code that serves it tells this version from older ones"),)


def _listed(found: Sequence[Change], noun: str, kind: str) -> Iterator[Spans]:
    if found:
        plural = {"status": "statuses"}.get(noun, f"{noun}s")
        lead = f"{_KINDS[kind]} {noun if len(found) == 1 else plural} "
        yield (Span(lead), *joined([(Span(line(item.name), code=True),) for item in found]))


def _changed(change: Change, noun: str) -> Spans:
    lead = (Span(f"{noun} "), Span(line(change.name), code=True))
    before, after = _words(change.before), _words(change.after)
    if not before:
        return (*lead, Span(": now "), *after)
    if not after:
        return (*lead, Span(": no longer "), *before)
    return (*lead, Span(": now "), *after, Span("; was "), *before)


def _words(fragments: Sequence[str]) -> Spans:
    values = [text.removeprefix("value ") for text in fragments if text.startswith("value `")]
    others = [bound(text) for text in fragments if not text.startswith("value `")]
    if values:
        shown = joined([bound(text) for text in values[:_MOST_VALUES]], " ")
        more = len(values) - _MOST_VALUES
        rest = (Span(f" and {more} more"),) if more > 0 else ()
        noun = "value " if len(values) == 1 else "values "
        others.append((Span(noun), *shown, *rest))
    return joined(others)
