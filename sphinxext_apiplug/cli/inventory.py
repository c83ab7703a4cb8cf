"""``apiplug inventory``."""

from __future__ import annotations

import argparse

from sphinxext_apiplug.cli import output
from sphinxext_apiplug.cli.base import FINE, ApiCommand
from sphinxext_apiplug.inventory.codec import dumps


class Inventory(ApiCommand):
    """Collect an API into an inventory file.

    Such a file can stand in for the namespace where the service isn't
    installed: see the setting "inventory".
    """

    example = "apiplug inventory myservice.api.extensions -o myservice.json"

    def get_parser(self, prog_name: str) -> argparse.ArgumentParser:
        """The arguments of every command, and ``-o``."""
        parser = super().get_parser(prog_name)
        output.add_option(parser)
        return parser

    def take_action(self, parsed_args: argparse.Namespace) -> int:
        """Read the API and write its inventory, whatever problems it has.

        :raises ApiplugError: for everything that the caller can put right
        """
        output.check(parsed_args.output)
        inventory = self.load(parsed_args)
        output.write(parsed_args.output, dumps(inventory))
        self.tell(inventory.problems, parsed_args)
        return FINE
