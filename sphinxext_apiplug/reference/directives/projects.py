"""What the directives about projects share: finding them, and saying what went wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from sphinxext_apiplug.project.choosing import VersionTextError
from sphinxext_apiplug.project.finding import Project
from sphinxext_apiplug.project.linking import Linker
from sphinxext_apiplug.project.places import UnknownProjectError
from sphinxext_apiplug.reference.directives.base import ApiplugDirective
from sphinxext_apiplug.reference.lookup import UnknownNameError, choose_api
from sphinxext_apiplug.reference.markup import line
from sphinxext_apiplug.reference.projects import (
    Wanted,
    find_project,
    hash_of,
    history,
    project_files,
    valid_projects,
)
from sphinxext_apiplug.reference.report import report, report_problem
from sphinxext_apiplug.reference.slices import SliceKey, digest, distributions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext_apiplug.inventory.problems import Problem
    from sphinxext_apiplug.project.reading import Read


class ProjectDirective(ApiplugDirective):
    """A directive that shows something of a project, or of each that an API comes from.

    Its argument is a key of ``apiplug_projects`` or an installed distribution.
    """

    optional_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        "api": directives.unchanged_required,
        "path": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """The nodes; for what isn't there a warning, and what is there nevertheless."""
        try:
            wanted = self._wanted()
        except UnknownNameError as error:
            self._note_all_apis()
            report(error.kind, str(error), self.get_location())
            return []
        left_out = self.config.apiplug_projects.keys() - valid_projects(self.config).keys()
        wanted = [item for item in wanted if item.name not in left_out]
        projects = [project for item in wanted if (project := self._found(item)) is not None]
        try:
            return self._placed(self._shown(projects))
        except VersionTextError as error:
            report("release-unknown", str(error), self.get_location())
            return []

    def show_project(self, project: Project, read: Read, level: int) -> list[nodes.Node]:
        """What the directive stands for.

        :param level: HTML level of the headings in it
        :raises VersionTextError: if an option should be a version and isn't one
        """
        raise NotImplementedError

    def linker(self, project: Project, read: Read) -> Linker:
        """The links of a project."""
        return Linker(project.settings, read.history.repository)

    def tell(self, project: Project, problems: Iterable[Problem]) -> None:
        """Log problems, each once a build."""
        root = project.place.root
        for problem in problems:
            if problem not in self.domain.told:
                source = problem.source
                known = {source.file: root / source.file} if source and root else {}
                self.domain.told.add(problem)
                report_problem(problem, known, self.get_location())

    def _wanted(self) -> list[Wanted]:
        """The projects that are named, or else the only one that there is."""
        if path := self.options.get("path"):
            return [Wanted(path=str(self._absolute(path)))]
        if self.arguments:
            return [Wanted(self.arguments[0])]
        projects = sorted(valid_projects(self.config))
        if "api" not in self.options:
            if len(projects) == 1:
                return [Wanted(projects[0])]
            if projects:
                known = ", ".join(projects)
                message = f"say which project is meant; there are: {known}"
                raise UnknownNameError("project-unknown", message)
        return self._of_api()

    def _of_api(self) -> list[Wanted]:
        api = choose_api(self.api_name, {*self.domain.apis, *self.domain.left_out})
        if api in self.domain.left_out:
            return []
        inventory = self.domain.apis[api].inventory
        key = SliceKey(api, "distributions")
        self.domain.note_slice(self.env.docname, key, digest(inventory, key))
        return [Wanted(name) for name in distributions(inventory)]

    def _absolute(self, path: str) -> Path:
        """A folder as the document names it: below the sources if it begins with a slash."""
        if path.startswith("/"):
            return Path(self.env.srcdir, path.lstrip("/")).resolve()
        return (Path(self.env.doc2path(self.env.docname)).parent / path).resolve()

    def _found(self, wanted: Wanted) -> Project | None:
        key = SliceKey("", "history", str(wanted))
        try:
            project = find_project(self.config, self.domain.confdir, wanted)
        except UnknownProjectError as error:
            self.domain.note_slice(self.env.docname, key, "")
            report("project-unknown", str(error), self.get_location())
            return None
        self.domain.note_slice(self.env.docname, key, hash_of(project))
        for file in project_files(project):
            self.env.note_dependency(str(file))
        return project

    def _shown(self, projects: list[Project]) -> list[nodes.Node]:
        level = self.depth() + 1
        several = len(projects) > 1
        found: list[nodes.Node] = []
        for project in projects:
            read = history(self.domain, project)
            shown = self.show_project(project, read, level + several)
            name = line(project.place.name)
            self._anchor(shown, name if several else "")
            if several:
                section = nodes.section("", nodes.title(name, name), *shown)
                self._give_id(section, name)
                shown = [section]
            found += shown
        return found

    def _anchor(self, shown: Iterable[nodes.Node], prefix: str) -> None:
        """Give each release's section an id, as in ``release-2.1.0``."""
        for node in shown:
            if isinstance(node, nodes.section) and "apiplug_release" in node:
                version = node.attributes.pop("apiplug_release") or "unreleased"
                self._give_id(node, f"{prefix or 'release'}-{version}")

    def _give_id(self, section: nodes.section, name: str) -> None:
        document = self.state.document
        safe = "".join(sign if sign.isalnum() or sign in "._~-" else "-" for sign in name)
        base = safe if safe[:1].isalpha() else f"project-{safe}"
        node_id, count = base, 1
        while node_id in document.ids:
            count += 1
            node_id = f"{base}-{count}"
        section["ids"] = [node_id]
        document.note_explicit_target(section)
