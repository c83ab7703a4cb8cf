"""Examples: a call to paste, and its body to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from docutils import nodes

from sphinxext_apiplug.inventory.model import Api, Example, Operation, Response
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.reference.nodes import Disclosure, Scope
from sphinxext_apiplug.reference.render.curl import curl, json_text, microversion
from sphinxext_apiplug.reference.render.inline import part
from sphinxext_apiplug.reference.render.options import RenderOptions
from sphinxext_apiplug.reference.render.versions import attribute, words


def example_part(
    api: Api, operation: Operation, within: VersionRange, options: RenderOptions
) -> list[nodes.Node]:
    """The newest example in full, those for older versions folded away.

    There is none of an operation that is gone.
    """
    if not options.examples or not operation.examples or operation.removed is not None:
        return []
    clipped = (_clipped(example, within) for example in operation.examples)
    newest, *older = sorted(clipped, key=lambda item: item.versions.high, reverse=True)
    shown = [_scope(api, newest, within, _example(api, operation, newest))]
    for example in older:
        when = words(example.versions, within) or "another"
        versions = attribute([example.versions], within)
        inner = _scope(api, example, within, _example(api, operation, example))
        shown.append(Disclosure("", inner, label=f"Example {when}", versions=versions))
    classes = ["apiplug-example", "apiplug-calls"]
    return [part("Example", options), nodes.container("", *shown, classes=classes)]


def written_answers(
    response: Response, within: VersionRange, options: RenderOptions
) -> list[nodes.Node]:
    """Bodies that people wrote down, folded away; the newest first."""
    if not options.examples:
        return []
    shown: list[nodes.Node] = []
    newest_first = sorted(response.examples, key=lambda item: item.versions.sort_key, reverse=True)
    for example in newest_first:
        when = words(example.versions, within)
        body = _block(json_text(example.body), "json")
        shown.append(
            Disclosure(
                "",
                body,
                label=f"Example answer {when}".strip(),
                versions=attribute([example.versions], within),
            )
        )
    return [nodes.container("", *shown, classes=["apiplug-example"])] if shown else []


def _clipped(example: Example, within: VersionRange) -> Example:
    versions = example.versions.intersect(within) or within
    return msgspec.structs.replace(example, versions=versions)


def _scope(
    api: Api, example: Example, within: VersionRange, content: Iterable[nodes.Node]
) -> nodes.Element:
    asked = microversion(api, example.versions).rpartition(" ")[2]
    return Scope("", *content, versions=attribute([example.versions], within), asked=asked)


def _example(api: Api, operation: Operation, example: Example) -> Iterator[nodes.Node]:
    yield _block(curl(api, operation.method, example), "bash")
    if example.body is not msgspec.UNSET:
        body = _block(json_text(example.body), "json")
        yield Disclosure("", body, label="JSON body", repeats=True)


def _block(text: str, language: str) -> nodes.literal_block:
    # Forced: what a lexer can't read is shown plain, without a warning.
    return nodes.literal_block(text, text, language=language, force=True)
