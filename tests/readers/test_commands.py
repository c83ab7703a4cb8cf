"""What a command takes, read from a parser or from a function's notes."""

from __future__ import annotations

import argparse
import functools
import types
from typing import Any

import pytest
from cliff.command import Command as CliffCommand
from cliff.lister import Lister
from cliff.show import ShowOne

from sphinxext_apiplug.inventory.model import CommandOption
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.readers.commands import Origin, read_class, read_function

ORIGIN = Origin(
    program="racks",
    name="rack list",
    entry_point="rack_list = racksclient:List",
    distribution="racksclient",
    distribution_version="2.0",
)


class List(Lister):
    """List racks, all of them.

    More about it.
    """

    api_operations = ("GET /racks",)

    def get_parser(self, prog_name: str) -> argparse.ArgumentParser:
        parser = super().get_parser(prog_name)
        parser.add_argument("row", metavar="<row>", help="Row of %(prog)s")
        parser.add_argument("cell", nargs="?", default="c1")
        parser.add_argument("-l", "--limit", type=int, default=20, help="At most %(default)s, 5%%")
        parser.add_argument("--sort", choices=("name", "size"), action="append")
        parser.add_argument("--all", action="store_true", help="Also <b>hidden</b> ones, 5%")
        parser.add_argument("--span", nargs=2, metavar=("FROM", "TO"), required=True)
        parser.add_argument("--cache", default="/home/somebody/.cache")
        parser.add_argument("--secret", help=argparse.SUPPRESS)
        group = parser.add_mutually_exclusive_group(required=True)
        group.add_argument("--up", action="store_true")
        group.add_argument("-d", "--down", metavar="HOW")
        return parser

    def take_action(self, parsed_args: argparse.Namespace) -> Any:
        raise AssertionError("no command is ever run")


def test_options_of_a_parser() -> None:
    """Everything that the command itself takes, arguments first."""
    found = read_class(List, ORIGIN)
    assert found.command.options == (
        CommandOption(name="row", metavar="<row>", help="Row of racks rack list", required=True),
        CommandOption(name="cell", metavar="cell", default="c1"),
        CommandOption(
            name="limit",
            flags=("-l", "--limit"),
            metavar="limit",
            help="At most 20, 5%",
            default="20",
        ),
        CommandOption(
            name="sort",
            flags=("--sort",),
            metavar="name|size",
            choices=("name", "size"),
            multiple=True,
        ),
        CommandOption(name="all", flags=("--all",), help="Also <b>hidden</b> ones, 5%"),
        CommandOption(name="span", flags=("--span",), metavar="FROM TO", required=True),
        # A default that only this machine has is nobody else's.
        CommandOption(name="cache", flags=("--cache",), metavar="cache"),
        CommandOption(name="up", flags=("--up",)),
        CommandOption(name="down", flags=("-d", "--down"), metavar="HOW"),
    )
    assert found.command.alternatives == (("--up", "--down"),)
    assert found.command.summary == "List racks, all of them."
    assert found.declared == ("GET /racks",)


@pytest.mark.parametrize("base", [CliffCommand, Lister, ShowOne])
def test_ways_to_print_are_left_out(base: Any) -> None:
    """They are the framework's, and every command has them."""
    command = type("Plain", (base,), {"take_action": lambda self, parsed: None})
    assert read_class(command, ORIGIN).command.options == ()


def test_harmful_texts_are_cleaned() -> None:
    """What they hold would reach pages and terminals."""

    class Odd(CliffCommand):
        """Ring\u202e the \x07bell."""

        def get_parser(self, prog_name: str) -> argparse.ArgumentParser:
            parser = super().get_parser(prog_name)
            parser.add_argument("--x", help="red \x1b[31malarm")
            return parser

        def take_action(self, parsed_args: argparse.Namespace) -> None:
            raise AssertionError

    command = read_class(Odd, ORIGIN).command
    assert command.summary == "Ring the bell."
    assert command.options[0].help == "red [31malarm"


class Version:
    """As clients have them: no number above ``X.latest``."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get_string(self) -> str:
        return self.text


TABLE: dict[str, list[Any]] = {}


def arg(*flags: str, **facts: Any) -> Any:
    def note(function: Any) -> Any:
        function.__dict__.setdefault("arguments", []).insert(0, (flags, facts))
        return function

    return note


def wraps(start: str, end: str = "2.latest") -> Any:
    def note(function: Any) -> Any:
        variant = types.SimpleNamespace(
            func=function, start_version=Version(start), end_version=Version(end)
        )
        TABLE.setdefault(function.__name__, []).append(variant)

        @functools.wraps(function)
        def substitution(*args: Any) -> Any:
            raise AssertionError("no command is ever run")

        substitution.__id__ = function.__name__  # type: ignore[attr-defined]
        return substitution

    return note


@arg("rack", metavar="<rack>", help="Rack.")
@arg("--force", action="store_true", help="Even if it's in use.", start_version="2.5")
@arg("--how", start_version="2.3", end_version="2.9", group="ways", help="Old.")
def do_rack_drop(client: Any, args: Any) -> None:
    """Drop a rack."""


@wraps("2.0", "2.9")
@arg("rack", metavar="<rack>")
@arg("--tag", help="One tag.")
def do_mark(client: Any, args: Any) -> None:
    """Mark a rack."""


do_mark_old = do_mark


@wraps("2.10")
@arg("rack", metavar="<rack>")
@arg("--tag", help="A tag.", action="append")
@arg("--color", start_version="2.12")
def do_mark(client: Any, args: Any) -> None:  # type: ignore[no-redef]
    """Mark a rack with a color."""


def test_arguments_of_a_function() -> None:
    """Each with the versions that are noted beside it."""
    command = read_function(do_rack_drop, ORIGIN).command
    assert command.summary == "Drop a rack."
    assert command.versions == VersionRange()
    assert command.options == (
        CommandOption(name="rack", metavar="<rack>", help="Rack.", required=True),
        CommandOption(
            name="force",
            flags=("--force",),
            help="Even if it's in use.",
            versions=VersionRange(since="2.5"),
        ),
        CommandOption(
            name="how",
            flags=("--how",),
            metavar="how",
            help="Old.",
            versions=VersionRange(since="2.3", until="2.9"),
        ),
    )


def test_variants_of_a_function() -> None:
    """One command; what is the same in all variants is told once."""
    command = read_function(do_mark, ORIGIN).command
    assert command.summary == "Mark a rack with a color."
    assert command.versions == VersionRange(since="2.0")
    told = [(item.name, item.help, item.multiple, str(item.versions)) for item in command.options]
    assert told == [
        ("rack", "", False, "2.0–"),
        ("tag", "One tag.", False, "2.0–2.9"),
        ("tag", "A tag.", True, "2.10–"),
        ("color", "", False, "2.12–"),
    ]


def test_what_is_no_command() -> None:
    with pytest.raises(TypeError, match="has no get_parser"):
        read_class(dict, ORIGIN)
