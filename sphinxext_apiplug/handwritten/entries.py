"""The YAML files of a hand-written reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from sphinxext_apiplug.handwritten.model import Entry, Fault, Place

_TRUTHS: Final[Mapping[str, bool]] = {"true": True, "yes": True, "false": False, "no": False}


def read(text: str, file: str) -> tuple[dict[str, Entry], list[Fault]]:
    """The parameters of one file.

    Everything is taken as text: as a number, the microversion 2.10 would be 2.1.

    :param file: as the entries' places name it
    :return: the entries by their keys, and what could not be read
    """
    loader = yaml.BaseLoader(text)
    try:
        root = loader.get_single_node()
        pairs = [] if root is None else _pairs(root, loader)
    except yaml.YAMLError as error:
        return {}, [Fault(message=f"not YAML: {_reason(error)}", place=_place(file, error))]
    finally:
        loader.dispose()
    if pairs is None:
        fault = Fault(message="not a mapping of parameters", place=Place(file=file, line=1))
        return {}, [fault]
    entries: dict[str, Entry] = {}
    faults: list[Fault] = []
    for name, line, value in pairs:
        place = Place(file=file, line=line)
        if not isinstance(value, dict):
            faults.append(Fault(message=f"{name!r} is not a mapping", place=place))
        elif name in entries:
            message = f"{name!r} stands here twice; first in line {entries[name].place.line}"
            faults.append(Fault(message=message, place=place))
        else:
            entries[name] = _entry(name, _merged(value), place)
    return entries, faults


def _pairs(root: yaml.Node, loader: yaml.BaseLoader) -> list[tuple[str, int, Any]] | None:
    if not isinstance(root, yaml.MappingNode):
        return None
    return [
        (str(key.value), key.start_mark.line + 1, loader.construct_object(value, deep=True))
        for key, value in root.value
    ]


def _merged(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry with what it takes from others, which the loader leaves under ``<<``."""
    found: dict[str, Any] = {}
    for base in _bases(entry.get("<<")):
        found = {**_merged(base), **found}
    return {**found, **{key: value for key, value in entry.items() if key != "<<"}}


def _bases(value: object) -> Iterator[Mapping[str, Any]]:
    for item in value if isinstance(value, list) else (value,):
        if isinstance(item, dict):
            yield item


def _entry(name: str, value: Mapping[str, Any], place: Place) -> Entry:
    return Entry(
        name=name,
        place=place,
        location=_text(value, "in").lower(),
        type=_text(value, "type"),
        required=_TRUTHS.get(_text(value, "required").lower()),
        description=_text(value, "description"),
        since=_text(value, "min_version") or None,
        until=_text(value, "max_version") or None,
    )


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    return found.strip() if isinstance(found, str) else ""


def _reason(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None)
    return str(problem or error).splitlines()[0]


def _place(file: str, error: yaml.YAMLError) -> Place:
    mark = getattr(error, "problem_mark", None)
    return Place(file=file, line=1 if mark is None else mark.line + 1)
