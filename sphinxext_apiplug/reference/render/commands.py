"""The commands of clients that call an operation: what to type, and what they take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from docutils import nodes

from sphinxext_apiplug.inventory.model import Command, CommandOption, Operation
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.reference.markup import Span, Spans, clean, line
from sphinxext_apiplug.reference.nodes import Badge, Disclosure, FieldRow, FieldTable, Fold, Scope
from sphinxext_apiplug.reference.render.inline import part, with_badges
from sphinxext_apiplug.reference.render.options import RenderOptions
from sphinxext_apiplug.reference.render.values import joined
from sphinxext_apiplug.reference.render.versions import attribute, badges

#: On a command that doesn't say itself what it calls.
BY_NAME: Final = Badge(
    "by name",
    "inferred",
    "matched by the command's name, which fits no other operation",
)
_ONE_LINE: Final = 72
# A longer list of choices is folded away, all of it; these are shown.
_MOST_OPEN: Final = 10
_FIRST: Final = 4
# What stands for a value says so itself: <name>, KEY=VALUE, [a|b].
_PLAIN: Final = re.compile(r"[\w. -]*[a-z][\w. -]*")


def command_part(
    operation: Operation, within: VersionRange, options: RenderOptions
) -> list[nodes.Node]:
    """How to call the operation from a command line; nothing if no command is known."""
    shown = [
        _scope(_within(command, versions), within)
        for command in operation.commands
        if (versions := command.versions.intersect(within)) is not None
    ]
    if not shown or operation.removed is not None:
        return []
    classes = ["apiplug-example", "apiplug-commands"]
    return [part("Command line", options), nodes.container("", *shown, classes=classes)]


def command_line(command: Command) -> str:
    """The command with what must be given, as one would type it."""
    required = [item for item in command.options if item.required]
    parts = [f"{line(command.program)} {line(command.name)}"]
    parts += [_typed(item) for item in required if item.flags]
    parts += [_alternatives(command, flags) for flags in command.alternatives]
    # Without the options, what may follow the arguments that must be given.
    parts += [_typed(item) for item in command.options if not item.flags]
    parts = list(dict.fromkeys(parts))
    whole = " ".join(parts)
    return whole if len(whole) <= _ONE_LINE else " \\\n  ".join(parts)


def _within(command: Command, versions: VersionRange) -> Command:
    """A command as it is in some versions: clients know options of many more."""
    options = tuple(
        msgspec.structs.replace(item, versions=held)
        for item in command.options
        if (held := item.versions.intersect(versions)) is not None
    )
    return msgspec.structs.replace(command, versions=versions, options=options)


def _scope(command: Command, within: VersionRange) -> Scope:
    versions = command.versions
    text = command_line(command)
    block = nodes.literal_block(text, text, language="text", force=True)
    content: list[nodes.Node] = [block, _origin(command, within)]
    if command.options:
        label = f"Options of {line(command.program)} {line(command.name)}"
        rows = FieldTable.of(label, _rows(command.options, versions), column="Option")
        content.append(Disclosure("", rows, label=_label(command.options)))
    return Scope("", *content, versions=attribute([versions], within), asked="")


def _origin(command: Command, within: VersionRange) -> nodes.paragraph:
    """What the command says that it does, and what has it."""
    summary = line(command.summary)
    ended = summary if not summary or summary.endswith((".", "!", "?")) else f"{summary}."
    origin = line(f"{command.distribution} {command.distribution_version}")
    text = " ".join(filter(None, (ended, f"From {origin}." if origin else "")))
    marks = list(badges([command.versions], within))
    marks += [Badge("deprecated", "until")] if command.deprecated else []
    marks += [BY_NAME] if command.matched == "name" else []
    return nodes.paragraph("", text, *with_badges(*marks), classes=["apiplug-note"])


def _label(options: Sequence[CommandOption]) -> str:
    """What is folded, in words."""
    names = [
        (len({item.name for item in options if not item.flags}), "argument"),
        (len({item.flags for item in options if item.flags}), "option"),
    ]
    told = [f"{count} {name}{'s' * (count > 1)}" for count, name in names if count]
    return " and ".join(told)


def _rows(options: Sequence[CommandOption], within: VersionRange) -> Iterator[FieldRow]:
    for option in options:
        facts = joined(_facts(option))
        many = option.choices if len(option.choices) > _MOST_OPEN else ()
        yield FieldRow(
            name=line(", ".join(option.flags) or _placeholder(option)),
            type=_kind(option),
            mark="required" if option.required else "",
            badges=badges([option.versions], within),
            description=clean(option.help),
            notes=(facts,) if facts else (),
            folded=(Fold(f"all {len(many)} values", (_codes(many),)),) if many else (),
            versions=attribute([option.versions], within),
        )


def _facts(option: CommandOption) -> list[Spans]:
    found: list[Spans] = []
    if option.choices:
        shown = option.choices if len(option.choices) <= _MOST_OPEN else option.choices[:_FIRST]
        left = len(option.choices) - len(shown)
        more = (Span(f" and {left} more"),) if left else ()
        found.append((Span("one of "), *_codes(shown), *more))
    if option.default is not None:
        found.append((Span("default "), *_codes([option.default])))
    return found


def _codes(values: Sequence[str]) -> Spans:
    """Values as they are typed; unlike JSON's, texts and numbers are the same."""
    return joined([(Span(line(item), code=True),) for item in values], " ")


def _kind(option: CommandOption) -> str:
    """What an option takes."""
    kind = line(_placeholder(option)) if option.flags else "argument"
    if option.multiple:
        kind += ", may be repeated" if option.flags else ", one or more"
    return kind.removeprefix(", ") or "switch"


def _typed(option: CommandOption) -> str:
    """An option or argument as it is typed, the longest flag of several."""
    text = line(_placeholder(option))
    if option.flags:
        return f"{line(option.flags[-1])} {text}".strip()
    text += " ..." if option.multiple else ""
    return text if option.required else f"[{text}]"


def _alternatives(command: Command, flags: Sequence[str]) -> str:
    """Options of which one must be given."""
    by_flag = {flag: item for item in command.options for flag in item.flags}
    typed = [_typed(by_flag[flag]) if flag in by_flag else line(flag) for flag in flags]
    return typed[0] if len(typed) == 1 else f"({' | '.join(typed)})"


def _placeholder(option: CommandOption) -> str:
    name = option.metavar if option.flags else option.metavar or option.name
    return f"<{name}>" if _PLAIN.fullmatch(name) else name
