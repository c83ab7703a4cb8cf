"""The ``compute-example`` command."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from functools import cached_property
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from cliff.app import App

from compute_example.cli import options
from compute_example.cli.client import Client
from compute_example.cli.errors import ClientError
from compute_example.cli.manager import PluginCommands

if TYPE_CHECKING:
    from cliff.command import Command

#: Where commands are declared, ours and those of other distributions.
NAMESPACE: Final = "compute_example.cli.v2"
_NAME: Final = "compute-example"
_DESCRIPTION: Final = (
    "Calls the example compute service. "
    "Example: compute-example --os-token admin server list -f json"
)
_SIGPIPE_EXIT: Final = 141
_VERBOSE_DEBUG: Final = 3


class ComputeApp(App):
    """The application that cliff runs: global options, commands, exit codes."""

    NAME = _NAME
    LOG = logging.getLogger(_NAME)

    def __init__(self) -> None:
        self._commands = PluginCommands(NAMESPACE)
        super().__init__(
            description=_DESCRIPTION,
            version=metadata.version("compute-example"),
            command_manager=self._commands,
            # Otherwise "server list --help" is about all commands.
            deferred_help=True,
        )

    @cached_property
    def client(self) -> Client:
        """The service, as the options before the command describe it.

        :raises ClientError: if they can't be used
        """
        return options.client_from(self.options)

    def build_option_parser(
        self,
        description: str | None,
        version: str | None,
        argparse_kwargs: dict[str, Any] | None = None,
    ) -> argparse.ArgumentParser:
        """Cliff's options and those of :mod:`compute_example.cli.options`."""
        # Cliff looks for them behind the command, too: an abbreviation could mean its option.
        given = {"prog": _NAME, "allow_abbrev": False, "conflict_handler": "resolve"}
        parser = super().build_option_parser(
            description, version, {**given, **(argparse_kwargs or {})}
        )
        parser.add_argument("--version", action="version", version=f"{_NAME} {version}")
        options.add_options(parser)
        return parser

    def configure_logging(self) -> None:
        """Log to standard error; with ``-v`` the calls, with ``-vv`` libraries' messages too."""
        try:
            super().configure_logging()
        except OSError as error:
            self.parser.error(f"--log-file: {error}")
        if self.options.verbose_level < _VERBOSE_DEBUG:
            logging.getLogger().setLevel(logging.INFO)
            logging.getLogger("keystoneauth.session").setLevel(logging.DEBUG)

    def initialize_app(self, argv: list[str]) -> None:
        """Say which commands were left out."""
        for line in self._commands.left_out:
            self.LOG.warning("%s", line)

    def interact(self) -> None:
        """Without a command cliff would open a shell; here it is wrong use."""
        self.parser.error(f"no command given; {_NAME} --help lists them")

    def clean_up(self, cmd: Command, result: int, err: BaseException | None) -> None:
        """Say what to do about an error that nobody foresaw."""
        if isinstance(err, Exception) and not isinstance(err, ClientError | BrokenPipeError):
            self.LOG.error(
                "%s %s: a fault of the command (%s); --debug says more",
                self.NAME, cmd.cmd_name, type(err).__name__,
            )  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Run one command.

    :param argv: arguments; default: the process's own
    :returns: 0 fine, 1 the service or the network said no, 2 wrong use; 141 when the
        reader of a pipe went away, as shells have it
    """
    code = ComputeApp().run(sys.argv[1:] if argv is None else argv)
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
