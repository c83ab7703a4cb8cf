"""``vietstack``."""

from __future__ import annotations

import argparse

from compute_example.cli.base import ShowCommand
from compute_example.cli.client import at, member
from compute_example.cli.lookup import find_id
from compute_example.cli.output import Row, row


class Vietstack(ShowCommand):
    """Move a stopped server to another host."""

    api_operations = ("POST /servers/{id}/action#vietstack",)
    extension = "vietstack"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the server and where it goes."""
        parser.add_argument(
            "server", metavar="SERVER", help="Name or id of the server; it has to be stopped."
        )
        parser.add_argument(
            "--host",
            metavar="HOST",
            help="Where to. Default: the host that the scheduler chooses.",
        )

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], Row]:
        """Ask for the move, and tell from where and where to it was."""
        found = find_id(self.client, "server", parsed_args.server, filtered=True)
        wanted = {} if parsed_args.host is None else {"host": parsed_args.host}
        answer = self.client.call(
            "POST", at("servers", found, "action"), body={"vietstack": wanted}
        )
        moved = member(answer, "vietstack")
        columns = ("source", "host")
        return columns, row(moved, columns)
