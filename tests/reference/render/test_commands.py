"""Commands of clients at the operation that they call."""

from __future__ import annotations

import json
import re

import msgspec
import pytest
from docutils import nodes

from sphinxext_apiplug.inventory.model import Command, CommandOption, Removal
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS
from sphinxext_apiplug.reference.nodes import Disclosure, FieldTable, Scope
from sphinxext_apiplug.reference.render.commands import command_line, command_part
from sphinxext_apiplug.reference.render.operation import render_operation
from sphinxext_apiplug.reference.render.options import RenderOptions
from tests.reference.render.conftest import Build
from tests.reference.render.inventories import LIST, SHOP, with_commands

OPTIONS = RenderOptions()


@pytest.fixture
def scopes() -> list[Scope]:
    """The operation's commands: one that says what it calls, and one found by its name."""
    inventory = with_commands()
    operation = inventory.operation(LIST.id)
    assert operation is not None
    section = render_operation(inventory, operation, OPTIONS)
    (part,) = (node for node in section.children if "apiplug-commands" in node["classes"])
    assert section[section.index(part) - 1].astext() == "Command line"
    return list(part.findall(Scope))


def test_what_is_typed(scopes: list[Scope]) -> None:
    """All that must be given, and arguments; what no version of this API had isn't there."""
    typed = [block.astext() for scope in scopes for block in scope.findall(nodes.literal_block)]
    assert typed == [
        "shop segment find --zone ZONE (--limit | --all) <row> ... [<cell>]",
        "shop segment list",
    ]


def test_whose_they_are(scopes: list[Scope]) -> None:
    """With the versions that have them, and a mark on what was found by its name."""
    notes = [
        note.astext()
        for scope in scopes
        for note in scope.findall(nodes.paragraph)
        if "apiplug-note" in note["classes"]
    ]
    assert notes == [
        "Find segments. From shop-client 2.0. since 1.1 deprecated",
        "List segments. From shop-client 2.0. by name",
    ]
    assert [scope["versions"] for scope in scopes] == ["1.1-1.3", ""]


def test_options(scopes: list[Scope]) -> None:
    """Folded; those of versions that the API doesn't have are left out."""
    folds = [fold for scope in scopes for fold in scope.findall(Disclosure)]
    assert [fold["label"] for fold in folds] == ["2 arguments and 2 options", "2 options"]
    first, second = (next(iter(fold.findall(FieldTable))).rows for fold in folds)
    assert first.label == "Options of shop segment find"
    assert [(row.name, row.type, row.mark) for row in first.rows] == [
        ("<row>", "argument, one or more", "required"),
        ("<cell>", "argument", ""),
        ("--zone", "ZONE, may be repeated", "required"),
        ("--all", "switch", ""),
    ]
    zone = first.rows[2]
    assert [badge.text for badge in zone.badges] == ["since 1.2"]
    assert zone.versions == "1.2-1.3"
    assert zone.folded[0].label == "all 12 values"
    limit = second.rows[0]
    assert str(limit) == "-l, --limit (<limit>) At most so many.; default 20"


def test_legend_explains_the_mark() -> None:
    inventory = with_commands()
    operation = inventory.operation(LIST.id)
    assert operation is not None
    section = render_operation(inventory, operation, OPTIONS)
    legends = [node.astext() for node in section.children if "apiplug-legend" in node["classes"]]
    assert "by name matched by the command's name, which fits no other operation" in legends


def test_nothing_without_commands() -> None:
    gone = msgspec.structs.replace(
        with_commands().operations[SHOP.operations.index(LIST)], removed=Removal(version="1.2")
    )
    assert command_part(LIST, ALL_VERSIONS, OPTIONS) == []
    assert command_part(gone, ALL_VERSIONS, OPTIONS) == []


@pytest.mark.parametrize(
    ("option", "typed"),
    [
        (CommandOption(name="x", metavar="<x>", required=True), "p c <x>"),
        (CommandOption(name="some_id", metavar="some-id", required=True), "p c <some-id>"),
        (CommandOption(name="x", metavar="SERVER", required=True), "p c SERVER"),
        (CommandOption(name="x", metavar="a|b", required=True), "p c a|b"),
        (CommandOption(name="x", metavar="KEY=VALUE", multiple=True), "p c [KEY=VALUE ...]"),
        (CommandOption(name="x", flags=("-x", "--x"), metavar="x", required=True), "p c --x <x>"),
        (CommandOption(name="x", flags=("--x",), required=True), "p c --x"),
        (CommandOption(name="x", flags=("--x",)), "p c"),
    ],
)
def test_command_line(option: CommandOption, typed: str) -> None:
    command = Command(
        program="p",
        name="c",
        entry_point="e",
        distribution="d",
        distribution_version="1",
        options=(option,),
    )
    assert command_line(command) == typed


def test_long_commands_go_over_several_lines() -> None:
    arguments = [CommandOption(name="x" * 20, metavar=f"<{'x' * 20}{n}>") for n in range(4)]
    command = Command(
        program="p", name="c", entry_point="e", distribution="d", distribution_version="1",
        options=tuple(arguments),
    )  # fmt: skip
    assert command_line(command).splitlines()[:2] == ["p c \\", f"  [<{'x' * 20}0>] \\"]


def test_html_folds_the_options(build: Build) -> None:
    """In a table that says what its rows are; its help text is in the search."""
    folder = build("commands", "html").outdir
    page = (folder / "index.html").read_text(encoding="utf-8")
    part = page.partition('<div class="apiplug-example apiplug-commands')[2].partition(
        "Served by"
    )[0]
    assert '<details class="apiplug-more"><summary>2 options</summary>' in part
    assert '<th role="columnheader">Option</th>' in part
    assert "Also --hidden ones." in part
    assert '<tr role="row" data-versions="1.2-1.3">' in part
    text = (folder / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").rstrip().removesuffix(")"))
    assert {"find", "hidden", "switch"} <= set(index["terms"])


@pytest.mark.parametrize(
    ("builder", "file"), [("text", "index.txt"), ("latex", "shop.tex"), ("man", "shop.1")]
)
def test_other_builders_unfold_them(build: Build, builder: str, file: str) -> None:
    text = (build("commands", builder).outdir / file).read_text(encoding="utf-8")
    plain = re.sub(r"\\(?:sphinxhyphen\{\}|-)|\{\}", "-", text).replace("--", "-")
    assert "shop segment list" in plain
    assert "2 arguments and 2 options:" in plain
    assert "hidden ones." in plain
