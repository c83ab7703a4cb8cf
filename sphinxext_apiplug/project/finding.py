"""A project as conf.py declares it, found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sphinxext_apiplug.project.declared import ProjectSettings
from sphinxext_apiplug.project.places import Place, at_path, installed


class Project(NamedTuple):
    """A project that was found, with its settings.

    :ivar notes: the folder that holds reno's
    :ivar inventories: the folder with one of each release
    """

    place: Place
    settings: ProjectSettings
    notes: Path | None
    inventories: Path | None


def find_project(
    projects: Mapping[str, ProjectSettings], confdir: Path, name: str, path: str = ""
) -> Project:
    """The project that is meant.

    :param projects: name -> settings, as in conf.py
    :param confdir: the folder that conf.py is in
    :param path: an absolute path, which goes before what the settings say
    :raises UnknownProjectError: if there is none
    """
    settings = projects.get(name, ProjectSettings())
    if path:
        place = at_path(Path(path))
    elif settings.path is not None:
        place = at_path(confdir / settings.path, name)
    else:
        place = installed(name)
    return Project(
        place,
        settings,
        notes=confdir / settings.notes if settings.notes is not None else place.root,
        inventories=confdir / settings.inventories if settings.inventories is not None else None,
    )
