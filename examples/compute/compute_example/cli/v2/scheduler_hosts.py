"""``scheduler-host-list``."""

from __future__ import annotations

import argparse
from typing import Final

from compute_example.cli.base import ListCommand
from compute_example.cli.client import member
from compute_example.cli.kinds import between
from compute_example.cli.lookup import find_id
from compute_example.cli.output import Row, row
from compute_example.cli.versions import Microversion

_COLUMNS: Final = ("host", "weight")
#: Since then it is told what is free on each host.
_FREE_SINCE: Final = Microversion(2, 5)


class ListSchedulerHost(ListCommand):
    """List the hosts that the scheduler would choose for a server, the best first."""

    api_operations = ("GET /os-scheduler-hosts",)
    extension = "os-scheduler-hosts"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what the server would be made of."""
        parser.add_argument(
            "--image", required=True, metavar="ID", help="Name or id of the server's image."
        )
        parser.add_argument(
            "--flavor", required=True, metavar="ID", help="Name or id of the server's flavor."
        )
        parser.add_argument(
            "--max-count",
            type=between(1, 999_999_999),
            metavar="N",
            help="Not more hosts than this. Default: all that would do.",
        )

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], list[Row]]:
        """Ask the scheduler."""
        query = {
            "image": find_id(self.client, "image", parsed_args.image),
            "flavor": find_id(self.client, "flavor", parsed_args.flavor),
            "max_count": parsed_args.max_count,
        }
        hosts = member(self.client.get("/os-scheduler-hosts", query), "hosts")
        newer = self.client.microversion >= _FREE_SINCE
        columns = (*_COLUMNS, "free") if newer else _COLUMNS
        return columns, [row(host, columns) for host in hosts]
