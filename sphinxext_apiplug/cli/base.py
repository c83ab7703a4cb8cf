"""What the commands have in common: their API argument, problems, exit codes."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Final

from cliff.command import Command

from sphinxext_apiplug.cli import failon, flags, progress, target
from sphinxext_apiplug.cli.output import printable
from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.inventory.problems import Problem

FINE: Final = 0
PROBLEMS: Final = 1
WRONG_USE: Final = 2


class ApiCommand(Command):
    """A command that reads one API and tells of its problems."""

    #: A call that works, shown at the end of the help text.
    example = ""

    #: Whether a problem was told that makes the command fail.
    failed = False

    def get_epilog(self) -> str:
        """The end of the help text."""
        return f"Example: {self.example}"

    def get_parser(self, prog_name: str) -> argparse.ArgumentParser:
        """The arguments that every command takes."""
        parser = super().get_parser(prog_name)
        parser.add_argument(
            "api",
            metavar="API",
            help="a key of apiplug_apis in conf.py, a namespace (stevedore's entry-point "
            "group), a list of routes (package.module:LIST), or an inventory file",
        )
        parser.add_argument(
            "--fail-on",
            metavar="WHAT",
            type=failon.parse,
            default="error",
            help="exit with 1 on problems this grave (error, warning, info), on one kind "
            "of problem, or never; default: error",
        )
        flags.add_to(parser)
        return parser

    def run(self, parsed_args: argparse.Namespace) -> int:
        """Run the command; what the caller did wrong is said without a traceback."""
        try:
            code = super().run(parsed_args)
        except ApiplugError as error:
            for line in str(error).splitlines():
                self._say(f"{self.app.NAME}: {line}")
            return WRONG_USE
        return PROBLEMS if self.failed else code

    def load(self, parsed_args: argparse.Namespace) -> Inventory:
        """The inventory that was asked for.

        :raises ApiplugError: for everything that the caller can put right
        """
        settings = flags.settings_from(parsed_args)
        with progress.shown(self.app.stderr, wanted=self.app.options.verbose_level > 0) as report:
            return target.load(parsed_args.api, settings, parsed_args.conf_dir, report)

    def tell(self, problems: Iterable[Problem], parsed_args: argparse.Namespace) -> None:
        """Print problems to standard error, and remember whether they are failures.

        Mild ones (``info``) are printed with ``-v``, or if they are failures.
        """
        verbose = self.app.options.verbose_level > 1
        for problem in problems:
            failing = parsed_args.fail_on(problem)
            self.failed = self.failed or failing
            if failing or verbose or problem.severity != "info":
                self._say(f"{problem.severity}: {problem} [{problem.kind}]")

    def _say(self, text: str) -> None:
        # Lines after the first are indented, so that none passes for a problem of its own.
        shown = "\n    ".join(map(printable, text.splitlines()))
        self.app.stderr.write(shown + "\n")
