"""``flavor list``, ``show``, ``create`` and ``delete``."""

from __future__ import annotations

import argparse
from typing import Final

from compute_example.cli.base import EachCommand, ListCommand, ShowCommand
from compute_example.cli.client import at, member
from compute_example.cli.kinds import between, text_of
from compute_example.cli.lookup import find_id
from compute_example.cli.output import Row, details, row

_COLUMNS: Final = ("id", "name", "vcpus", "ram", "disk")
#: Option, the least and the most, what it is.
_SIZES: Final = (
    ("--vcpus", 1, 1024, "Virtual CPUs of a server, 1 to 1024."),
    ("--ram", 1, 2**24, "Memory of a server in MiB, 1 to 16777216."),
    ("--disk", 0, 2**20, "Disk of a server in GiB, 0 to 1048576."),
)


class ListFlavor(ListCommand):
    """List flavors: the sizes that servers come in."""

    api_operations = ("GET /flavors",)

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], list[Row]]:
        """Ask for all flavors."""
        return _COLUMNS, [
            row(flavor, _COLUMNS) for flavor in self.client.pages("/flavors", key="flavors")
        ]


class ShowFlavor(ShowCommand):
    """Show a flavor."""

    api_operations = ("GET /flavors/{id}",)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the flavor."""
        parser.add_argument("flavor", metavar="FLAVOR", help="Name or id of the flavor.")

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], Row]:
        """Ask for the flavor."""
        found = find_id(self.client, "flavor", parsed_args.flavor)
        return details(member(self.client.get(at("flavors", found)), "flavor"))


class CreateFlavor(ShowCommand):
    """Create a flavor."""

    api_operations = ("POST /flavors",)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what a server of this flavor has."""
        parser.add_argument(
            "name",
            type=text_of(1, 255),
            metavar="NAME",
            help="Name of the new flavor, 1 to 255 characters.",
        )
        for flag, least, most, text in _SIZES:
            parser.add_argument(
                flag, required=True, type=between(least, most), metavar="N", help=text
            )
        parser.add_argument(
            "--id", metavar="UUID", help="Id of the flavor. Default: the service chooses one."
        )

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], Row]:
        """Create the flavor."""
        names = ("name", "vcpus", "ram", "disk", "id")
        flavor = {key: value for key in names if (value := getattr(parsed_args, key)) is not None}
        answer = self.client.call("POST", "/flavors", body={"flavor": flavor})
        return details(member(answer, "flavor"))


class DeleteFlavor(EachCommand):
    """Delete flavors."""

    api_operations = ("DELETE /flavors/{id}",)
    noun = "flavor"

    def each(self, identifier: str, parsed_args: argparse.Namespace) -> None:
        """Delete one flavor."""
        self.client.call("DELETE", at("flavors", identifier))
