"""``apiplug-releases``: notes, changes in the API and commits, release by release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.util.docutils import switch_source_input

from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.errors import InventoryError
from sphinxext_apiplug.project.choosing import choose
from sphinxext_apiplug.project.model import Release
from sphinxext_apiplug.project.notes import NotesError, has_notes, read_notes
from sphinxext_apiplug.project.releases import inventory_files, join
from sphinxext_apiplug.reference.directives.projects import ProjectDirective
from sphinxext_apiplug.reference.render.changelog import (
    nothing,
    release_facts,
    release_section,
)
from sphinxext_apiplug.reference.render.inline import part
from sphinxext_apiplug.reference.render.options import RenderOptions
from sphinxext_apiplug.reference.report import report

if TYPE_CHECKING:
    from pathlib import Path

    from sphinxext_apiplug.inventory.model import Inventory
    from sphinxext_apiplug.project.finding import Project
    from sphinxext_apiplug.project.notes import Note, NoteSection, VersionNotes
    from sphinxext_apiplug.project.reading import Read
    from sphinxext_apiplug.project.releases import Inventories, Joined


class ReleasesDirective(ProjectDirective):
    """A section for each release that any of the three knows, the newest first."""

    option_spec: ClassVar[dict[str, Any]] = {
        **ProjectDirective.option_spec,
        "releases": directives.positive_int,
        "since": directives.unchanged_required,
    }

    def show_project(self, project: Project, read: Read, level: int) -> list[nodes.Node]:
        """The sections; a sentence if there are none."""
        self.tell(project, read.problems)
        inventories = inventory_files(project.inventories) if project.inventories else {}
        joined = join(read.history.releases, self._notes(project, read), inventories)
        wanted = self._chosen(joined)
        shown: list[nodes.Node] = [
            self._section(project, read, item, level) for item in joined if item.version in wanted
        ]
        return shown or [nothing("No release is known.")]

    def _chosen(self, joined: tuple[Joined, ...]) -> set[str]:
        versions = (Release(version=item.version) for item in joined)
        chosen = choose(versions, self.options.get("releases"), self.options.get("since", ""))
        return {release.version for release in chosen}

    def _notes(self, project: Project, read: Read) -> tuple[VersionNotes, ...]:
        if project.notes is None or not has_notes(project.notes):
            return ()
        versions = (release.version for release in read.history.releases)
        try:
            return read_notes(project.notes, versions)
        except NotesError as error:
            location = error.place or self.get_location()
            report("notes-failed", f"{project.place.name}: {error}", location)
            return ()

    def _section(self, project: Project, read: Read, item: Joined, level: int) -> nodes.section:
        # Late, as are the others of its module: comparing APIs takes a while to import.
        from sphinxext_apiplug.reference.render.releases import render_commits

        release = item.release or Release(version=item.version)
        linker = self.linker(project, read)
        options = RenderOptions(heading_level=level)
        section = release_section(release)
        listed = item.release is not None and read.history.listed
        section += release_facts(release, linker, listed=listed)
        if item.notes is not None:
            section += self._noted(project, item.notes, options)
        if item.inventories is not None:
            section += self._changes(item.inventories, options)
        section += render_commits(release, linker, options)
        return section

    def _noted(
        self, project: Project, noted: VersionNotes, options: RenderOptions
    ) -> list[nodes.Node]:
        found: list[nodes.Node] = [part("Release notes", options)]
        for section in noted.sections:
            if section.title:
                found.append(part(section.title, options, deeper=2))
                found.append(self._listed(project, section))
            else:
                found += [node for note in section.notes for node in self._parsed(project, note)]
        return found

    def _listed(self, project: Project, section: NoteSection) -> nodes.bullet_list:
        items = [nodes.list_item("", *self._parsed(project, note)) for note in section.notes]
        return nodes.bullet_list("", *items, bullet="*")

    def _parsed(self, project: Project, note: Note) -> list[nodes.Node]:
        """A note is reStructuredText, as everywhere that reno shows it."""
        container = nodes.container()
        container.document = self.state.document
        root = project.notes
        source = note.file if root is None else str(root / note.file)
        lines = StringList(note.text.expandtabs().splitlines(), source=source)
        # What is wrong with a note is said of the note's file.
        with switch_source_input(self.state, lines):
            self.state.nested_parse(lines, 0, container)
        return container.children

    def _changes(self, pair: Inventories, options: RenderOptions) -> list[nodes.Node]:
        from sphinxext_apiplug.checks.diff import diff
        from sphinxext_apiplug.reference.render.releases import render_changes

        try:
            old, new = _loaded(pair.old), _loaded(pair.new)
        except InventoryError as error:
            report("inventory-unreadable", str(error), error.source)
            return []
        return render_changes(new.api, diff(old, new), pair.before, options)


def _loaded(file: Path) -> Inventory:
    return codec.loads(file.read_bytes(), str(file))
