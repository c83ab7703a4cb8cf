"""What the marks of deduced things mean."""

from __future__ import annotations

import msgspec
from docutils import nodes

from sphinxext_apiplug.inventory.model import Operation
from sphinxext_apiplug.reference.nodes import Badge
from sphinxext_apiplug.reference.render.commands import BY_NAME
from sphinxext_apiplug.reference.render.inline import INFERRED, badge


def legend(*operations: Operation) -> list[nodes.Node]:
    """Explain each mark that one of *operations* carries."""
    found = [INFERRED] if any(_deduced(operation) for operation in operations) else []
    found += [BY_NAME] if any(_guessed(operation) for operation in operations) else []
    return [_explained(mark) for mark in found]


def _explained(mark: Badge) -> nodes.paragraph:
    shown = badge(msgspec.structs.replace(mark, title=""))
    text = nodes.Text(f" {mark.title}")
    return nodes.paragraph("", "", shown, text, classes=["apiplug-legend"])


def _guessed(operation: Operation) -> bool:
    """Whether a command is shown at an operation for its name alone."""
    is_shown = operation.removed is None
    return is_shown and any(item.matched == "name" for item in operation.commands)


def _deduced(operation: Operation) -> bool:
    return any(
        item.inferred
        for items in (
            operation.parameters,
            operation.request,
            operation.responses,
            operation.policies,
        )
        for item in items
    )
