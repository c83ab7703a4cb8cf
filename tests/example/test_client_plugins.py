"""Commands are plugins: read without a service, left out where they are broken."""

from __future__ import annotations

import argparse
import itertools
import subprocess
import sys
import textwrap
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pytest

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import parse_apis
from tests.example.calling import call
from tests.example.stub import Answer, serving

pytestmark = pytest.mark.real("compute-example")

NAMESPACE = "compute_example.cli.v2"
README = Path(__file__).parents[2] / "examples" / "compute" / "README.rst"


def points() -> list[EntryPoint]:
    """The commands of the service's own distribution."""
    found = entry_points(group=NAMESPACE)
    return sorted(item for item in found if item.value.startswith("compute_example."))


def install(site: Path, modules: dict[str, str], commands: dict[str, str]) -> None:
    """Make a distribution with commands in a folder."""
    for name, text in modules.items():
        (site / f"{name}.py").write_text(text, encoding="utf-8")
    info = site / "more_commands-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: more-commands\nVersion: 1.0\n")
    lines = [f"{name} = {value}\n" for name, value in commands.items()]
    (info / "entry_points.txt").write_text(f"[{NAMESPACE}]\n{''.join(lines)}")


@pytest.mark.parametrize("point", points(), ids=lambda point: point.name)
def test_parser_without_a_service(point: EntryPoint) -> None:
    """Made of nothing, and everything in it has a help text that stands alone."""
    command = point.load()(None, None)
    parser = command.get_parser(f"compute-example {point.name.replace('_', ' ')}")
    assert isinstance(parser, argparse.ArgumentParser)
    assert parser.description.endswith(".")
    for action in parser._actions:
        assert action.help
        if not action.option_strings:
            assert action.metavar.isupper()


def test_every_operation_has_a_command(tmp_path: Path) -> None:
    """And every command names operations that the service has."""
    settings: dict[str, Any] = {"namespace": "compute_example.api.v21.extensions"}
    apis = parse_apis({"compute": settings})
    inventory = collect("compute", apis["compute"], base_dir=tmp_path).inventory
    extensions = inventory.extensions
    own = {item.alias for item in extensions if item.distribution == "compute-example"}
    served = {
        f"{item.method} {item.path}" + (f"#{item.action}" if item.action else "")
        for item in inventory.operations
        if item.extension in own
    }
    named = [name for point in points() for name in point.load().api_operations]
    assert sorted(named) == sorted(served)


@pytest.mark.parametrize(
    ("module", "wrong"),
    [
        ("import nothing_like_this\n", "ModuleNotFoundError: No module named"),
        ("import sys\nsys.exit('bye')\n", "SystemExit: bye"),
        ("def\n", "SyntaxError: "),
        ("raise RuntimeError('one\\n  two')\n", "RuntimeError: one two"),
        ("Broken = 3\n", "extra_command:Broken is no cliff command"),
        ("class Broken: pass\n", "extra_command:Broken is no cliff command"),
    ],
)
def test_broken_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, wrong: str
) -> None:
    """One line about it; all others are there."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "extra_command", raising=False)
    install(tmp_path, {"extra_command": module}, {"server_explode": "extra_command:Broken"})
    said = call("help", "flavor", "create")
    assert said.code == 0
    assert "--vcpus" in said.out
    (line,) = said.err.splitlines()
    start = "left out the command 'server explode' of more-commands: "
    assert line.startswith(start + wrong)
    assert "server explode" not in call("--help").out


def test_command_of_a_name_that_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service's own one stays, and that is said."""
    monkeypatch.syspath_prepend(tmp_path)
    text = "from compute_example.cli.v2.flavor import ListFlavor\n"
    install(tmp_path, {"taking": text}, {"server_list": "taking:ListFlavor"})
    said = call("server", "list", "--help")
    assert "List servers" in said.out
    assert said.err == (
        "left out the command 'server list' of more-commands: "
        "compute_example.cli.v2.server:ListServer is a command of that name already\n"
    )


def test_command_that_fails_in_a_way_that_nobody_foresaw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Still no traceback, but what kind of error it was."""
    monkeypatch.syspath_prepend(tmp_path)
    text = (
        "from compute_example.cli.base import ApiCommand\n"
        "class Fail(ApiCommand):\n"
        "    '''Fails.'''\n"
        "    def take_action(self, parsed_args):\n"
        "        return {}['key']\n"
    )
    install(tmp_path, {"failing": text}, {"fail": "failing:Fail"})
    said = call("fail")
    assert (said.code, said.out) == (1, "")
    assert "compute-example fail: a fault of the command (KeyError); --debug says more" in said.err
    assert "Traceback" not in said.err


def test_command_of_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the README shows is a command."""
    monkeypatch.syspath_prepend(tmp_path)
    blocks = README.read_text(encoding="utf-8").split(".. code-block:: python")
    (block,) = [item for item in blocks if "class ListLamp" in item]
    lines = block.splitlines()
    code = "\n".join(itertools.takewhile(lambda line: not line or line[0] == " ", lines))
    install(tmp_path, {"lamps": textwrap.dedent(code)}, {"lamp_list": "lamps:ListLamp"})
    with serving() as stub:
        stub.answers["GET /v2.1/os-lamps"] = Answer({"lamps": [{"host": "a", "is_on": True}]})
        said = call("--os-endpoint", stub.address, "lamp", "list", "-f", "json")
    assert said.json == [{"host": "a", "is_on": True}]


def test_help() -> None:
    """Commands with what they do; a command's own help says what it takes."""
    said = call("--help")
    assert said.code == 0
    assert "--os-compute-api-version" in said.out
    assert "  vietstack" in said.out
    about = call("server", "create", "--help").out
    assert "Needs microversion 2.2 or newer." in " ".join(about.split())
    assert call("--version").out.startswith("compute-example ")


def test_command_that_is_not_there() -> None:
    """Those of a similar name are."""
    said = call("server", "explode")
    assert said.code == 2
    assert "server show" in said.out


def test_reader_that_goes_away() -> None:
    """As with every other command in a pipe: no traceback."""
    client = Path(sys.executable).with_name("compute-example")
    script = f"{client} --help | true; exit ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    assert result.returncode in (0, 141)
    assert result.stderr == ""
