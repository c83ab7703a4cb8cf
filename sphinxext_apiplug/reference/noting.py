"""The releases whose notes should say what changed in an API. Imports no Sphinx."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sphinxext_apiplug.checks.notes.model import NotedRelease, NoteText
from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.project.declared import ProjectSettings
from sphinxext_apiplug.project.finding import Project, find_project
from sphinxext_apiplug.project.notes import VersionNotes, has_notes, read_notes
from sphinxext_apiplug.project.reading import read
from sphinxext_apiplug.project.releases import inventory_files, newest_first


class NothingKeptError(ApiplugError):
    """There is nothing that a project's notes could be held against.

    :ivar project: its name
    """

    def __init__(self, project: str, reason: str) -> None:
        super().__init__(f"notes: {project}: {reason}")
        self.project = project


def noted_releases(
    projects: Mapping[str, ProjectSettings], confdir: Path, name: str
) -> tuple[NotedRelease, ...]:
    """The releases of a project with their notes and inventories, oldest first.

    :param projects: name -> settings, as in conf.py
    :param confdir: the folder that conf.py is in
    :raises ApiplugError: if there is no such project, its notes can't be read, or no
        inventory of a release was kept
    """
    project = find_project(projects, confdir, name)
    if project.inventories is None:
        raise NothingKeptError(name, "its setting `inventories` names no folder")
    kept = {
        version: file for version, file in inventory_files(project.inventories).items() if version
    }
    if not kept:
        folder = project.settings.inventories
        raise NothingKeptError(name, f"there is no inventory of a release in {folder}")
    releases = read(project.place, project.settings).history.releases
    notes = _notes(project, [release.version for release in releases])
    noted = {item.version: _texts(project, item) for item in notes}
    versions = newest_first({*(release.version for release in releases), *noted, *kept})
    return tuple(
        NotedRelease(version, noted.get(version, ()), kept.get(version))
        for version in reversed(versions)
    )


def _notes(project: Project, versions: list[str]) -> tuple[VersionNotes, ...]:
    if project.notes is None or not has_notes(project.notes):
        return ()
    return read_notes(project.notes, versions)


def _texts(project: Project, noted: VersionNotes) -> tuple[NoteText, ...]:
    root = project.notes or Path()
    return tuple(
        NoteText(note.text, (root / note.file).as_posix())
        for section in noted.sections
        for note in section.notes
    )
