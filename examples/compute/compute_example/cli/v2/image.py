"""``image list`` and ``image show``."""

from __future__ import annotations

import argparse
from typing import Final

from compute_example.cli.base import ListCommand, ShowCommand
from compute_example.cli.client import at, member
from compute_example.cli.lookup import find_id
from compute_example.cli.output import Row, details, row

_COLUMNS: Final = ("id", "name")
_LONG: Final = (*_COLUMNS, "status", "minRam", "minDisk")


class ListImage(ListCommand):
    """List images: what servers start from."""

    api_operations = ("GET /images", "GET /images/detail")

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add how much is shown."""
        self.add_versioned(
            parser,
            "--long",
            until="2.3",
            action="store_true",
            text="Their states and what they need, too.",
        )

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], list[Row]]:
        """Ask for all images."""
        path = "/images/detail" if parsed_args.long else "/images"
        columns = _LONG if parsed_args.long else _COLUMNS
        return columns, [row(image, columns) for image in self.client.pages(path, key="images")]


class ShowImage(ShowCommand):
    """Show an image."""

    api_operations = ("GET /images/{id}",)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the image."""
        parser.add_argument("image", metavar="IMAGE", help="Name or id of the image.")

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], Row]:
        """Ask for the image."""
        found = find_id(self.client, "image", parsed_args.image)
        return details(member(self.client.get(at("images", found)), "image"))
