"""The builder ``apiplug-check``."""

from __future__ import annotations

import json

import pytest

from tests.reference.project import CONF, Project

WRITTEN = "Racks\n=====\n\nList\n----\n\n.. rest_method:: GET /rack-of-nobody\n"


def with_checks(project: Project, checks: str) -> Project:
    project.write("conf.py", CONF.replace('json",\n', f'json",\n        "checks": {checks},\n'))
    return project


def test_nothing_is_said_where_nothing_is_asked(project: Project) -> None:
    built = project.build("apiplug-check")
    assert built.warnings == []
    assert "racks: " in built.status
    assert "% described" in built.status
    assert built.text("racks/coverage.txt").startswith("extension ")
    assert built.text("racks/coverage.svg").startswith("<svg ")
    assert json.loads(built.text("racks/problems.json")) == []


def test_what_is_wrong_is_a_warning_at_its_place(project: Project) -> None:
    with_checks(project, '{"handwritten": "ref", "coverage": {"policy": 100}}')
    project.write("ref/racks.inc", WRITTEN)
    built = project.build("apiplug-check", confoverrides={"exclude_patterns": ["ref"]})
    unknown = [line for line in built.warnings if line.endswith("[apiplug.handwritten-unknown]")]
    assert unknown == [
        (
            "/src/ref/racks.inc:7: WARNING: GET /rack-of-nobody: no extension serves this "
            "[apiplug.handwritten-unknown]"
        )
    ]
    assert [line for line in built.warnings if line.endswith("[apiplug.coverage-low]")]
    files = {
        problem["kind"]: problem["source"]["file"]
        for problem in json.loads(built.text("racks/problems.json"))
    }
    assert files["handwritten-unknown"] == "ref/racks.inc"
    assert {"coverage-low", "handwritten-missing"} <= set(files)


def test_a_finding_can_be_accepted_or_suppressed(project: Project) -> None:
    with_checks(project, '{"coverage": {"policy": 100}, "ignore": ["coverage-low"]}')
    assert project.build("apiplug-check").warnings == []
    with_checks(project, '{"coverage": {"policy": 100}}')
    quiet = {"suppress_warnings": ["apiplug.coverage-low"]}
    assert project.build("apiplug-check", confoverrides=quiet).warnings == []


@pytest.mark.parametrize("key", ["handwritten", "samples", "inventory"])
def test_what_cannot_be_checked_is_one_warning_at_its_setting(project: Project, key: str) -> None:
    with_checks(project, f'{{"{key}": "gone"}}')
    (warning,) = project.build("apiplug-check").warnings
    assert warning.startswith("/src/conf.py:")
    assert "gone" in warning
    assert warning.endswith("[apiplug.setting-invalid]")


def test_a_second_build_says_the_same_and_writes_nothing(project: Project) -> None:
    with_checks(project, '{"coverage": {"policy": 100}}')
    first = project.build("apiplug-check")
    file = first.outdir / "racks" / "problems.json"
    written = file.stat().st_mtime_ns
    second = project.build("apiplug-check", freshenv=False)
    assert second.warnings == first.warnings
    assert second.warnings
    assert file.stat().st_mtime_ns == written


def test_a_site_is_checked_if_the_settings_say_so(project: Project) -> None:
    body = ".. raw:: html\n\n   <button></button><a href='gone.html'>Gone</a>\n"
    project.write("index.rst", f"Racks\n=====\n\n.. apiplug-extensions::\n\n{body}")
    assert project.build().warnings == []
    found = project.build(confoverrides={"apiplug_check_site": True}).warnings
    assert [line.rpartition(" ")[2] for line in found] == [
        "[apiplug.site-control]", "[apiplug.site-link]"
    ]  # fmt: skip
    assert all("/index.html:1: WARNING: index.html: " in line for line in found)


@pytest.mark.parametrize("theme", ["alabaster", "furo", "pydata_sphinx_theme"])
def test_nothing_is_wrong_with_our_pages(project: Project, theme: str) -> None:
    pytest.importorskip(theme)
    overrides = {"html_theme": theme, "apiplug_check_site": True}
    found = project.with_pages().build(confoverrides=overrides).warnings
    # What a theme puts around our content is its own matter.
    kinds = ("[apiplug.site-link]", "[apiplug.site-control]")
    ours = [line for line in found if "apiplug-" in line or line.endswith(kinds)]
    assert ours == []
