"""``apiplug openapi``."""

from __future__ import annotations

import argparse
from typing import Final

from sphinxext_apiplug.cli import output
from sphinxext_apiplug.cli.base import FINE, PROBLEMS, ApiCommand
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json, to_yaml
from sphinxext_apiplug.openapi.validate import validate

_FORMATS: Final = {"json": to_json, "yaml": to_yaml}
_SUFFIXES: Final = {".yaml": "yaml", ".yml": "yaml"}


class OpenApi(ApiCommand):
    """Write the OpenAPI 3.1 document of an API.

    The document is validated; what is wrong with it is a problem that names
    the extension and the handler it came from.
    """

    example = "apiplug openapi myservice.api.extensions --microversion 1.2 -o api.yaml"

    def get_parser(self, prog_name: str) -> argparse.ArgumentParser:
        """The arguments of every command, and those of the document."""
        parser = super().get_parser(prog_name)
        parser.add_argument(
            "--microversion",
            metavar="X.Y|all",
            help="the microversion to describe, or all of them in one document, each "
            "variant with its range in x-openstack; default: the newest",
        )
        parser.add_argument(
            "--format",
            choices=sorted(_FORMATS),
            help="default: what the file's name ends in, else json",
        )
        output.add_option(parser)
        return parser

    def take_action(self, parsed_args: argparse.Namespace) -> int:
        """Read the API, write its document, validate it.

        :raises ApiplugError: for everything that the caller can put right
        """
        output.check(parsed_args.output)
        inventory = self.load(parsed_args)
        self.tell(inventory.problems, parsed_args)
        if self.failed and not inventory.operations:
            return PROBLEMS  # there is nothing to describe, and it was said why
        document = build(inventory, parsed_args.microversion)
        name = parsed_args.format or _SUFFIXES.get(output.suffix(parsed_args.output), "json")
        output.write(parsed_args.output, _FORMATS[name](document))
        self.tell(validate(document, inventory), parsed_args)
        return FINE
