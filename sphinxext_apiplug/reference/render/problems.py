"""What could not be read, said where a reader would look for it."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from sphinxext_apiplug.inventory.problems import PROBLEM_KINDS, Problem
from sphinxext_apiplug.reference.markup import line, spans, to_inline
from sphinxext_apiplug.reference.render.inline import as_given, code


def render_problems(problems: Sequence[Problem]) -> list[nodes.Node]:
    """An admonition with each problem, its place, and what to do about it.

    :return: nothing if there are no problems
    """
    if not problems:
        return []
    items = [nodes.list_item("", *_problem(problem)) for problem in problems]
    title = "This could not be read"
    classes = ["error", "apiplug-problems"]
    listed = nodes.bullet_list("", *items, bullet="*")
    return as_given([nodes.admonition("", nodes.title(title, title), listed, classes=classes)])


def _problem(problem: Problem) -> list[nodes.Node]:
    message = to_inline(spans(line(problem.message, 1000)))
    found: list[nodes.Node] = [
        nodes.paragraph("", "", code(problem.subject), nodes.Text(": "), *message)
    ]
    origin = _origin(problem)
    if origin:
        found.append(nodes.paragraph("", "", *origin, nodes.Text(".")))
    kind = PROBLEM_KINDS.get(problem.kind)
    if kind is not None:
        remedy = to_inline(spans(kind.remedy))
        found.append(nodes.paragraph("", "", *remedy, classes=["apiplug-note"]))
    return found


def _origin(problem: Problem) -> list[nodes.Node]:
    """Where it is; nothing if that isn't known."""
    found: list[nodes.Node] = []
    if problem.source is not None:
        found += [nodes.Text("In "), code(str(problem.source))]
    if problem.pointer:
        found += [nodes.Text(", at " if found else "At "), code(problem.pointer)]
    if problem.distribution:
        found.append(nodes.Text(f"{', from' if found else 'From'} {line(problem.distribution)}"))
    return found
