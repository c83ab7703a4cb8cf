"""What the mark of deduced things means."""

from __future__ import annotations

import msgspec
from docutils import nodes

from sphinxext_apiplug.inventory.model import Operation
from sphinxext_apiplug.reference.render.inline import INFERRED, badge


def legend(*operations: Operation) -> list[nodes.Node]:
    """Explain the mark, if one of *operations* carries it."""
    if not any(_deduced(operation) for operation in operations):
        return []
    mark = badge(msgspec.structs.replace(INFERRED, title=""))
    text = nodes.Text(f" {INFERRED.title}")
    return [nodes.paragraph("", "", mark, text, classes=["apiplug-legend"])]


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
