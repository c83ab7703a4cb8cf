"""``vietstack``."""

from __future__ import annotations

import argparse

from compute_example.cli.base import ShowCommand
from compute_example.cli.client import at, member
from compute_example.cli.lookup import find_id
from compute_example.cli.output import Row, details


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
        """Ask for the move, then show the server."""
        raise NotImplementedError
