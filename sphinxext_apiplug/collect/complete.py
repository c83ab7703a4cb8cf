"""What holds for every dialect: unique operations, implied answers, examples."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec

from sphinxext_apiplug.collect.declared import ApiSettings
from sphinxext_apiplug.collect.faults import sort_responses, with_common_errors
from sphinxext_apiplug.collect.given import Samples
from sphinxext_apiplug.collect.requests import examples_for, with_samples
from sphinxext_apiplug.inventory.model import (
    Api,
    Extension,
    Inventory,
    Operation,
    Parameter,
    Payload,
    Response,
)
from sphinxext_apiplug.inventory.problems import Problem
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange
from sphinxext_apiplug.readers.texts import clean_deep, may_be_unclean

_PLAIN_ORDER = ("GET", "POST", "PUT", "PATCH", "DELETE")
_VARIABLE = re.compile(r"\{[^{}]*\}")


def without_conflicts(
    operations: Iterable[Operation], extensions: Iterable[Extension]
) -> tuple[tuple[Operation, ...], tuple[Problem, ...]]:
    """Drop operations whose method, path and action another extension serves already.

    Within one extension the first one wins silently, as it does in the router.
    """
    by_alias = {item.alias: item for item in extensions}
    held: dict[tuple[str, str, str | None], Operation] = {}
    problems = []
    for operation in operations:
        path = _VARIABLE.sub("{}", operation.path)
        first = held.setdefault((operation.method, path, operation.action), operation)
        if first.extension != operation.extension:
            problems.append(_conflict(operation, first, by_alias[operation.extension]))
    return tuple(held.values()), tuple(problems)


def _conflict(operation: Operation, first: Operation, extension: Extension) -> Problem:
    what = f"{operation.method} {operation.path}"
    what += f" ({operation.action})" if operation.action else ""
    return Problem(
        kind="route-conflict",
        subject=extension.entry_point.partition(" = ")[0],
        message=f"{what} is served by {first.extension} already",
        source=operation.handler,
        entry_point=extension.entry_point,
        distribution=f"{extension.distribution} {extension.distribution_version}",
        extension=extension.alias,
    )


def in_order(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """By extension, then path, then method, as a reader would look for them."""
    return tuple(sorted(operations, key=_order))


def with_unique_ids(operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """Tell apart the ids of operations that have the same handler.

    The first one keeps the plain id. The others get what sets them apart: the
    method, or how the path ends, and where that doesn't do, a number.
    """
    taken: dict[str, Operation] = {}
    renamed = []
    for operation in operations:
        candidates = _candidates(operation, taken.get(operation.id))
        unique = next(item for item in candidates if item not in taken)
        taken[unique] = operation
        renamed.append(msgspec.structs.replace(operation, id=unique))
    return tuple(renamed)


def finished(
    operations: Iterable[Operation], api: Api, settings: ApiSettings, samples: Samples
) -> tuple[Operation, ...]:
    """All operations of an API, in order, each with an id of its own and completed."""
    unique = with_unique_ids(in_order(operations))
    return tuple(completed(item, api, settings, samples) for item in unique)


def completed(
    operation: Operation, api: Api, settings: ApiSettings, samples: Samples
) -> Operation:
    """Add what follows from the declarations: answers, versions, examples."""
    within = api.microversions or ALL_VERSIONS
    versions = operation.versions.intersect(within) or operation.versions
    values = samples.of(operation)
    operation = msgspec.structs.replace(operation, versions=versions)
    parameters = with_samples(_held(operation.parameters, versions), values)
    return msgspec.structs.replace(
        operation,
        description=operation.description or _told_by_policies(operation),
        parameters=parameters,
        request=tuple(
            item
            for item in operation.request
            if not item.inferred or item.versions.intersect(versions) is not None
        ),
        responses=_with_implied(operation, with_common_errors(operation, settings), api),
        examples=examples_for(
            operation.path, parameters, _held(operation.request, versions), versions, values
        ),
    )


_Versioned = TypeVar("_Versioned", Parameter, Payload)


def _held(items: Iterable[_Versioned], versions: VersionRange) -> tuple[_Versioned, ...]:
    """What holds in any version that there is."""
    return tuple(item for item in items if item.versions.intersect(versions) is not None)


def _told_by_policies(operation: Operation) -> str:
    """What the documented rule says the operation does, where its handler says nothing more."""
    told = [item.description for item in operation.policies if not item.inferred]
    if len(told) != 1 or told[0].rstrip(".") == operation.summary:
        return ""
    return told[0]


def without_unshowable(inventory: Inventory) -> Inventory:
    """Clean every text; an extension that needed it gets a problem, if it has none."""
    if not may_be_unclean(inventory):
        return inventory
    plain = msgspec.to_builtins(inventory)
    cleaned = clean_deep(plain)
    if cleaned == plain:
        return inventory
    reported = {item.subject for item in inventory.problems if item.kind == "text-unsafe"}
    guilty = _unclean_aliases(plain, cleaned)
    result = msgspec.convert(cleaned, Inventory)
    problems = [
        Problem(
            kind="text-unsafe",
            subject=name,
            message="its texts hold control characters or direction marks",
            source=item.source,
            entry_point=item.entry_point,
            distribution=f"{item.distribution} {item.distribution_version}",
        )
        for item in result.extensions
        if item.alias in guilty and (name := item.entry_point.partition(" = ")[0]) not in reported
    ]
    together = sorted([*result.problems, *problems], key=lambda item: item.sort_key)
    return msgspec.structs.replace(result, problems=tuple(together))


def _unclean_aliases(plain: Any, cleaned: Any) -> set[str]:
    """The aliases of extensions whose own or whose operations' texts were changed."""
    found: set[str] = set()
    for key, name in (("extensions", "alias"), ("operations", "extension")):
        pairs = zip(plain.get(key, ()), cleaned.get(key, ()), strict=True)
        found |= {after[name] for before, after in pairs if before != after}
    return found


def _with_implied(
    operation: Operation, known: Sequence[Response], api: Api
) -> tuple[Response, ...]:
    """The error codes that frameworks answer with before a handler runs.

    They say what a caller can do about it, so an operation that is gone has none.
    """
    implied: dict[int, str] = {}
    if operation.removed is not None:
        return operation.responses
    if operation.request:
        implied[400] = "the body does not match the schema"
    if api.security is not None:
        implied[401] = "the token is missing or not valid"
    if operation.policies:
        implied[403] = "the policy does not allow it"
    responses = [_explained(item, implied.get(item.status)) for item in known]
    present = {item.status for item in responses}
    for status, reason in implied.items():
        if status not in present:
            text = f"{HTTPStatus(status).phrase}: {reason}"
            responses.append(Response(status=status, description=text, inferred=True))
    return sort_responses(responses)


def _explained(response: Response, reason: str | None) -> Response:
    """Put the implied reason before those that the handler gives."""
    if reason is None:
        return response
    phrase, _, reasons = response.description.partition(": ")
    text = f"{phrase}: {reason}" + (f"; {reasons}" if reasons else "")
    return msgspec.structs.replace(response, description=text)


def _order(operation: Operation) -> tuple[str, str, int, str, str]:
    known = operation.method in _PLAIN_ORDER
    rank = _PLAIN_ORDER.index(operation.method) if known else len(_PLAIN_ORDER)
    return (
        operation.extension,
        operation.path,
        rank,
        operation.method,
        operation.action or "",
    )


def _candidates(operation: Operation, first: Operation | None) -> Iterable[str]:
    yield operation.id
    if first is not None and first.method != operation.method:
        longer = f"{operation.id}-{operation.method.lower()}"
    else:
        *_, end = operation.path.split("/")
        name = re.sub(r"[^A-Za-z0-9_]+", "-", end).strip("-")
        longer = f"{operation.id}-by-{name}" if end.startswith("{") else f"{operation.id}-{name}"
    yield longer.strip("-")
    for number in itertools.count(2):
        yield f"{operation.id}-{number}"
