"""``apiplug openapi``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from sphinxext_apiplug.cli import output, progress
from sphinxext_apiplug.cli.base import FINE, PROBLEMS, ApiCommand
from sphinxext_apiplug.cli.errors import UsageError
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.inventory.problems import Problem
from sphinxext_apiplug.openapi.document import Builder, build
from sphinxext_apiplug.openapi.text import to_json, to_yaml
from sphinxext_apiplug.openapi.validate import validate
from sphinxext_apiplug.openapi.versions import versions_of

_EACH: Final = "each"
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
            metavar="X.Y|all|each",
            help="the microversion to describe; or all of them in one document, each "
            "variant with its range in x-openstack; or each of them in a document of its "
            "own, in the folder that -o names; default: the newest",
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
        each = parsed_args.microversion == _EACH
        (output.check_folder if each else output.check)(parsed_args.output)
        inventory = self.load(parsed_args)
        self.tell(inventory.problems, parsed_args)
        if self.failed and not inventory.operations:
            return PROBLEMS  # there is nothing to describe, and it was said why
        if each:
            self._write_each(inventory, parsed_args)
            return FINE
        document = build(inventory, parsed_args.microversion)
        name = parsed_args.format or _SUFFIXES.get(output.suffix(parsed_args.output), "json")
        output.write(parsed_args.output, _FORMATS[name](document))
        self.tell(validate(document, inventory), parsed_args)
        return FINE

    def _write_each(self, inventory: Inventory, parsed_args: argparse.Namespace) -> None:
        """Write a document for each microversion; tell each problem once.

        :raises UsageError: if there are no microversions
        """
        versions, builder = versions_of(inventory), Builder(inventory)
        if not versions:
            raise UsageError(f"{inventory.api.name} has no microversions: leave out {_EACH!r}")
        name = parsed_args.format or "json"
        found: dict[Problem, None] = {}
        wanted = self.app.options.verbose_level > 0
        with progress.shown(self.app.stderr, wanted=wanted, doing="writing") as report:
            for number, version in enumerate(versions):
                report(number, len(versions), version)
                document = builder.build(version)
                file = Path(parsed_args.output) / f"{version}.{name}"
                output.write(str(file), _FORMATS[name](document))
                found |= dict.fromkeys(validate(document, inventory))
        self.tell(found, parsed_args)
