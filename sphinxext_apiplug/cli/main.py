"""The ``apiplug`` command."""

from __future__ import annotations

import argparse
import difflib
import logging
import os
import sys
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from cliff.app import App
from cliff.commandmanager import CommandManager

if TYPE_CHECKING:
    from cliff.command import Command

_NAME: Final = "apiplug"
_DESCRIPTION: Final = (
    "API references and OpenAPI documents, read from the extensions that are installed. "
    "Example: apiplug list myservice.api.extensions"
)
_SIGPIPE_EXIT: Final = 141
_VERBOSE_DEBUG: Final = 3


class ApiplugApp(App):
    """The application that cliff runs: global options, exit codes, no shell."""

    NAME = _NAME

    def __init__(self) -> None:
        super().__init__(
            description=_DESCRIPTION,
            version=metadata.version("sphinxext-apiplug"),
            command_manager=CommandManager("apiplug.commands"),
            # Otherwise "apiplug list --help" is about apiplug, not about list.
            deferred_help=True,
        )

    def build_option_parser(
        self,
        description: str | None,
        version: str | None,
        argparse_kwargs: dict[str, Any] | None = None,
    ) -> argparse.ArgumentParser:
        """Cliff's options, with the command's own name in ``--version``."""
        given = {"prog": _NAME, "conflict_handler": "resolve", **(argparse_kwargs or {})}
        parser = super().build_option_parser(description, version, given)
        parser.add_argument("--version", action="version", version=f"{_NAME} {version}")
        return parser

    def configure_logging(self) -> None:
        """Log to standard error; libraries' debug messages only with ``-vv``."""
        try:
            super().configure_logging()
        except OSError as error:
            self.parser.error(f"--log-file: {error}")
        if self.options.verbose_level < _VERBOSE_DEBUG:
            logging.getLogger().setLevel(logging.INFO)

    def interact(self) -> None:
        """Without a command cliff would open a shell; here it is wrong use."""
        self.parser.error(f"no command given; there are: {', '.join(self._commands())}")

    def run_subcommand(self, argv: list[str]) -> int:
        """Run the command that *argv* begins with; an unknown one is wrong use."""
        try:
            self.command_manager.find_command(argv)
        except ValueError:
            commands = self._commands()
            close = difflib.get_close_matches(argv[0], commands, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(commands)}"
            self.parser.error(f"{argv[0]!r} is no command; {hint}")
        return super().run_subcommand(argv)

    def clean_up(self, cmd: Command, result: int, err: BaseException | None) -> None:
        """Say what to do about an error that nobody foresaw."""
        if result and isinstance(err, Exception) and not isinstance(err, BrokenPipeError):
            self.LOG.error("%s %s: %s", self.NAME, cmd.cmd_name, type(err).__name__)
            self.LOG.error("This is a fault of apiplug: please report what --debug prints.")

    def _commands(self) -> list[str]:
        return sorted(name for name, _ in self.command_manager)


def main(argv: list[str] | None = None) -> int:
    """Run one command.

    :param argv: arguments; default: the process's own
    :returns: 0 fine, 1 problems of the asked severity, 2 wrong use; 141 when
        the reader of a pipe went away, as shells have it
    """
    code = ApiplugApp().run(sys.argv[1:] if argv is None else argv)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = _SIGPIPE_EXIT
    if code == _SIGPIPE_EXIT:
        # What is still in the buffer goes nowhere, without a word at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


if __name__ == "__main__":
    sys.exit(main())
