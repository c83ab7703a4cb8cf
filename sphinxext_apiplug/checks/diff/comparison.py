"""Comparing two inventories: operation by operation, version by version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from sphinxext_apiplug.checks.diff.at_version import compare_views
from sphinxext_apiplug.checks.diff.change import Change, Severity, Where
from sphinxext_apiplug.checks.diff.found import Found, Place
from sphinxext_apiplug.checks.diff.kinds import CHANGE_KINDS, severity_of
from sphinxext_apiplug.checks.diff.match import call, match, renamed
from sphinxext_apiplug.checks.diff.policies import PolicyComparer
from sphinxext_apiplug.checks.diff.schemas import SchemaComparer
from sphinxext_apiplug.checks.diff.service import common_statuses, compare_services
from sphinxext_apiplug.checks.diff.steps import Step, joined, steps
from sphinxext_apiplug.checks.diff.view import view
from sphinxext_apiplug.checks.diff.whole import compare_apis, compare_extensions, compare_heads
from sphinxext_apiplug.checks.diff.wording import sentence
from sphinxext_apiplug.inventory.model import Api, Inventory, Operation
from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange, merge

_OPERATION: Final = Place(part="operation")


def diff(old: Inventory, new: Inventory) -> tuple[Change, ...]:
    """What changed from one API to another.

    Changes of the API come first, then those of its extensions, then those of its
    operations: in the new API's order, after which come the operations that are gone.
    What is the same at several microversions is one change that names them all.
    """
    matched = match(old, new)
    comparer = _Comparer(old, new)
    changes = [
        _change(found, Where(part=found.part, name=found.name, pointer=found.pointer), None)
        for found in (
            *compare_apis(old.api, new.api, is_rebased=matched.is_rebased),
            *compare_services(old, new, comparer.schemas),
            *compare_extensions(old, new),
        )
    ]
    partners = {id(two): one for one, two in matched.pairs}
    for operation in new.operations:
        partner = partners.get(id(operation))
        changes += comparer.pair(partner, operation) if partner else comparer.added(operation)
    for operation in matched.removed:
        changes += comparer.removed(operation)
    return tuple(changes)


class _Comparer:
    """Compares the operations of two inventories."""

    def __init__(self, old: Inventory, new: Inventory) -> None:
        self._old = old.api
        self._new = new.api
        self.schemas = SchemaComparer()
        self._policies = PolicyComparer(old, new)
        # Said once, of the service.
        before, after = common_statuses(old), common_statuses(new)
        self._told = {
            *(("error-status-removed", status) for status in before - after),
            *(("error-status-added", status) for status in after - before),
        }

    def added(self, operation: Operation) -> Iterator[Change]:
        """An operation that the old API doesn't have."""
        kind = "operation-added" if operation.removed is None else "refusal-added"
        yield self._whole(operation, kind, self._new)

    def removed(self, operation: Operation) -> Iterator[Change]:
        """An operation that the new API doesn't have."""
        kind = "operation-removed" if operation.removed is None else "refusal-removed"
        yield self._whole(operation, kind, self._old)

    def _whole(self, operation: Operation, kind: str, api: Api) -> Change:
        served = operation.versions.intersect(api.microversions or ALL_VERSIONS)
        always = served is None or served.covers(api.microversions or ALL_VERSIONS)
        where = Where(
            part="operation",
            operation=operation.id,
            call=call(operation, api.base_path),
            versions=() if served is None or always else (served,),
        )
        return _change(_OPERATION.found(kind), where, operation.handler)

    def pair(self, old: Operation, new: Operation) -> Iterator[Change]:
        """An operation that both have."""
        is_served = old.removed is None and new.removed is None
        heads = compare_heads(old, new, self._policies)
        found = [*heads, *(self._versioned(old, new) if is_served else ())]
        called = call(new, self._new.base_path)
        for item in found:
            told, versions, is_new = item if isinstance(item, tuple) else (item, (), False)
            where = Where(
                part=told.part,
                operation=new.id,
                call=called,
                status=told.status,
                name=told.name,
                pointer=told.pointer,
                versions=versions,
            )
            yield _change(told, where, new.handler, is_new=is_new)

    def _versioned(
        self, old: Operation, new: Operation
    ) -> Iterator[tuple[Found, tuple[VersionRange, ...], bool]]:
        """What changed, at which versions, and whether at those that are new alone."""
        seen: dict[bytes, tuple[Found, list[Step]]] = {}
        taken = steps(self._old.microversions, self._new.microversions, (old, new))
        for step in taken:
            for found in self._at(old, new, step):
                if (found.kind, found.status) in self._told:
                    continue
                key = msgspec.json.encode(found)
                seen.setdefault(key, (found, []))[1].append(step)
        everything = [step.versions for step in taken]
        for found, at in seen.values():
            where = [step.versions for step in at]
            # Of what is served when, the versions are all there is to tell.
            is_range = found.kind.startswith("operation-versions-")
            versions = merge(where) if is_range else joined(where, everything)
            yield found, versions, all(step.is_new for step in at)

    def _at(self, old: Operation, new: Operation, step: Step) -> Iterable[Found]:
        names = renamed(old, new)
        before, after = view(old, step.old, names), view(new, step.new, {})
        if before is not None and after is not None:
            return compare_views(before, after, self.schemas)
        if before is None and after is None:
            return ()
        kind = "operation-versions-reduced" if after is None else "operation-versions-extended"
        return (_OPERATION.found(kind, str(old.versions), str(new.versions)),)


def _change(found: Found, where: Where, source: Source | None, *, is_new: bool = False) -> Change:
    kind = CHANGE_KINDS[found.kind]
    severity: Severity = severity_of(kind, found.part)
    if is_new and severity == "breaking":
        severity = "compatible"
    return Change(
        kind=found.kind,
        severity=severity,
        where=where,
        before=found.before,
        after=found.after,
        message=sentence(kind, found),
        source=source,
    )
