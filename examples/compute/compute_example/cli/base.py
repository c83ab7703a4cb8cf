"""What commands have in common. Other distributions' commands derive from these, too.

A command says in ``api_operations`` which operations it is for, as ``METHOD /path`` or
``METHOD /path#action`` below the base path: a reference that is made from the installed
extensions shows it there. Looking a name up takes calls that aren't listed.
"""

from __future__ import annotations

import abc
import argparse
from typing import TYPE_CHECKING, Any, ClassVar

from cliff.command import Command
from cliff.lister import Lister
from cliff.show import ShowOne

from compute_example.cli.client import at
from compute_example.cli.errors import ClientError, NotFoundError
from compute_example.cli.lookup import find_id

if TYPE_CHECKING:
    from compute_example.cli.client import Client
    from compute_example.cli.main import ComputeApp


class ApiCommand(Command):
    """A command that calls operations of the service.

    :cvar api_operations: the operations that it is for
    :cvar extension: alias of the extension that has them, if a service may lack it
    :cvar since: the microversion that they came with
    """

    api_operations: ClassVar[tuple[str, ...]] = ()
    extension: ClassVar[str] = ""
    since: ClassVar[str] = ""

    if TYPE_CHECKING:
        app: ComputeApp

    @property
    def client(self) -> Client:
        """The service that the options before the command describe."""
        return self.app.client

    def get_parser(self, prog_name: str) -> argparse.ArgumentParser:
        """Cliff's options and the command's own; nothing is asked of the service."""
        self._versioned: list[tuple[argparse.Action, str, str]] = []
        parser = super().get_parser(prog_name)
        self.add_arguments(parser)
        return parser

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's options, each with a help text."""

    def add_versioned(
        self,
        parser: argparse.ArgumentParser,
        *flags: str,
        text: str,
        since: str = "",
        until: str = "",
        **given: Any,
    ) -> None:
        """Declare an option of some microversions: its help text says so, and it is checked.

        :param flags: such as ``--description``
        :param text: help text
        :param since: the first microversion that has what it sends
        :param until: the last one
        :param given: what else ``add_argument`` takes
        """
        versions = f"Needs microversion {since} or newer." if since else ""
        versions += f"Needs microversion {until} or older." if until else ""
        action = parser.add_argument(*flags, help=f"{text} {versions}", **given)
        self._versioned.append((action, since, until))

    def run(self, parsed_args: argparse.Namespace) -> int:
        """Check the microversion, then do what the command does.

        :raises ClientError: for everything that a person can do something about
        """
        if self.since:
            self.client.require(f"{self.cmd_name}", since=self.since)
        for action, since, until in self._versioned:
            if getattr(parsed_args, action.dest) != action.default:
                self.client.require(action.option_strings[0], since=since, until=until)
        try:
            return super().run(parsed_args)
        except ClientError as error:
            if self.extension and self._is_missing(self.extension):
                raise ClientError(
                    f"the service has no extension {self.extension!r}: it isn't installed there, "
                    "or is switched off"
                ) from error
            raise

    def _is_missing(self, alias: str) -> bool:
        """Whether the service has no such extension, and says so."""
        try:
            self.client.get(at("extensions", alias))
        except NotFoundError:
            return True
        except ClientError:
            return False
        return False


class ListCommand(ApiCommand, Lister):
    """A command whose output is a table with a row for each thing."""


class ShowCommand(ApiCommand, ShowOne):
    """A command whose output is one thing, a row for each of its fields."""


class EachCommand(ApiCommand):
    """A command that does one thing to each of the things that are named, and prints nothing.

    :cvar noun: what they are: ``server``
    :cvar filtered: whether their collection takes the query parameter ``name``
    """

    noun: ClassVar[str]
    filtered: ClassVar[bool] = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the names or ids."""
        parser.add_argument(
            "references",
            nargs="+",
            metavar=self.noun.upper(),
            help=f"Name or id of a {self.noun}; several are taken one after the other.",
        )

    def take_action(self, parsed_args: argparse.Namespace) -> None:
        """Do it to all, and say at the end what failed.

        :raises ClientError: if any failed
        """
        failed: list[ClientError] = []
        for reference in parsed_args.references:
            try:
                found = find_id(self.client, self.noun, reference, filtered=self.filtered)
                self.each(found, parsed_args)
            except ClientError as error:
                failed.append(error)
        if len(failed) == 1:
            raise failed[0]
        if failed:
            raise ClientError("; ".join(map(str, failed)))

    @abc.abstractmethod
    def each(self, identifier: str, parsed_args: argparse.Namespace) -> None:
        """Do it to one.

        :raises ClientError: if it can't be done
        """
