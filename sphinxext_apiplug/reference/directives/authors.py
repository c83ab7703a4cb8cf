"""``apiplug-authors``: who made a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils.parsers.rst import directives

from sphinxext_apiplug.reference.directives.projects import ProjectDirective
from sphinxext_apiplug.reference.render.authors import render_authors

if TYPE_CHECKING:
    from docutils import nodes

    from sphinxext_apiplug.project.finding import Project
    from sphinxext_apiplug.project.reading import Read

# These are about commits, not about people.
_OF_COMMITS = frozenset({"changelog-absent", "changelog-malformed", "history-untagged"})


class AuthorsDirective(ProjectDirective):
    """A list of people."""

    option_spec: ClassVar[dict[str, Any]] = {
        **ProjectDirective.option_spec,
        "emails": directives.flag,
    }

    def show_project(self, project: Project, read: Read, level: int) -> list[nodes.Node]:
        """The list; a sentence if nobody is known."""
        del level
        about = [problem for problem in read.problems if problem.kind not in _OF_COMMITS]
        self.tell(project, (*about, *read.authors_problems))
        return render_authors(read.history, emails="emails" in self.options)
