from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_apiplug.cli.target import find
from sphinxext_apiplug.inventory.codec import loads

from .conftest import Run

CONF = "apiplug_apis = {'zoo': {'inventory': 'pets.json'}}\n"


def write_conf(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "conf.py").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("folder", [".", "doc/source", "docs", "api-ref/source"])
def test_conf_py_is_found_where_it_usually_stands(
    run: Run, pets: Path, project: Path, folder: str
) -> None:
    write_conf(project / folder, CONF)
    pets.rename(project / folder / "moved.json").rename(project / folder / "pets.json")
    assert loads(run("inventory", "zoo").stdout.encode()).api.name == "zoo"


def test_conf_dir_goes_first(run: Run, pets: Path, project: Path) -> None:
    write_conf(project, CONF)
    write_conf(project / "other", "apiplug_apis = {'zoo2': {'inventory': '../pets.json'}}\n")
    assert run("list", "zoo2", "--conf-dir", "other").returncode == 0
    assert run("list", "zoo", "--conf-dir", "other").returncode == 2


def test_flags_go_before_conf_py(run: Run, pets: Path, project: Path) -> None:
    write_conf(project, CONF)
    result = run("inventory", "zoo", "--title", "The Zoo")
    assert loads(result.stdout.encode()).api.title == "The Zoo"


def test_conf_py_reads_as_for_sphinx(run: Run, pets: Path, project: Path) -> None:
    write_conf(
        project,
        "from pathlib import Path\n"
        "print('noise')\n"
        "assert not tags.has('x')\n"
        "assert Path.cwd() == Path(__file__).parent\n" + CONF,
    )
    result = run("inventory", "zoo", cwd=project.parent, check=False)
    assert result.returncode == 2
    result = run("inventory", "zoo", "--conf-dir", project, cwd=project.parent)
    assert loads(result.stdout.encode()).api.name == "zoo"
    assert result.stderr == "noise\n"


def test_a_conf_py_of_something_else_is_not_run(run: Run, pets: Path, project: Path) -> None:
    write_conf(project, "raise SystemExit('this is not ours')\n")
    assert run("list", pets).returncode == 0


@pytest.mark.parametrize(
    ("conf", "message"),
    [
        ("apiplug_apis = {'zoo': {'inventry': 'x'}}", "did you mean 'inventory'?"),
        ("apiplug_apis = {'zoo': {'namespace': 7}}", "Expected `str`, got `int`"),
        ("apiplug_apis = {'zoo': 1}", "must be a dict of settings"),
        (
            "apiplug_apis = {'zoo': {}}",
            "give one of 'namespace', 'routes',",
        ),
        ("apiplug_apis = [1]", "must be a dict"),
        ("apiplug_apis = (", "syntax error"),
        ("apiplug_apis = {}['x']", "KeyError: 'x'"),
        ("import sys; apiplug_apis = sys.exit(3)", "sys.exit()"),
    ],
)
def test_wrong_settings_are_wrong_use(run: Run, project: Path, conf: str, message: str) -> None:
    write_conf(project, conf)
    result = run("list", "zoo")
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_missing_conf_dir_is_wrong_use(run: Run, pets: Path) -> None:
    result = run("list", pets.name, "--conf-dir", "nowhere")
    assert result.returncode in {0, 2}


@pytest.mark.parametrize("name", ["zoo2", "no/such/file.json", "", "../../etc/passwd"])
def test_unknown_api_is_wrong_use(run: Run, pets: Path, project: Path, name: str) -> None:
    write_conf(project, CONF)
    result = run("list", name)
    assert result.returncode == 2
    assert "neither an API of conf.py" in result.stderr or "is not an inventory" in result.stderr


def test_a_close_name_is_offered(run: Run, pets: Path, project: Path) -> None:
    write_conf(project, CONF)
    assert "did you mean 'zoo'?" in run("list", "zoo1").stderr


def test_an_inventory_that_conf_py_names_but_is_missing(run: Run, project: Path) -> None:
    write_conf(project, CONF)
    result = run("list", "zoo")
    assert result.returncode == 1
    assert "[inventory-unreadable]" in result.stderr


def test_list_of_routes_needs_no_conf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = find("service.routes:ROUTE_LIST", {"base_path": "/v2"}, None)
    assert found is not None
    assert (found.name, found.settings.origin) == ("service.routes", "service.routes:ROUTE_LIST")
    assert found.settings.base_path == "/v2"


def test_what_is_no_list_of_routes_is_wrong_use(run: Run, project: Path) -> None:
    result = run("list", "service.routes:")
    assert (result.returncode, result.stdout) == (2, "")
    assert "must name a module and a list in it" in result.stderr
