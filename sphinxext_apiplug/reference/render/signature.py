"""An operation's method, path and name."""

from __future__ import annotations

import re
from typing import Final

from docutils import nodes

from sphinxext_apiplug.inventory.model import Api, Operation
from sphinxext_apiplug.reference.markup import clean, line
from sphinxext_apiplug.reference.render.inline import code, method_badge, method_class

_PARAMETER: Final = re.compile(r"(\{[^{}]*\})")
_MAX_TITLE: Final = 120


def title_text(operation: Operation) -> str:
    """What an operation is called: its summary, or else what it does."""
    summary = line(operation.summary, _MAX_TITLE).removesuffix(".").strip()
    if summary:
        return summary
    if operation.action:
        return line(operation.action, _MAX_TITLE)
    return line(f"{operation.method} {operation.path or '/'}", _MAX_TITLE)


def title(operation: Operation) -> nodes.title:
    """The heading of an operation's section; it names the action, if it is one."""
    text = title_text(operation)
    heading = nodes.title(text, text)
    if operation.action and operation.action != text:
        action = [nodes.Text(" (action "), code(operation.action), nodes.Text(")")]
        heading += nodes.inline("", "", *action, classes=["apiplug-action"])
    return heading


def full_path(api: Api, operation: Operation) -> str:
    """The path with the API's base path before it."""
    return clean(api.base_path + operation.path).replace("\n", "") or "/"


def path_code(api: Api, operation: Operation, *, with_action: bool = False) -> nodes.literal:
    """The full path as code, its parameters set off.

    :param with_action: name the action after it, if it is one
    """
    path = nodes.literal(classes=["apiplug-path"])
    for index, piece in enumerate(_PARAMETER.split(full_path(api, operation))):
        if piece:
            classes = ["apiplug-param"] if index % 2 else []
            path += nodes.inline("", piece, classes=classes) if classes else nodes.Text(piece)
    if with_action and operation.action:
        path += [
            nodes.Text(" "),
            nodes.inline("", line(operation.action), classes=["apiplug-key"]),
        ]
    return path


def signature(api: Api, operation: Operation) -> nodes.paragraph:
    """The line that says what to call."""
    return nodes.paragraph(
        "",
        "",
        method_badge(operation.method),
        nodes.Text(" "),
        path_code(api, operation),
        classes=["apiplug-signature", method_class(operation.method)],
    )
