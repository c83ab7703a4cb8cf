"""The line of facts below an operation's signature, and its notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docutils import nodes

from sphinxext_apiplug.inventory.model import Inventory, Operation, Policy
from sphinxext_apiplug.reference.markup import line
from sphinxext_apiplug.reference.nodes import Badge, Disclosure
from sphinxext_apiplug.reference.render.inline import (
    INFERRED,
    code,
    facts,
    reference,
    with_badges,
)
from sphinxext_apiplug.reference.render.options import RenderOptions
from sphinxext_apiplug.reference.render.versions import api_range, operation_range, words

# More than these would stand between a reader and what to send.
_MOST_POLICIES: Final = 2


def operation_facts(
    inventory: Inventory, operation: Operation, options: RenderOptions
) -> list[nodes.Node]:
    """Since when there is the operation, what it needs, and whose it is."""
    items: list[list[nodes.Node]] = []
    if versions := _versions(inventory, operation):
        items.append([nodes.Text(versions)])
    few = len(operation.policies) <= _MOST_POLICIES
    listed = sorted(operation.policies, key=lambda item: item.conditional)
    items += [_policy(policy) for policy in listed] if few else []
    if options.show_provider:
        link = extension_link(inventory, operation.extension)
        items.append([nodes.Text("provided by "), link])
    items.append(list(_augmented(inventory, operation)))
    return facts(items) + ([] if few else [_policies(operation)])


def _policies(operation: Operation) -> Disclosure:
    needed = sum(not item.conditional for item in operation.policies)
    maybe = len(operation.policies) - needed
    texts = [f"needs {_count(needed)}"] if needed else []
    if maybe:
        texts.append(f"may need {maybe} more" if needed else f"may need {_count(maybe)}")
    listed = sorted(operation.policies, key=lambda item: item.conditional)
    return Disclosure("", *facts(map(_policy, listed)), label=", ".join(texts))


def _count(number: int) -> str:
    return f"{number} {'policy' if number == 1 else 'policies'}"


def notices(operation: Operation) -> list[nodes.Node]:
    """What a caller must know first: that it is gone, or will be."""
    texts = []
    if operation.removed is not None:
        version = line(operation.removed.version or "")
        since = f" in {version}" if version else ""
        reason = line(operation.removed.reason, 500)
        texts.append(f"Removed{since}" + (f": {reason}" if reason else "."))
    elif operation.deprecated:
        texts.append("Deprecated.")
    return [nodes.warning("", nodes.paragraph("", text)) for text in texts]


def extension_link(inventory: Inventory, alias: str) -> nodes.Element:
    """A link to an extension by its alias."""
    text = nodes.inline("", line(alias))
    return reference(inventory.api, "ext", alias, text)


def _versions(inventory: Inventory, operation: Operation) -> str:
    whole = api_range(inventory.api)
    text = words(operation_range(inventory.api, operation), whole)
    first, _, rest = text.partition(" ")
    if first in ("since", "until", "only"):
        return f"{first} microversion {rest}"
    return f"microversions {text}" if text else ""


def _policy(policy: Policy) -> list[nodes.Node]:
    lead = "may need " if policy.conditional else "needs "
    item: list[nodes.Node] = [nodes.Text(lead), code(policy.name)]
    if policy.check:
        item += [nodes.Text(", by default "), code(policy.check)]
    if policy.scope_types:
        scopes = " or ".join(line(name) for name in policy.scope_types)
        item.append(nodes.Text(f", scope {scopes}"))
    marks = [Badge("deprecated", "until")] if policy.deprecated else []
    marks += [INFERRED] if policy.inferred else []
    return item + with_badges(*marks)


def _augmented(inventory: Inventory, operation: Operation) -> Iterator[nodes.Node]:
    aliases = dict.fromkeys(item.extension for item in operation.augmented_by)
    for index, alias in enumerate(aliases):
        yield nodes.Text(", " if index else "also extended by ")
        yield extension_link(inventory, alias)
