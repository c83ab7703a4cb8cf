"""Fields that an operation has and nobody described."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sphinxext_apiplug.checks.handwritten.fields import Held, Known, folded
from sphinxext_apiplug.checks.handwritten.telling import Telling, location_of
from sphinxext_apiplug.handwritten.model import Row
from sphinxext_apiplug.inventory.problems import Problem


def undescribed(
    known: Known, rows: Sequence[Row], what: str, telling: Telling, *, optional: bool = True
) -> Iterator[Problem]:
    """One problem for all fields of an object that no table has.

    Those aren't missing that the row of the object has in its words.

    :param optional: whether that is told of optional fields too
    """
    texts: dict[str, str] = {}
    for row in rows:
        texts[row.name.rpartition(".")[2]] = row.entry.description if row.entry else ""
    missing: dict[str, list[str]] = {}
    for held in _unwritten(known, rows, telling) if known.complete else ():
        if not optional and held.required is False:
            continue
        missing.setdefault(held.pointer.rpartition("/")[0], []).append(held.name)
    alike: dict[tuple[str, ...], list[str]] = {}
    for holder, names in missing.items():
        mentioned = _mentioned(texts.get(holder.rpartition("/")[2], ""), names)
        if found := tuple(name for name in names if name not in mentioned):
            alike.setdefault(found, []).append(holder[1:].replace("/", "."))
    for same, holders in alike.items():
        plural = "s" if len(same) > 1 else ""
        inside = f" of {', '.join(map(repr, holders))}" if any(holders) else ""
        message = f"no table has the {what}{plural} {', '.join(map(repr, same))}{inside}"
        yield telling.problem("handwritten-undescribed", same[0], message)


def _unwritten(known: Known, rows: Sequence[Row], telling: Telling) -> Iterator[Held]:
    """The fields that no row names, though one names what holds them."""
    names = {part for row in rows for part in (row.name, *row.name.split("."))}
    names.add(telling.operation.action or "")
    # A row that is told to be misspelt isn't missing as well.
    spelt = set(map(folded, names))
    placed = (row.name for row in rows if location_of(row) in ("query", "body"))
    unknown = [name for name in placed if not known.named(name)]
    spelt |= {folded(known.alike(name, names) or "") for name in unknown}
    told = telling.versions_or_all()
    for held in known.fields:
        holder = held.pointer.rpartition("/")[0].rpartition("/")[2]
        is_below = not holder or holder in names
        if is_below and folded(held.name) not in spelt and held.versions.intersect(told):
            yield held


def _mentioned(text: str, names: Iterable[str]) -> set[str]:
    """Which of the names a text has: as literals, or as words that only a name can be.

    Where it has one of these, it lists them, and the others are no mere words either.
    """
    found = {name for name in names if re.search(rf"``\W*{re.escape(name)}\W*``", text)}
    words = {name for name in names if re.search(rf"\b{re.escape(name)}\b", text)}
    found |= {name for name in words if not (name.isalpha() and name.islower())}
    return words if found else found
