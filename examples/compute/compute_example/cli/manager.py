"""Commands are plugins: every entry point of the namespace is one."""

from __future__ import annotations

import inspect
from importlib.metadata import EntryPoint, entry_points

from cliff.command import Command
from cliff.commandmanager import CommandManager


class PluginCommands(CommandManager):
    """The commands that are installed, without those that can't be loaded.

    :ivar left_out: a line about each of these
    """

    def __init__(self, namespace: str) -> None:
        self.left_out: list[str] = []
        super().__init__(namespace)

    def load_commands(self, namespace: str) -> None:
        """Add the commands of one namespace of entry points.

        The first of several of one name is taken, in the order of their objects.
        """
        self.group_list.append(namespace)
        for point in sorted(entry_points(group=namespace), key=lambda item: item.value):
            name = point.name.replace("_", " ")
            wrong = _what_is_wrong(point)
            if name in self.commands and not wrong:
                wrong = f"{self.commands[name].value} is a command of that name already"
            if wrong:
                owner = point.dist.name if point.dist else "an unknown distribution"
                line = f"left out the command {name!r} of {owner}: {wrong}"
                self.left_out.append(" ".join(line.split()))
            else:
                self.commands[name] = point


def _what_is_wrong(point: EntryPoint) -> str:
    """Why a plugin can't be a command; empty if it can."""
    # Somebody else's code: whatever it does, the other commands stay.
    try:
        loaded = point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001
        return f"{type(error).__name__}: {error}"
    if inspect.isclass(loaded) and issubclass(loaded, Command):
        return ""
    return f"{point.value} is no cliff command"
