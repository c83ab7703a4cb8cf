"""The whole job of a small project: it passes, and fails at whatever part of it is broken."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sphinxext_apiplug.inventory.codec import dumps
from sphinxext_apiplug.inventory.model import (
    Api,
    Extension,
    Inventory,
    License,
    Operation,
    Parameter,
    Payload,
    Policy,
    Response,
    Server,
)
from sphinxext_apiplug.inventory.problems import Source
from tests.project.repositories import Repository, git
from tests.reference.project import Project

pytest.importorskip("reno")
pytest.importorskip("tinyhtml5")

CONF = """\
extensions = ["sphinxext_apiplug"]
apiplug_apis = {
    "racks": {
        "inventory": "racks.json",
        "pages": "extensions",
        "checks": {
            "coverage": {"summary": 100, "request": 100, "policy": 100, "parameters": 100},
            "handwritten": "ref",
            "inventory": "kept/2.0.0.json",
            "samples": "samples",
            "notes": "racks",
        },
    },
}
apiplug_projects = {
    "racks": {"path": "../racks", "inventories": "kept"},
    "archive": {"path": "../archive"},
}
apiplug_check_site = True
exclude_patterns = ["ref", "samples"]
"""
INDEX = """\
Racks
=====

.. toctree::

   history
   archive

.. apiplug-extensions::

.. apiplug-openapi::
"""
HISTORY = """\
History
=======

.. apiplug-releases:: racks

People
======

.. apiplug-authors:: racks
"""
ARCHIVE = """\
Archive
=======

.. apiplug-changelog:: archive

People
======

.. apiplug-authors:: archive
"""
WRITTEN = """\
=====
Racks
=====

Create a rack
=============

.. rest_method:: POST /racks

Normal response codes: 201

Request
-------

.. rest_parameters:: parameters.yaml

   - rack: rack
   - name: name

Show a rack
===========

.. rest_method:: GET /racks/{id}

Normal response codes: 200

Request
-------

.. rest_parameters:: parameters.yaml

   - id: id
"""
ENTRIES = """\
id: {description: Its id., in: path, required: true, type: string}
rack: {description: The rack., in: body, required: true, type: object}
name: {description: Its name., in: body, required: true, type: string}
"""
GONE = "Forget a rack\n=============\n\n.. rest_method:: GET /rack/{id}\n\nShow a rack\n"
CHANGELOG = "CHANGES\n=======\n\n1.0.0\n-----\n\n* Begin\n"
NOTE = "---\nfeatures:\n  - |\n    ``GET /racks/{id}`` shows a rack.\n"


def schema() -> dict[str, Any]:
    rack = {
        "type": "object",
        "description": "The rack.",
        "properties": {"name": {"type": "string", "maxLength": 9, "description": "Its name."}},
        "required": ["name"],
        "additionalProperties": False,
    }
    return {
        "type": "object", "properties": {"rack": rack}, "required": ["rack"],
        "additionalProperties": False,
    }  # fmt: skip


def operation(name: str, method: str, path: str, **parts: Any) -> Operation:
    return Operation(
        id=f"racks-{name}",
        method=method,
        path=path,
        resource="racks",
        extension="racks",
        handler=Source(object=f"racks.api:Racks.{name}", file="racks/api.py", line=7),
        summary=f"{name.capitalize()} a rack",
        policies=(Policy(name=f"racks:{name}", check="role:member"),),
        **parts,
    )


CREATE = operation(
    "create", "POST", "/racks",
    request=(Payload(schema=schema()),),
    responses=(Response(status=201, description="Made"),),
)  # fmt: skip
SHOW = operation(
    "show", "GET", "/racks/{id}",
    parameters=(
        Parameter(
            name="id", location="path", required=True, schema={"type": "string"},
            description="Its id.",
        ),
    ),
    responses=(Response(status=200, description="OK"),),
)  # fmt: skip
EXTENSION = Extension(
    alias="racks", name="Racks", entry_point="racks = racks.api:Racks", distribution="racks",
    distribution_version="2.0.0", description="Racks to put servers into.",
)  # fmt: skip


def inventory(*operations: Operation) -> Inventory:
    api = Api(
        name="racks",
        namespace="racks.extensions",
        title="Racks API",
        version="2.0.0",
        description="Racks.",
        servers=(Server(url="https://racks.example"),),
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
    )
    return Inventory(api=api, extensions=(EXTENSION,), operations=operations)


class Job:
    """The project, and the two builds that a maintainer makes voting."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.project = Project(folder / "doc")
        for file, text in {
            "conf.py": CONF, "index.rst": INDEX, "history.rst": HISTORY, "archive.rst": ARCHIVE,
            "ref/racks.inc": WRITTEN, "ref/parameters.yaml": ENTRIES,
            "samples/racks/rack-create-req.json": '{\n  "rack": {"name": "r1"}\n}\n',
        }.items():  # fmt: skip
            self.project.write(file, text)
        self.keep("kept/1.0.0.json", inventory(CREATE))
        self.keep("kept/2.0.0.json", inventory(CREATE, SHOW))
        self.keep("racks.json", inventory(CREATE, SHOW))
        self.project.write("../archive/ChangeLog", CHANGELOG)
        self.project.write("../archive/AUTHORS", "Ada Lovelace <ada@example.org>\n")
        self._repository()

    def _repository(self) -> None:
        repository = Repository(self.root / "racks")
        repository.commit("Begin\n")
        repository.tag("1.0.0")
        repository.write()
        self.note = self.project.write(
            "../racks/releasenotes/notes/show-0123456789abcdef.yaml", NOTE
        )
        git(repository.folder, "add", ".")
        identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        git(repository.folder, *identity, "commit", "-q", "-m", "Show racks")
        git(repository.folder, "tag", "2.0.0")

    def keep(self, file: str, content: Inventory) -> None:
        path = self.project.folder / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(dumps(content))

    def replace(self, file: str, old: str, new: str) -> None:
        path = self.project.folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def run(self) -> list[str]:
        """What both builds complain of, each complaint once."""
        builds = [self.project.build(builder) for builder in ("html", "apiplug-check")]
        found = [line for built in builds for line in built.warnings]
        return [line.replace(str(self.root), "/root") for line in dict.fromkeys(found)]


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path)


def everywhere(job: Job, *operations: Operation) -> None:
    """Let the code and what was kept of the newest release both have these."""
    for file in ("racks.json", "kept/2.0.0.json"):
        job.keep(file, inventory(*operations))


def invalid_schema(job: Job) -> None:
    bad = schema()
    bad["properties"]["rack"]["properties"]["name"]["minLength"] = -1
    create = msgspec.structs.replace(CREATE, request=(Payload(schema=bad),))
    everywhere(job, create, SHOW)
    job.keep("kept/1.0.0.json", inventory(create))


def dead_link(job: Job) -> None:
    raw = ".. raw:: html\n\n   <p><a href='gone.html'>Gone</a></p>\n"
    job.replace("history.rst", "People\n", f"{raw}\nPeople\n")


def undescribed(job: Job) -> None:
    everywhere(job, CREATE, msgspec.structs.replace(SHOW, policies=()))


def unmentioned(job: Job) -> None:
    other = msgspec.structs.replace(CREATE, id="racks-add", path="/old")
    job.keep("kept/1.0.0.json", inventory(CREATE, other))


def drifted(job: Job) -> None:
    job.keep("kept/2.0.0.json", inventory(CREATE, msgspec.structs.replace(SHOW, deprecated=True)))


Break = Callable[[Job], object]

#: How a part is broken, where that is told, and what is said.
BROKEN: tuple[tuple[Break, str, str], ...] = (
    (invalid_schema, "racks/api.py:7", "openapi-invalid"),
    (dead_link, "/history.html:1", "history.html: a link leads to no file: gone.html"),
    (lambda job: (job.root / "archive" / "AUTHORS").unlink(), "/src/archive.rst:9", "no AUTHORS"),
    (undescribed, "racks/api.py:7", "missing at racks-show [apiplug.coverage-low]"),
    (unmentioned, "/notes/show-0123456789abcdef.yaml:1", "[apiplug.notes-silent]"),
    (
        lambda job: job.replace("samples/racks/rack-create-req.json", '"r1"', "1"),
        "/src/samples/racks/rack-create-req.json:2",
        "[apiplug.sample-invalid]",
    ),
    (drifted, "racks/api.py:7", "[apiplug.inventory-drift]"),
    (
        lambda job: job.replace("ref/racks.inc", "Show a rack\n", GONE),
        "/src/ref/racks.inc:23",
        "did you mean /racks/{id}? [apiplug.handwritten-unknown]",
    ),
    (
        lambda job: job.replace("../archive/ChangeLog", "* Begin", "Begin"),
        "/root/archive/ChangeLog:7",
        "[apiplug.changelog-malformed]",
    ),
    (
        lambda job: job.replace(str(job.note), "features:", "features: ["),
        "/notes/show-0123456789abcdef.yaml:",
        "[apiplug.notes-failed]",
    ),
)


@pytest.mark.parametrize(("broken", "place", "message"), BROKEN)
def test_each_part_fails_the_job_alone(
    job: Job, tmp_path: Path, broken: Break, place: str, message: str
) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(job.project.folder, whole)
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    broken(job)
    (warning,) = job.run()
    assert place in warning
    assert message in warning
    for path, content in files.items():
        if ".git" not in path.parts:
            path.write_bytes(content)
    assert job.run() == []


def test_the_job_publishes_everything(job: Job) -> None:
    assert job.run() == []
    out = job.project.folder / "_build"
    html = out / "html"
    assert "shows a rack" in (html / "history.html").read_text("utf-8")
    assert "Ada Lovelace" in (html / "archive.html").read_text("utf-8")
    documents = sorted(path.name for path in html.rglob("*.json"))
    assert {"openapi.json", "inventory.json"} <= set(documents)
    assert json.loads((out / "apiplug-check" / "racks" / "problems.json").read_text()) == []
