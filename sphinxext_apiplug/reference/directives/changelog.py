"""``apiplug-changelog``: what was committed for each release of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils.parsers.rst import directives

from sphinxext_apiplug.project.choosing import GROUPINGS
from sphinxext_apiplug.reference.directives.projects import ProjectDirective
from sphinxext_apiplug.reference.render.changelog import ChangelogOptions, render_changelog

if TYPE_CHECKING:
    from docutils import nodes

    from sphinxext_apiplug.project.finding import Project
    from sphinxext_apiplug.project.reading import Read


class ChangelogDirective(ProjectDirective):
    """A section for each release, the newest first."""

    option_spec: ClassVar[dict[str, Any]] = {
        **ProjectDirective.option_spec,
        "releases": directives.positive_int,
        "since": directives.unchanged_required,
        "group": lambda text: directives.choice(text, GROUPINGS),
    }

    def show_project(self, project: Project, read: Read, level: int) -> list[nodes.Node]:
        """The sections; a sentence if there are none."""
        self.tell(project, read.problems)
        options = ChangelogOptions(
            newest=self.options.get("releases"),
            since=self.options.get("since", ""),
            grouping=self.options.get("group", "none"),
            heading_level=level,
        )
        return render_changelog(read.history, self.linker(project, read), options)
