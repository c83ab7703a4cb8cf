"""``apiplug_projects`` in conf.py, and the histories that directives show."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinxext_apiplug.project.finding import Project
from sphinxext_apiplug.project.finding import find_project as find
from sphinxext_apiplug.project.notes import note_files
from sphinxext_apiplug.project.places import UnknownProjectError, files, fingerprint
from sphinxext_apiplug.project.reading import read
from sphinxext_apiplug.project.settings import check_projects
from sphinxext_apiplug.reference.config import setting_place
from sphinxext_apiplug.reference.domain import get_domain
from sphinxext_apiplug.reference.report import report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinxext_apiplug.project.declared import ProjectSettings
    from sphinxext_apiplug.project.reading import Read
    from sphinxext_apiplug.reference.domain import ApiplugDomain


class Wanted(NamedTuple):
    """A project as a directive names it: an absolute path, or a name."""

    name: str = ""
    path: str = ""

    @classmethod
    def of(cls, text: str) -> Wanted:
        """Read what :meth:`__str__` wrote."""
        name, _, path = text.partition("\n")
        return cls(name, path)

    def __str__(self) -> str:
        return f"{self.name}\n{self.path}"


def setup_projects(app: Sphinx) -> None:
    """Declare the setting; it is checked as soon as conf.py has run."""
    app.add_config_value("apiplug_projects", {}, "env", types=Any)  # check_projects says it better
    app.connect("config-inited", _report_faults)
    app.connect("builder-inited", _note_confdir)


def valid_projects(config: Config) -> dict[str, ProjectSettings]:
    """The projects whose settings are right; what is wrong was reported before."""
    return check_projects(config.apiplug_projects)[0]


def find_project(config: Config, confdir: Path, wanted: Wanted) -> Project:
    """The project that is meant.

    :param confdir: the folder that conf.py is in
    :raises UnknownProjectError: if there is none
    """
    return find(valid_projects(config), confdir, wanted.name, wanted.path)


def history(domain: ApiplugDomain, project: Project) -> Read:
    """What is known of a project; read once a build and process."""
    key = hash_of(project)
    if key not in domain.histories:
        domain.histories[key] = read(project.place, project.settings)
    return domain.histories[key]


def hash_of(project: Project) -> str:
    """Another text whenever what is shown of a project may be another."""
    digest = hashlib.sha256(fingerprint(project.place).encode())
    digest.update(f"{project.place.root}{project.settings}".encode())
    for file in other_files(project):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def wanted_digest(app: Sphinx, text: str) -> str:
    """The same for what a directive names; empty if there is no such project."""
    try:
        return hash_of(find_project(app.config, Path(app.confdir), Wanted.of(text)))
    except UnknownProjectError:
        return ""


def project_files(project: Project) -> Iterable[Path]:
    """Every file that what is shown of a project is made from."""
    return [*files(project.place), *other_files(project)]


def other_files(project: Project) -> list[Path]:
    """Release notes and inventories, sorted."""
    found = list(note_files(project.notes)) if project.notes is not None else []
    if project.inventories is not None:
        found += sorted(project.inventories.glob("*.json"))
    return found


def _note_confdir(app: Sphinx) -> None:
    get_domain(app.env).confdir = Path(app.confdir)


def _report_faults(app: Sphinx, config: Config) -> None:
    for fault in check_projects(config.apiplug_projects)[1]:
        place = setting_place(app, fault.project, fault.key, "apiplug_projects")
        report("setting-invalid", fault.sentence, place)
