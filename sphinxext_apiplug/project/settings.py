"""The settings of all projects, validated together."""

from __future__ import annotations

import difflib
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from sphinxext_apiplug.project.declared import PROJECT_FIELDS, LinkPattern, ProjectSettings

_NAMES: Final = tuple(field.name for field in PROJECT_FIELDS)
_COMMIT_PARTS: Final = ("repository", "commit")


class ProjectFault(NamedTuple):
    """What is wrong with one setting.

    :ivar project: the key in ``apiplug_projects``; ``None`` if the whole is no dict
    :ivar key: the setting's name; ``None`` if the project's whole entry is at fault
    :ivar sentence: says which setting and what is wrong with it
    """

    project: object
    key: object
    sentence: str


def check_projects(
    value: object,
) -> tuple[dict[str, ProjectSettings], tuple[ProjectFault, ...]]:
    """Check the whole of ``apiplug_projects``; a project with a fault is left out.

    :param value: project name -> mapping of settings
    :returns: the projects without a fault, and all the faults
    """
    if not isinstance(value, Mapping):
        sentence = "apiplug_projects must be a dict: project name -> settings"
        return {}, (ProjectFault(None, None, sentence),)
    projects: dict[str, ProjectSettings] = {}
    faults: list[ProjectFault] = []
    for name, raw in value.items():
        found = list(_faults(name, raw))
        faults += found
        if not found:
            projects[name] = msgspec.convert(dict(raw), ProjectSettings)
    return projects, tuple(faults)


def _faults(name: object, raw: object) -> Iterator[ProjectFault]:
    label = f"apiplug_projects[{name!r}]"
    if not isinstance(name, str) or not name.strip():
        yield ProjectFault(name, None, f"{label}: a project's name is a text")
    elif not isinstance(raw, Mapping):
        yield ProjectFault(name, None, f"{label} must be a dict of settings")
    else:
        for key, value in raw.items():
            if reason := _reason(key, value):
                yield ProjectFault(name, key, f"{label}{reason}")


def _reason(key: object, value: object) -> str:
    """What is wrong with one setting; empty if nothing is."""
    if key not in _NAMES:
        return f": unknown setting {key!r}{_hint(key, _NAMES)}"
    try:
        settings = msgspec.convert({key: value}, ProjectSettings)
    except msgspec.ValidationError as error:
        return f"[{key!r}]: {_in_words(str(key), str(error))}"
    wrong = next(_meanings(settings), "")
    return f"[{key!r}]: {wrong}" if wrong else ""


def _in_words(key: str, reason: str) -> str:
    """What a validation error says, for a person who writes conf.py."""
    reason, _, path = reason.partition(" - at `$.")
    if " matching regex " in reason:
        reason = "must be an http address that doesn't end with '/'"
    for json_word, word in {"array": "list", "object": "dict", "null": "None"}.items():
        reason = reason.replace(f"`{json_word}`", f"`{word}`")
    below = path.rstrip("`").removeprefix(key)
    return f"{reason} (at `{below}`)" if below else reason


def _meanings(settings: ProjectSettings) -> Iterator[str]:
    """What the types of the settings don't say."""
    for pattern in settings.robots:
        yield from _pattern_faults(pattern)
    yield from _template_faults(settings.commit_url, _COMMIT_PARTS)
    for link in settings.links:
        found = list(_pattern_faults(link.pattern))
        yield from found or _link_faults(link)


def _link_faults(link: LinkPattern) -> Iterator[str]:
    groups = tuple(map(str, range(re.compile(link.pattern).groups + 1)))
    yield from _template_faults(link.url, (*groups, "repository"))
    yield from _template_faults(link.text, groups)
    if link.url and not link.url.startswith(("https://", "http://", "{repository}")):
        yield f"{link.url!r} must be an http address, or begin with '{{repository}}'"


def _pattern_faults(pattern: str) -> Iterator[str]:
    try:
        re.compile(pattern)
    except re.error as error:
        yield f"{pattern!r} is no regular expression: {error}"


def _template_faults(template: str, known: Sequence[str]) -> Iterator[str]:
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
        template.format(*known, **dict.fromkeys(known, ""))
    except (ValueError, LookupError, AttributeError) as error:
        names = names if isinstance(error, LookupError | AttributeError) else []
        if not names:
            yield f"{template!r}: {error}"
    wrong = next((name for name in names if name not in known), None)
    if wrong is not None:
        yield f"{template!r}: unknown part {wrong!r}{_hint(wrong, known)}"


def _hint(name: object, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(str(name), known, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; there are: {', '.join(known)}"
