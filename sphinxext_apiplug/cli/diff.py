"""``apiplug diff``."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cliff.command import Command

from sphinxext_apiplug.checks.diff import Change, diff
from sphinxext_apiplug.checks.diff.accepted import Accepted, line_of, parse, without
from sphinxext_apiplug.checks.diff.change import SEVERITIES
from sphinxext_apiplug.checks.diff.files import alike
from sphinxext_apiplug.checks.diff.kinds import CHANGE_KINDS
from sphinxext_apiplug.checks.diff.report import reno
from sphinxext_apiplug.checks.diff.report.data import to_json
from sphinxext_apiplug.checks.diff.report.markdown import to_markdown
from sphinxext_apiplug.cli import changes, flags, output, progress, sides
from sphinxext_apiplug.cli.base import FINE, PROBLEMS, ApiCommand
from sphinxext_apiplug.cli.errors import UsageError
from sphinxext_apiplug.cli.failon import NEVER
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json as document_json

_FORMATS: Final = ("text", "json", "markdown", "accept")
_SUFFIXES: Final = {".json": "json", ".md": "markdown", ".markdown": "markdown"}
_NOTES: Final = "releasenotes/notes"


class Diff(ApiCommand):
    """Tell what changed from one API to another, and what that breaks.

    Each of both is an inventory file, an OpenAPI 3.0 or 3.1 document, a key of
    apiplug_apis in conf.py, a namespace, or a release (DISTRIBUTION==VERSION),
    which is installed into a folder of its own for the while.
    """

    example = "apiplug diff old.json new.json --fail-on breaking"

    def get_parser(self, prog_name: str) -> argparse.ArgumentParser:
        """Two APIs instead of one, and what to do with their changes."""
        # Those of a command that reads one API aren't for this one.
        parser = Command.get_parser(self, prog_name)
        for name in ("old", "new"):
            parser.add_argument(name, metavar=name.upper(), help=f"the {name} API")
        _add_output(parser)
        _add_choices(parser)
        parser.add_argument(
            "--api",
            metavar="API",
            help="what to read of a release: a key of apiplug_apis in conf.py or a "
            "namespace; default: the only API of conf.py",
        )
        for name in ("old", "new"):
            parser.add_argument(
                f"--{name}-python",
                metavar="PATH",
                type=Path,
                help=f"read {name.upper()} in the environment of this interpreter, where "
                "apiplug is installed too",
            )
        flags.add_to(parser)
        return parser

    def take_action(self, parsed_args: argparse.Namespace) -> int:
        """Read both APIs, compare them, tell the changes.

        :raises ApiplugError: for everything that the caller can put right
        """
        output.check(parsed_args.output)
        if parsed_args.reno is not None:
            _check_notes(parsed_args.reno)
        accepted = _accepted(parsed_args.accept)
        old, new = self._both(parsed_args)
        found = [item for item in diff(old, new) if item.kind not in parsed_args.ignore]
        left, unused = without(found, accepted)
        for item in unused:
            place = f"{parsed_args.accept}:{item.line}"
            self._say(
                f"warning: {place}: no change is like this any more: {item.kind} {item.place}"
            )
        _write(old, new, left, parsed_args)
        if parsed_args.reno is not None:
            self._write_note(left, Path(parsed_args.reno))
        return PROBLEMS if _fails(left, parsed_args.fail_on) else FINE

    def _both(self, parsed_args: argparse.Namespace) -> tuple[Inventory, Inventory]:
        loaded = []
        wanted = self.app.options.verbose_level > 0
        for name in ("old", "new"):
            argument, python = getattr(parsed_args, name), getattr(parsed_args, f"{name}_python")
            with progress.shown(self.app.stderr, wanted=wanted) as report:
                loaded.append(sides.load(argument, python, parsed_args, report))
            self._warn(name, loaded[-1].inventory)
        return alike(loaded[0], loaded[1], lambda api, version: document_json(build(api, version)))

    def _warn(self, name: str, inventory: Inventory) -> None:
        """Say what could not be read: it looks as if it weren't there."""
        for problem in inventory.problems:
            if problem.severity == "error":
                self._say(f"warning: the {name} API isn't all there: {problem} [{problem.kind}]")

    def _write_note(self, left: Sequence[Change], folder: Path) -> None:
        text = reno.note(left)
        if text is None:
            self._say("no release note is needed: nothing changed that a user notices")
            return
        file = folder / reno.file_name(text)
        if file.exists():
            self._say(f"{file} is there already and is kept")
            return
        output.write(str(file), text.encode())
        self._say(f"wrote {file}: edit it into what users should know")


def _check_notes(folder: str) -> None:
    """Find out early that a release note has nowhere to go."""
    if not Path(folder).is_dir():
        raise UsageError(f"{folder} is no folder: where do release notes go?")


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        help="accept writes the lines that accept all breaking changes, for --accept; "
        "default: what the file's name ends in, else text",
    )
    output.add_option(parser)
    parser.add_argument(
        "--reno",
        metavar="DIR",
        nargs="?",
        const=_NOTES,
        help="also write the skeleton of a release note into this folder; default: "
        f"{_NOTES}. A note that is there is never overwritten",
    )


def _add_choices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fail-on",
        metavar="WHAT",
        type=_fail_on,
        default=NEVER,
        help="exit with 1 on changes this grave (breaking, compatible, documentation), on "
        "one kind of change, or never; default: never",
    )
    parser.add_argument(
        "--ignore",
        metavar="KIND",
        type=_kind,
        action="append",
        default=[],
        help="don't tell changes of this kind. Can be repeated.",
    )
    parser.add_argument(
        "--accept",
        metavar="FILE",
        help="don't tell the changes in this file: a kind and a place a line, as "
        "--format accept writes them; a star in a place stands for anything",
    )


def _write(
    old: Inventory, new: Inventory, left: Sequence[Change], parsed_args: argparse.Namespace
) -> None:
    goes_to = parsed_args.output
    name = parsed_args.format or _SUFFIXES.get(output.suffix(goes_to), "text")
    if name == "text" and goes_to == output.STANDARD_OUTPUT:
        changes.show(old.api, new.api, left, sys.stdout)
        return
    data = {
        "json": lambda: to_json(old.api, new.api, left),
        "markdown": lambda: to_markdown(old.api, new.api, left),
        "accept": lambda: _accept_lines(left).encode(),
        "text": lambda: changes.as_text(old.api, new.api, left).encode(),
    }[name]()
    output.write(goes_to, data)


def _accept_lines(left: Sequence[Change]) -> str:
    lines = [line_of(change) for change in left if change.severity == SEVERITIES[0]]
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def _accepted(file: str | None) -> tuple[Accepted, ...]:
    if file is None:
        return ()
    try:
        return parse(Path(file).read_text(encoding="utf-8"), file)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {file}: {error}") from error


def _fails(left: Sequence[Change], fail_on: str) -> bool:
    if fail_on in SEVERITIES:
        grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        return any(change.severity in grave for change in left)
    return any(change.kind == fail_on for change in left)


def _fail_on(text: str) -> str:
    return text if text in (*SEVERITIES, NEVER) else _kind(text)


def _kind(text: str) -> str:
    if text in CHANGE_KINDS:
        return text
    close = difflib.get_close_matches(text, (*SEVERITIES, NEVER, *CHANGE_KINDS), n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    raise argparse.ArgumentTypeError(f"no kind of change is called {text!r}{hint}")
