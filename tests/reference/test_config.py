"""Wrong settings: one clear problem each, with its place; all else is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_apiplug.reference.conf_lines import setting_lines
from tests.reference import sample
from tests.reference.project import Project

CONF = """\
extensions = ["sphinxext_apiplug"]
apiplug_apis = {{
    "racks": {{
        "inventory": "racks.json",
    }},
    "bins": {{
        "inventory": "bins.json",
        {}
    }},
}}
"""
WRONG = {
    '"titel": "Bins",': (
        "8: WARNING: apiplug_apis['bins']: unknown setting 'titel'; did you mean 'title'?"
    ),
    '"timeout": "soon",': (
        "8: WARNING: apiplug_apis['bins']['timeout']: Expected `float`, got `str`"
    ),
    '"namespace": "bins.api",': (
        "6: WARNING: apiplug_apis['bins']: "
        "give one of 'namespace', 'routes', 'contrib', 'inventory', 'router', "
        "not 'namespace' and 'inventory'; only 'namespace' and 'contrib' go together"
    ),
    '"pages": "../elsewhere",': None,
}


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_setting_leaves_out_its_own_api(project: Project, line: str) -> None:
    project.write("conf.py", CONF.format(line))
    directives = ".. apiplug-extensions:: racks\n\n.. apiplug-extensions:: bins\n\n"
    roles = ":apiplug:op:`bins:list-cables` :apiplug:op:`racks:list-cables`\n"
    project.write("index.rst", f"Racks\n=====\n\n{directives}{roles}")
    built = project.build("text")
    [warning] = built.warnings
    expected = WRONG[line]
    if expected is None:
        assert warning.startswith("/src/conf.py:8: WARNING: apiplug_apis['bins']['pages']: ")
    else:
        assert warning == f"/src/conf.py:{expected} [apiplug.setting-invalid]"
    text = " ".join(built.text("index.txt").split())
    assert "Create shelf" in text
    assert "The API bins is not shown: its settings are wrong, as the build's log says." in text


def test_all_wrong_settings_are_told_at_once(project: Project) -> None:
    project.write("conf.py", CONF.format('"titel": 1, "timeout": -1, "policies": 2,'))
    project.write("index.rst", "Racks\n=====\n")
    warnings = project.build("text").warnings
    assert len(warnings) == 3
    assert all(line.endswith("[apiplug.setting-invalid]") for line in warnings)


@pytest.mark.parametrize("value", ["[]", "'racks'", "None"])
def test_no_dict_at_all(project: Project, value: str) -> None:
    conf = f'extensions = ["sphinxext_apiplug"]\n\napiplug_apis = {value}\n'
    project.write("conf.py", conf)
    project.write("index.rst", "Racks\n=====\n")
    assert project.build("text").warnings == [
        (
            "/src/conf.py:3: WARNING: apiplug_apis must be a dict: API name -> settings "
            "[apiplug.setting-invalid]"
        )
    ]


def test_an_inventory_that_is_not_there(project: Project) -> None:
    (project.folder / "racks.json").unlink()
    built = project.build("text")
    [warning] = built.warnings
    assert warning.startswith("/src/racks.json:1: WARNING: racks: ")
    assert warning.endswith("[apiplug.inventory-unreadable]")
    assert "This could not be read" in built.text("index.txt")


def test_a_changed_setting_is_seen(project: Project) -> None:
    project.build("text")
    titled = CONF.replace('racks.json"', 'racks.json", "title": "Shelving"')
    project.write("conf.py", titled.format(""))
    project.inventory(sample.inventory(), "bins.json")
    project.write("index.rst", "Racks\n=====\n\n.. apiplug-extensions:: racks\n")
    built = project.build("text")
    assert built.warnings == []
    assert "Shelving 3.1.0" in built.text("index.txt")


def test_settings_that_are_not_written_out_have_no_line(tmp_path: Path) -> None:
    conf = tmp_path / "conf.py"
    assert setting_lines(conf, "apis") == {}
    conf.write_text("apis = dict(a={})\nother = {'b': {}}\n")
    assert setting_lines(conf, "apis") == {(None, None): 1}
    conf.write_text("apis: dict = {\n 'a': {\n  'x': 1,\n **{}},\n 'b': f(),\n}\n")
    assert setting_lines(conf, "apis") == {
        (None, None): 1, ("a", None): 2, ("a", "x"): 3, ("b", None): 5,
    }  # fmt: skip
