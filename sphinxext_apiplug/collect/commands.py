"""Joins operations with the commands of clients that call them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from sphinxext_apiplug.collect.clients import Clients
from sphinxext_apiplug.collect.messages import Request
from sphinxext_apiplug.collect.points import Points
from sphinxext_apiplug.inventory.model import Api, Command, Operation
from sphinxext_apiplug.inventory.problems import Problem
from sphinxext_apiplug.readers.base import Context
from sphinxext_apiplug.readers.commands import ClientCommand
from sphinxext_apiplug.readers.commands_declared import DeclarationError, calls_of, find
from sphinxext_apiplug.readers.commands_match import Matcher


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """Operations with their commands.

    :ivar packages: the top-level packages that commands were read from
    """

    operations: tuple[Operation, ...]
    packages: frozenset[str]


def joined_commands(
    operations: Sequence[Operation],
    api: Api,
    request: Request,
    points: Points,
    context: Context,
) -> Joined:
    """Give each operation the commands that call it.

    What can't be read, and what no operation is known of, is reported.
    """
    clients = Clients(request.given_up, points, context)
    matcher = Matcher(operations, api)
    calling: dict[int, list[Command]] = {}
    for where in request.settings.command_sets:
        for found in clients.read(where):
            for operation, command in _calls(found, operations, matcher, context):
                calling.setdefault(id(operation), []).append(command)
    return Joined(
        operations=tuple(_with(item, calling.get(id(item), [])) for item in operations),
        packages=frozenset(clients.packages),
    )


def _with(operation: Operation, commands: list[Command]) -> Operation:
    """The operation with its commands, each once."""
    if not commands:
        return operation
    unique = {(item.program, item.name, item.entry_point): item for item in commands}
    return msgspec.structs.replace(
        operation, commands=tuple(command for _, command in sorted(unique.items()))
    )


def _calls(
    found: ClientCommand, operations: Sequence[Operation], matcher: Matcher, context: Context
) -> Iterator[tuple[Operation, Command]]:
    """The operations that a command calls, with the command as it is shown at them."""
    command = found.command
    if found.declared is None:
        operation = matcher.match(command)
        if operation is None:
            message = "it doesn't say which operations it calls, and its name fits no single one"
            context.problems.append(_problem("command-unmatched", command, message))
        else:
            yield operation, msgspec.structs.replace(command, matched="name")
        return
    try:
        calls = calls_of(found.declared)
    except DeclarationError as error:
        context.problems.append(_problem("command-misdeclared", command, str(error)))
        return
    for call in calls:
        operation = find(call, operations)
        if operation is None:
            message = f"it calls {call.text}, which no extension serves"
            context.problems.append(_problem("command-unmatched", command, message))
        else:
            yield operation, command


def _problem(kind: str, command: Command, message: str) -> Problem:
    return Problem(
        kind=kind,
        subject=f"{command.program} {command.name}",
        message=message,
        source=command.source,
        entry_point=command.entry_point,
        distribution=f"{command.distribution} {command.distribution_version}".strip() or None,
    )
