"""Client commands: what they are called, take, and say that they call.

Two shapes are known. A cliff command is a class whose objects make an
``argparse`` parser; a command of the older kind is a function ``do_<name>``
with its arguments noted in ``arguments``. Neither needs a service, nor the
client's own application.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from sphinxext_apiplug.inventory.model import Command, CommandOption
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange, hull, merge
from sphinxext_apiplug.readers.commands_options import (
    add_argument,
    alternatives_of,
    argument_versions,
    options_of,
    own_actions,
)
from sphinxext_apiplug.readers.commands_variants import variants_of
from sphinxext_apiplug.readers.texts import clean_deep, may_be_unclean

#: Where a command says which operations it calls: ``METHOD /path`` or ``METHOD /path#action``.
DECLARED: Final = "api_operations"


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a command before it is imported; see :class:`.Command`."""

    program: str
    name: str
    entry_point: str
    distribution: str
    distribution_version: str


class ClientCommand(msgspec.Struct, frozen=True, kw_only=True):
    """A command that was read.

    :ivar declared: what it says that it calls; ``None`` if it says nothing
    """

    command: Command
    declared: Any = None


def read_class(cls: Any, origin: Origin) -> ClientCommand:
    """Read a cliff command.

    :raises Exception: whatever the command's own code raises
    """
    if not callable(getattr(cls, "get_parser", None)):
        raise TypeError(f"{origin.entry_point} is no command: it has no get_parser()")
    # No application and no arguments: parsers are made without either.
    made = cls(None, None)
    parser = made.get_parser(f"{origin.program} {origin.name}")
    actions = own_actions(parser)
    command = _command(
        origin,
        summary=_first_paragraph(parser.description),
        deprecated=bool(getattr(made, "deprecated", False)),
        options=options_of(actions, parser.prog),
        alternatives=alternatives_of(parser),
    )
    return ClientCommand(command=command, declared=getattr(cls, DECLARED, None))


def read_function(function: Any, origin: Origin) -> ClientCommand:
    """Read a command that is a function, maybe with a variant for some versions each.

    :raises Exception: whatever the command's own code raises
    """
    program = f"{origin.program} {origin.name}"
    variants = variants_of(function)
    found: list[CommandOption] = []
    for variant in variants:
        for flags, facts in getattr(variant.function, "arguments", ()):
            versions = argument_versions(facts).intersect(variant.versions)
            if versions is not None:
                options = options_of([add_argument(flags, facts)], program)
                found += [msgspec.structs.replace(item, versions=versions) for item in options]
    command = _command(
        origin,
        summary=_first_paragraph(variants[-1].function.__doc__ or function.__doc__),
        options=_folded(found),
        versions=hull(variant.versions for variant in variants),
    )
    return ClientCommand(command=command, declared=getattr(function, DECLARED, None))


def _command(
    origin: Origin,
    *,
    summary: str,
    options: tuple[CommandOption, ...],
    deprecated: bool = False,
    alternatives: tuple[tuple[str, ...], ...] = (),
    versions: VersionRange = ALL_VERSIONS,
) -> Command:
    command = Command(
        **msgspec.structs.asdict(origin),
        summary=summary,
        deprecated=deprecated,
        options=options,
        alternatives=alternatives,
        versions=versions,
    )
    if not may_be_unclean(command):
        return command
    return msgspec.convert(clean_deep(msgspec.to_builtins(command)), Command)


def _first_paragraph(text: Any) -> str:
    paragraph = str(text or "").strip().partition("\n\n")[0]
    return " ".join(paragraph.split())


def _folded(options: Iterable[CommandOption]) -> tuple[CommandOption, ...]:
    """Options of several variants, each once for all versions that know it so."""
    ranges: dict[bytes, list[VersionRange]] = {}
    plain: dict[bytes, CommandOption] = {}
    for option in options:
        alike = msgspec.structs.replace(option, versions=ALL_VERSIONS)
        key = msgspec.json.encode(alike)
        plain.setdefault(key, alike)
        ranges.setdefault(key, []).append(option.versions)
    folded = [
        msgspec.structs.replace(plain[key], versions=versions)
        for key, found in ranges.items()
        for versions in merge(found)
    ]
    # Spellings of one option stand together, where the first one of them stood.
    order = {_label(option): place for place, option in reversed([*enumerate(folded)])}
    return tuple(sorted(folded, key=lambda item: (order[_label(item)], item.versions.sort_key)))


def _label(option: CommandOption) -> str:
    return option.flags[-1] if option.flags else option.name
