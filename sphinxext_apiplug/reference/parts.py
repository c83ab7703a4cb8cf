"""How an extension with many operations is split over several pages.

By resource; what is still too large by path, and that by number. So a page changes
its name only if what it is about does, whatever else comes or goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from sphinxext_apiplug.inventory.model import Operation
from sphinxext_apiplug.reference.sizes import html_size, most_html_size


class Part(NamedTuple):
    """Some operations of an extension.

    :ivar name: a resource, maybe with a path and a number behind it; unique in
        the extension
    :ivar title: what sets it apart from the extension's other parts
    """

    name: str
    title: str
    operations: tuple[Operation, ...]


class Placed(NamedTuple):
    """A part, and the document that it is in."""

    part: Part
    docname: str


def parts_of(operations: Sequence[Operation], limit: int) -> tuple[Part, ...]:
    """The parts that a page's operations fall into.

    :param limit: bytes of HTML that a page may have
    :return: nothing if they fit on one page
    """
    if sum(map(most_html_size, operations)) <= limit:
        return ()
    sizes = {item.id: html_size(item) for item in operations}
    if sum(sizes.values()) <= limit:
        return ()
    found = tuple(_split(operations, sizes, limit))
    return found if len(found) > 1 else ()


def _split(operations: Iterable[Operation], sizes: dict[str, int], limit: int) -> Iterator[Part]:
    for resource, of_resource in _grouped(operations, lambda item: item.resource):
        if _size(of_resource, sizes) <= limit:
            yield Part(resource, resource, of_resource)
            continue
        for path, of_path in _grouped(of_resource, lambda item: item.path):
            for number, fitting in enumerate(_fitting(of_path, sizes, limit), start=1):
                title = path if number == 1 else f"{path} ({number})"
                yield Part(f"{resource} {title}", title, fitting)


def _grouped(
    operations: Iterable[Operation], key: Callable[[Operation], str]
) -> Iterator[tuple[str, tuple[Operation, ...]]]:
    groups: dict[str, list[Operation]] = {}
    for operation in operations:
        groups.setdefault(key(operation), []).append(operation)
    yield from ((name, tuple(group)) for name, group in groups.items())


def _fitting(
    operations: Iterable[Operation], sizes: dict[str, int], limit: int
) -> Iterator[tuple[Operation, ...]]:
    """As many as fit, in their order; what is too large alone stands alone."""
    fitting: list[Operation] = []
    for operation in operations:
        if fitting and _size([*fitting, operation], sizes) > limit:
            yield tuple(fitting)
            fitting = []
        fitting.append(operation)
    yield tuple(fitting)


def _size(operations: Iterable[Operation], sizes: dict[str, int]) -> int:
    return sum(sizes[item.id] for item in operations)
