"""Who made a project."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from sphinxext_apiplug.project.model import Author, History
from sphinxext_apiplug.reference.markup import line
from sphinxext_apiplug.reference.render.changelog import nothing
from sphinxext_apiplug.reference.render.inline import as_given


def render_authors(history: History, *, emails: bool = False) -> list[nodes.Node]:
    """A list of people, and a sentence with the robots.

    :param emails: show e-mail addresses too
    """
    people = [author for author in history.authors if not author.robot]
    robots = [line(author.name) for author in history.authors if author.robot]
    found: list[nodes.Node] = []
    if people:
        items = [nodes.list_item("", _entry(author, emails)) for author in people]
        found.append(nodes.bullet_list("", *items, bullet="*", classes=["apiplug-authors"]))
    else:
        found.append(nothing(f"Nobody is known to have made {line(history.project)}."))
    if robots:
        found.append(nothing(f"Robots helped: {', '.join(robots)}."))
    return as_given(found)


def _entry(author: Author, emails: bool) -> nodes.paragraph:
    paragraph = nodes.paragraph("", line(author.name))
    if emails and author.addresses:
        paragraph += list(_addresses(author.addresses))
    return paragraph


def _addresses(addresses: Iterable[str]) -> Iterable[nodes.Node]:
    for index, address in enumerate(addresses):
        yield nodes.Text(", " if index else " ")
        yield nodes.reference("", line(address), refuri=f"mailto:{line(address)}")
