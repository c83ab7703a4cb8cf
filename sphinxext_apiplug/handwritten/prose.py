"""What people wrote, put into an inventory that was read from code."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from sphinxext_apiplug.handwritten.describing import described, pointers
from sphinxext_apiplug.handwritten.matching import Index
from sphinxext_apiplug.handwritten.model import Half, Row, Sample, Tree, Written
from sphinxext_apiplug.handwritten.plain import plain, title
from sphinxext_apiplug.handwritten.versions import version_of
from sphinxext_apiplug.inventory.model import (
    BodyExample,
    Example,
    Inventory,
    Operation,
    Parameter,
    Payload,
    Response,
)
from sphinxext_apiplug.inventory.validity import fault
from sphinxext_apiplug.inventory.versions import Microversion

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_ACTION: Final = re.compile(r"\s*\([\w-]+ Action\)", re.IGNORECASE)
_OLDEST: Final = Microversion(0, 0)


def with_prose(inventory: Inventory, tree: Tree, folder: Path) -> Inventory:
    """An inventory in the words of a hand-written reference.

    Titles, texts and descriptions of people go before what the code says, as they were
    written for callers. An example goes in only where it is valid for its schema.

    :param tree: read from *folder*
    """
    index = Index(inventory, folder)
    texts: dict[str, list[Written]] = {}
    for written in tree.operations:
        for method in written.methods:
            match = index.match(method, written)
            if len(match.operations) == 1 and not match.undecided:
                same = texts.setdefault(match.operations[0].id, [])
                if written not in same:
                    same.append(written)
    operations = tuple(
        _operation(item, texts[item.id], folder) if item.id in texts else item
        for item in inventory.operations
    )
    extensions = _chapters(tree, inventory, texts)
    found = tuple(
        replace(item, description=extensions.get(item.alias, item.description))
        for item in inventory.extensions
    )
    return replace(inventory, operations=operations, extensions=found)


def _chapters(
    tree: Tree, inventory: Inventory, texts: Mapping[str, Sequence[Written]]
) -> dict[str, str]:
    """Alias -> the words of the chapters that are mostly about that extension."""
    owners: dict[tuple[str, str], Counter[str]] = {}
    for operation in inventory.operations:
        for written in texts.get(operation.id, ()):
            key = (written.place.file, written.chapter)
            owners.setdefault(key, Counter())[operation.extension] += 1
    found: dict[str, list[str]] = {}
    for chapter in tree.chapters:
        counts = owners.get((chapter.place.file, chapter.title))
        if counts:
            alias = min(counts, key=lambda name: (-counts[name], name))
            found.setdefault(alias, []).append(plain(chapter.text))
    return {alias: "\n\n".join(words) for alias, words in found.items()}


def _operation(operation: Operation, texts: Sequence[Written], folder: Path) -> Operation:
    rows = [row for written in texts for row in written.rows if row.entry is not None]
    samples = [sample for written in texts for sample in written.samples]
    words = dict.fromkeys(plain(written.text) for written in texts)
    asked = [row for row in rows if row.half == "request"]
    answered = [row for row in rows if row.half == "response"]
    request = _payloads(operation.request, asked)
    responses = tuple(_response(item, answered) for item in operation.responses)
    return replace(
        operation,
        summary=_ACTION.sub("", title(texts[0].title)),
        summary_inferred=False,
        description="\n\n".join(filter(None, words)) or operation.description,
        parameters=tuple(_parameters(operation, rows, texts[0])),
        request=request,
        responses=tuple(_with_examples(item, samples, folder) for item in responses),
        examples=tuple(_examples(operation, request, samples, folder)),
    )


def _parameters(
    operation: Operation, rows: Sequence[Row], written: Written
) -> Iterator[Parameter]:
    """Path parameters by their place in the path, as people and code name them differently."""
    names = dict(
        zip(
            reversed(_VARIABLE.findall(operation.path)),
            reversed(_VARIABLE.findall(written.methods[0].path)),
            strict=False,
        )
    )
    for item in operation.parameters:
        name = names.get(item.name, item.name) if item.location == "path" else item.name
        found = (row for row in rows if row.name == name and _location(row) == item.location)
        text = next(map(_text, found), "")
        yield replace(item, description=text) if text else item


def _location(row: Row) -> str:
    return row.entry.location if row.entry is not None else ""


def _text(row: Row) -> str:
    return plain(row.entry.description) if row.entry is not None else ""


def _response(response: Response, rows: Sequence[Row]) -> Response:
    if response.status >= 400 or not response.payloads:
        return response
    return replace(response, payloads=_payloads(response.payloads, rows))


def _payloads(payloads: tuple[Payload, ...], rows: Iterable[Row]) -> tuple[Payload, ...]:
    texts: dict[str, str] = {}
    for row in rows:
        if _location(row) == "body" and (text := _text(row)):
            for pointer in pointers(payloads, row.name):
                texts.setdefault(pointer, text)
    return tuple(replace(item, schema=described(item.schema, texts)) for item in payloads)


def _examples(
    operation: Operation, payloads: Sequence[Payload], samples: Sequence[Sample], folder: Path
) -> Iterator[Example]:
    """The operation's examples, each with a body that people wrote if one fits it."""
    bodies = list(_bodies(samples, "request", folder))
    for example in operation.examples:
        fitting = [item for item in payloads if item.versions.intersect(example.versions)]
        chosen = next(
            (
                body
                for version, body in bodies
                if (version is None or example.versions.contains(version))
                and any(fault(item.schema, body) is None for item in fitting)
            ),
            None,
        )
        yield example if chosen is None or not fitting else replace(example, body=chosen)


def _with_examples(response: Response, samples: Sequence[Sample], folder: Path) -> Response:
    """A success with one body for each of its schemas that one was written for."""
    if response.status >= 400:
        return response
    bodies = list(_bodies(samples, "response", folder))
    examples = []
    for payload in response.payloads:
        for version, body in bodies:
            in_range = version is None or payload.versions.contains(version)
            if in_range and fault(payload.schema, body) is None:
                examples.append(BodyExample(body=body, versions=payload.versions))
                break
    return replace(response, examples=tuple(examples))


def _bodies(
    samples: Iterable[Sample], half: Half, folder: Path
) -> Iterator[tuple[Microversion | None, Any]]:
    """Version and body of the samples of one half, the newest first."""
    found: list[tuple[Microversion | None, Any]] = []
    for sample in samples:
        path = folder / sample.file
        if sample.half == half and path.is_file():
            version = version_of(path)
            try:
                body = json.loads(path.read_bytes())
            except (ValueError, RecursionError):
                continue  # `apiplug check` tells of it
            found.append((None if version is None else Microversion.parse(version), body))
    yield from sorted(found, key=lambda item: item[0] or _OLDEST, reverse=True)
