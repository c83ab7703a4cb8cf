"""Options and arguments of client commands, out of ``argparse``'s objects."""

from __future__ import annotations

import argparse
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final

from sphinxext_apiplug.inventory.model import CommandOption
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange

# What ``add_argument`` takes; clients note more beside it.
_KNOWN: Final = frozenset(
    {
        "action", "choices", "const", "default", "dest", "help", "metavar", "nargs", "required",
        "type", "version",
    }
)  # fmt: skip
# Titles of groups that frameworks add to every command that prints something end so.
_OUTPUT_GROUPS: Final = ("formatter", "formatters")
_MOST_CHOICES: Final = 200
_SEVERAL: Final = (argparse.ZERO_OR_MORE, argparse.ONE_OR_MORE, argparse.REMAINDER)
_MAYBE_NONE: Final = (argparse.ZERO_OR_MORE, argparse.OPTIONAL, argparse.REMAINDER)
_VERSION: Final = re.compile(r"\d+\.\d+", re.ASCII)


def own_actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What the command itself takes: no help, no way to print, nothing hidden."""
    printing = {
        id(action)
        for group in parser._action_groups
        if str(group.title or "").lower().endswith(_OUTPUT_GROUPS)
        for action in group._group_actions
    }
    return [item for item in parser._actions if id(item) not in printing and _is_shown(item)]


def alternatives_of(parser: argparse.ArgumentParser) -> tuple[tuple[str, ...], ...]:
    """The options of which one must be given, by their longest flags."""
    groups = [
        tuple(_ordered(item)[-1] for item in group._group_actions if item.option_strings)
        for group in parser._mutually_exclusive_groups
        if group.required
    ]
    return tuple(flags for flags in groups if flags)


def add_argument(flags: Sequence[str], facts: Mapping[str, Any]) -> argparse.Action:
    """Make of what ``add_argument`` would be told what it would give.

    :param facts: its keywords, maybe among others
    :raises Exception: if it refuses them
    """
    known = {key: value for key, value in facts.items() if key in _KNOWN}
    return argparse.ArgumentParser(add_help=False).add_argument(*flags, **known)


def argument_versions(facts: Mapping[str, Any]) -> VersionRange:
    """The versions that a client notes beside an argument's keywords."""
    return version_range(facts.get("start_version"), facts.get("end_version"))


def version_range(start: object, end: object) -> VersionRange:
    """From one version to another, each a text or an object that knows its own.

    A client knows nothing above its last version: what has no number has no end.
    """
    since, until = _version(start), _version(end)
    # Before versions were counted there was the one that clients call X.0.
    return VersionRange(since=since, until=until) if since or until else ALL_VERSIONS


def _version(value: object) -> str | None:
    get_string = getattr(value, "get_string", str)
    try:
        text = str(get_string() if get_string is not str else value)
    except ValueError:  # A version that stands for none.
        return None
    return text if _VERSION.fullmatch(text) else None


def options_of(actions: Iterable[argparse.Action], prog: str) -> tuple[CommandOption, ...]:
    """The same as data, arguments first, in the order in which they are typed."""
    found = [_option(item, prog) for item in actions if _is_shown(item)]
    return tuple(sorted(found, key=lambda item: bool(item.flags)))


def _is_shown(action: argparse.Action) -> bool:
    is_help = isinstance(action, argparse._HelpAction)
    return not is_help and action.help is not argparse.SUPPRESS


def _option(action: argparse.Action, prog: str) -> CommandOption:
    positional = not action.option_strings
    repeated = isinstance(
        action,
        argparse._AppendAction | argparse._AppendConstAction | argparse._CountAction,
    )
    required = action.nargs not in _MAYBE_NONE if positional else bool(action.required)
    choices = _choices(action.choices)
    return CommandOption(
        name=str(action.dest),
        flags=tuple(_ordered(action)),
        metavar=_metavar(action, choices),
        help=_help(action, prog),
        choices=choices,
        default=_default(action.default),
        required=required,
        multiple=repeated or action.nargs in _SEVERAL,
    )


def _ordered(action: argparse.Action) -> list[str]:
    """Its flags; the longest spelling is the one to read."""
    return sorted(map(str, action.option_strings), key=lambda flag: flag.startswith("--"))


def _metavar(action: argparse.Action, choices: tuple[str, ...]) -> str:
    if action.nargs == 0:
        return ""
    given = action.metavar
    if given is None:
        listed = choices if 0 < len(choices) <= 4 else ()
        return "|".join(listed) or str(action.dest).replace("_", "-")
    return " ".join(map(str, given)) if isinstance(given, tuple) else str(given)


def _choices(choices: Iterable[Any] | None) -> tuple[str, ...]:
    if choices is None:
        return ()
    return tuple(str(item) for item in itertools.islice(choices, _MOST_CHOICES))


def _default(value: object) -> str | None:
    """A default worth telling: not a switch's, and nothing of this machine."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value)
    hidden = text == argparse.SUPPRESS or PurePath(text).is_absolute()
    return None if hidden or not text else text


def _help(action: argparse.Action, prog: str) -> str:
    """The help text, with the facts that it asks for."""
    text = str(action.help or "")
    facts = {**vars(action), "prog": prog}
    if action.choices is not None:
        facts["choices"] = ", ".join(_choices(action.choices))
    try:
        text %= facts
    except (KeyError, TypeError, ValueError):
        # A percent sign that isn't meant as one: argparse would fail, and shows nothing.
        text = text.replace("%%", "%")
    return text.strip()
