"""What may be wrong with ``apiplug_projects``."""

from __future__ import annotations

from typing import Any

import pytest

from sphinxext_apiplug.project.settings import check_projects

LABEL = "apiplug_projects['racks']"
WRONG: list[tuple[Any, str]] = [
    ([], "apiplug_projects must be a dict: project name -> settings"),
    ({"racks": None}, f"{LABEL} must be a dict of settings"),
    ({" ": {}}, "apiplug_projects[' ']: a project's name is a text"),
    ({"racks": {"paths": "."}}, f"{LABEL}: unknown setting 'paths'; did you mean 'path'?"),
    ({"racks": {"path": 1}}, f"{LABEL}['path']: Expected `str | null`, got `int`"),
    (
        {"racks": {"repository": "github.com/example/racks"}},
        f"{LABEL}['repository']: must be an http address that doesn't end with '/'",
    ),
    (
        {"racks": {"repository": "https://github.com/example/racks/"}},
        f"{LABEL}['repository']: must be an http address that doesn't end with '/'",
    ),
    (
        {"racks": {"commit_url": "{repository}/{sha}"}},
        (
            f"{LABEL}['commit_url']: '{{repository}}/{{sha}}': unknown part 'sha'; "
            "there are: repository, commit"
        ),
    ),
    (
        {"racks": {"robots": ["("]}},
        (
            f"{LABEL}['robots']: '(' is no regular expression: missing ), unterminated subpattern "
            "at position 0"
        ),
    ),
    (
        {"racks": {"links": [{"pattern": "x"}]}},
        f"{LABEL}['links']: Object missing required field `url` (at `[0]`)",
    ),
    (
        {"racks": {"links": [{"pattern": "x", "url": "https://x.org/{1}"}]}},
        f"{LABEL}['links']: 'https://x.org/{{1}}': unknown part '1'; there are: 0, repository",
    ),
    (
        {"racks": {"links": [{"pattern": "x", "url": "javascript:{0}"}]}},
        (
            f"{LABEL}['links']: 'javascript:{{0}}' must be an http address, or begin with "
            "'{repository}'"
        ),
    ),
    (
        {"racks": {"links": [{"pattern": "x", "url": "https://x.org/{0"}]}},
        f"{LABEL}['links']: 'https://x.org/{{0': expected '}}' before end of string",
    ),
]


@pytest.mark.parametrize(("value", "sentence"), WRONG)
def test_each_fault_is_told(value: Any, sentence: str) -> None:
    projects, faults = check_projects(value)
    assert [fault.sentence.replace("object", "Object") for fault in faults] == [
        sentence.replace("object", "Object")
    ]
    assert projects == {}


def test_all_faults_at_once_and_the_others_are_kept() -> None:
    value = {"fine": {"path": "."}, "racks": {"path": 1, "robots": ["("]}, "bad": 1}
    projects, faults = check_projects(value)
    assert [(fault.project, fault.key) for fault in faults] == [
        ("racks", "path"), ("racks", "robots"), ("bad", None),
    ]  # fmt: skip
    assert list(projects) == ["fine"]
