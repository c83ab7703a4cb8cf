from __future__ import annotations

from importlib import metadata

import pytest

from .conftest import Run


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"apiplug {metadata.version('sphinxext-apiplug')}\n"


@pytest.mark.parametrize("command", ["list", "inventory", "openapi"])
def test_help_of_a_command_has_an_example(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert f"Example: apiplug {command} myservice.api.extensions" in result.stdout
    assert result.returncode == 0


def test_help_lists_the_commands(run: Run) -> None:
    text = run("--help").stdout
    for command in ("list", "inventory", "openapi", "complete"):
        assert f"\n  {command} " in text


def test_completion_knows_the_commands(run: Run) -> None:
    result = run("complete")
    assert result.returncode == 0
    assert "cmds='check complete diff help inventory list openapi'" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no command given; there are: check, complete, diff, help, inventory, list, openapi"),
        (["lst"], "'lst' is no command; did you mean 'list'?"),
        (["xyzzy"], "'xyzzy' is no command; there are: "),
        (["list"], "the following arguments are required: API"),
        (["list", "a", "--timeout", "soon"], "invalid float value: 'soon'"),
        (["list", "a", "--no-such-flag"], "unrecognized arguments: --no-such-flag"),
        (["--log-file", "/no/such/folder/log", "list", "a"], "No such file or directory"),
    ],
)
def test_wrong_use(run: Run, arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_wrong_setting_as_a_flag(run: Run, plugin: object) -> None:
    result = run("list", "console_scripts", "--timeout", "-1", "--base-path", "v1")
    assert result.returncode == 2
    base_path, timeout = result.stderr.splitlines()
    assert base_path.startswith("apiplug: apiplug_apis['console_scripts']['base_path']: ")
    assert timeout.startswith("apiplug: apiplug_apis['console_scripts']['timeout']: ")
    assert "> 0" in timeout
