"""``extension list`` and ``extension show``."""

from __future__ import annotations

import argparse
from typing import Final

from compute_example.cli.base import ListCommand, ShowCommand
from compute_example.cli.client import at, member
from compute_example.cli.output import Row, details, row

_COLUMNS: Final = ("alias", "name", "description")


class ListExtension(ListCommand):
    """List the extensions that the service has."""

    api_operations = ("GET /extensions",)

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], list[Row]]:
        """Ask for all extensions."""
        found = self.client.pages("/extensions", key="extensions")
        return _COLUMNS, [row(extension, _COLUMNS) for extension in found]


class ShowExtension(ShowCommand):
    """Show an extension."""

    api_operations = ("GET /extensions/{id}",)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the extension."""
        parser.add_argument(
            "alias", metavar="ALIAS", help="Alias of the extension, as extension list has it."
        )

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], Row]:
        """Ask for the extension."""
        answer = self.client.get(at("extensions", parsed_args.alias))
        return details(member(answer, "extension"))
