"""Clients' commands, declared in real distributions: what is read, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from sphinxext_apiplug.collect.api import Collected
from sphinxext_apiplug.inventory.model import Command
from tests.fakes import Site

COMMANDS = "things_client.v1"
CLIENT = """
    from cliff.command import Command

    class ShowThing(Command):
        '''Show a thing.'''

        def get_parser(self, prog_name):
            parser = super().get_parser(prog_name)
            parser.add_argument("thing", metavar="<thing>", help="Which one.")
            parser.add_argument("--deep", action="store_true", help="With its parts.")
            return parser

        def take_action(self, parsed_args):
            raise AssertionError

    class Peek(ShowThing):
        '''Look at a thing.'''
        api_operations = ("GET /things/{thing}",)

    class Local(ShowThing):
        '''Calls nothing.'''
        api_operations = ()
"""
SHELL = """
    def do_show(client, args):
        '''Show a thing.'''

    do_show.arguments = [(("thing",), {"metavar": "<thing>", "help": "Which one."})]

    def do_thing_show(client, args):
        '''The same.'''
        raise AssertionError

    do_thing_show.arguments = do_show.arguments

    def undo(client, args):
        '''No command.'''
"""


@pytest.fixture
def things(site: Site) -> Site:
    """A service with one operation, ``GET /things/{id}``, and a client for it."""
    site.install_good()
    site.install(
        "things-client",
        {"thingsclient.py": CLIENT},
        {
            "thing_show": "thingsclient:ShowThing",
            "peek": "thingsclient:Peek",
            "local": "thingsclient:Local",
        },
        namespace=COMMANDS,
        version="4.5",
    )
    return site


def commands(collected: Collected) -> tuple[Command, ...]:
    """The commands of the only operation."""
    (operation,) = collected.inventory.operations
    return operation.commands


def problems(collected: Collected) -> list[tuple[str, str]]:
    return [(item.kind, str(item)) for item in collected.inventory.problems]


def test_declared_and_matched(things: Site, read: Callable[..., Collected]) -> None:
    """By its own word and by its name; what calls nothing is no problem."""
    collected = read(commands=COMMANDS)
    assert problems(collected) == []
    peek, show = commands(collected)
    assert (peek.program, peek.name, peek.matched) == ("things-client", "peek", "declared")
    assert (show.program, show.name, show.matched) == ("things-client", "thing show", "name")
    assert (peek.summary, show.summary) == ("Look at a thing.", "Show a thing.")
    assert show.entry_point == "thing_show = thingsclient:ShowThing"
    assert (show.distribution, show.distribution_version) == ("things-client", "4.5")
    assert str(show.source) == "thingsclient.py:4"
    assert [item.name for item in show.options] == ["thing", "deep"]
    assert "thingsclient.py" in collected.inventory.sources


def test_functions_of_a_module(things: Site, read: Callable[..., Collected]) -> None:
    """The program is the script that the package has."""
    things.install(
        "things-shell",
        {"thingshell/__init__.py": "", "thingshell/v1.py": SHELL},
        {"thing": "thingshell.main:main"},
        namespace="console_scripts",
    )
    collected = read(commands=["thingshell.v1:do_*", COMMANDS])
    assert problems(collected) == []
    found = [(item.program, item.name, str(item.source)) for item in commands(collected)]
    assert found == [
        ("thing", "show", "thingshell/v1.py:2"),
        ("thing", "thing-show", "thingshell/v1.py:7"),
        ("things-client", "peek", "thingsclient.py:16"),
        ("things-client", "thing show", "thingsclient.py:4"),
    ]


def test_none_are_read_unasked(things: Site, read: Callable[..., Collected]) -> None:
    assert commands(read()) == ()


HEAD = "from cliff.command import Command\n\nclass Bad(Command):\n    '''Bad.'''\n"
ACTION = "    def take_action(self, parsed_args):\n        pass\n"
PARSER = "    def get_parser(self, prog_name):\n        "


class Row(NamedTuple):
    """One bad command, declared as ``thing_bad``, and the problem that it must give."""

    name: str
    source: str
    kind: str
    message: str
    position: str | None


ROWS = (
    Row("import error", "import nosuchmodule_\n", "command-failed",
        "No module named 'nosuchmodule_'", "badcommand.py:1"),
    Row("syntax error", "x = 1\ndef f(async=1): pass\n", "command-failed", "SyntaxError",
        "badcommand.py:2"),
    Row("missing class", "x = 1\n", "command-failed", "has no attribute 'Bad'", "badcommand.py"),
    Row("SystemExit on import", "raise SystemExit(3)\n", "command-failed", "SystemExit: 3",
        "badcommand.py:1"),
    Row("no command", "class Bad:\n    pass\n", "command-failed", "it has no get_parser()",
        "badcommand.py"),
    Row("a number", "Bad = 42\n", "command-failed", "it has no get_parser()", "badcommand.py"),
    Row("abstract", HEAD, "command-failed", "TypeError", "badcommand.py"),
    Row("parser fails", HEAD + PARSER + "return self.app.nothing\n" + ACTION,
        "command-failed", "'NoneType' object has no attribute 'nothing'", "badcommand.py:6"),
    Row("parser exits", HEAD + PARSER + "raise SystemExit(4)\n" + ACTION,
        "command-failed", "SystemExit: 4", "badcommand.py:6"),
    Row("no parser", HEAD + PARSER + "return None\n" + ACTION,
        "command-failed", "AttributeError", "badcommand.py"),
    Row("bad help", HEAD + PARSER + "p = super().get_parser(prog_name)\n"
        "        class T:\n            def __str__(self):\n                return 1 / 0\n"
        "        p.add_argument('--x').help = T()\n        return p\n" + ACTION,
        "command-failed", "ZeroDivisionError", "badcommand.py:9"),
    Row("process ends", HEAD + PARSER + "import os\n        os._exit(7)\n" + ACTION,
        "command-failed", "ended the collecting process (exit status 7)", "badcommand.py"),
    Row("hang", HEAD + PARSER + "import time\n        time.sleep(600)\n" + ACTION,
        "command-failed", "did not finish within 5 seconds", "badcommand.py:7"),
    Row("declares a text", HEAD + "    api_operations = 'GET /things'\n" + ACTION,
        "command-misdeclared", "api_operations is str, not a tuple of texts", "badcommand.py:3"),
    Row("declares nonsense", HEAD + "    api_operations = ('things',)\n" + ACTION,
        "command-misdeclared", "api_operations has 'things'; it takes", "badcommand.py:3"),
    Row("declares what isn't there", HEAD + "    api_operations = ('PUT /things',)\n" + ACTION,
        "command-unmatched", "it calls PUT /things, which no extension serves", "badcommand.py:3"),
    Row("fits nothing", HEAD + ACTION, "command-unmatched",
        "its name fits no single one", "badcommand.py:3"),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_bad_command(things: Site, read: Callable[..., Collected], row: Row) -> None:
    """It is one problem at its place, and everything else is published."""
    point = {"thing_bad": "badcommand:Bad"}
    things.install("bad-client", {"badcommand.py": row.source}, point, namespace=COMMANDS)
    collected = read(commands=COMMANDS, timeout=5.0 if row.name == "hang" else 100.0)
    assert [item.name for item in commands(collected)] == ["peek", "thing show"]
    (problem,) = collected.inventory.problems
    assert problem.kind == row.kind
    assert row.message in problem.message
    assert problem.entry_point == "thing_bad = badcommand:Bad"
    assert problem.distribution == "bad-client 1.2.3"
    assert str(problem.source) == row.position


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("nobody.v1", "no entry point is declared in 'nobody.v1'; is the client installed"),
        ("nobody_.shell:do_*", "no package is called 'nobody_'; is the client installed"),
        ("thingsclient:do_*", "no function of thingsclient is called 'do_*'"),
    ],
)
def test_missing(things: Site, read: Callable[..., Collected], where: str, message: str) -> None:
    """One problem, and the other clients' commands are there."""
    collected = read(commands=[where, COMMANDS])
    assert [item.name for item in commands(collected)] == ["peek", "thing show"]
    (problem,) = collected.inventory.problems
    assert (problem.kind, problem.subject) == ("commands-missing", where)
    assert message in problem.message


def test_module_that_fails(things: Site, read: Callable[..., Collected]) -> None:
    """A function that fails leaves the others; a module that can't be imported has none."""
    source = SHELL + "\n    do_bad = lambda client, args: None\n    do_bad.arguments = [7]\n"
    modules = {"shells/__init__.py": "", "shells/v1.py": source, "shells/v2.py": "1 / 0\n"}
    things.install("shells", modules, {})
    collected = read(commands=["shells.v1:do_*", "shells.v2:do_*"])
    assert [item.name for item in commands(collected)] == ["show", "thing-show"]
    first, second = collected.inventory.problems
    assert (first.kind, first.entry_point) == ("command-failed", "do_bad = shells.v1:do_bad")
    assert (second.kind, str(second.source)) == ("command-failed", "shells/v2.py:1")
    assert "ZeroDivisionError" in second.message


def test_mocked_imports_serve_commands_too(things: Site, read: Callable[..., Collected]) -> None:
    """A client's parser needs no session library."""
    source = "import keysession_\nfrom keysession_.auth import Base\n" + HEAD + ACTION
    things.install(
        "m-client",
        {"mocking.py": source.replace("'''Bad.'''", "api_operations = ('GET /things/{x}',)")},
        {"thing_look": "mocking:Bad"},
        namespace=COMMANDS,
    )
    collected = read(commands=COMMANDS, mock_imports=["keysession_"])
    assert [item.name for item in commands(collected)] == ["peek", "thing look", "thing show"]


def test_changed_clients_are_read_again(
    things: Site, read: Callable[..., Collected], tmp_path: Path
) -> None:
    """A cached inventory is as old as its clients."""
    cache = tmp_path / "cache"
    assert not read(commands=COMMANDS, cache_dir=cache).from_cache
    assert read(commands=COMMANDS, cache_dir=cache).from_cache
    file = things.folder / "thingsclient.py"
    file.write_text(file.read_text().replace("With its parts.", "With all of them."))
    changed = read(commands=COMMANDS, cache_dir=cache)
    assert not changed.from_cache
    assert commands(changed)[1].options[1].help == "With all of them."
    things.install("one-more", {"one.py": CLIENT}, {"thing_get": "one:Peek"}, namespace=COMMANDS)
    more = read(commands=COMMANDS, cache_dir=cache)
    assert not more.from_cache
    assert [item.name for item in commands(more)] == ["peek", "thing get", "thing show"]
    assert not read(commands="nobody.v1", cache_dir=cache).from_cache
