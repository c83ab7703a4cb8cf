"""Finds the service's policy rules and joins them with its operations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from importlib import metadata

import msgspec

from sphinxext_apiplug.collect.messages import Request
from sphinxext_apiplug.inventory.model import Operation
from sphinxext_apiplug.inventory.problems import Problem
from sphinxext_apiplug.readers import policies
from sphinxext_apiplug.readers.base import Context, Plugin, describe

POLICIES_NAMESPACE = "oslo.policy.policies"


def joined_policies(
    operations: Sequence[Operation],
    request: Request,
    distribution: str,
    context: Context,
    plugins: Sequence[Plugin],
) -> policies.Join:
    """Operations with the rules that are registered for them.

    :param distribution: the service's; other extensions' distributions declare their own rules
    """
    packages = [item.package for item in plugins]
    others = {item.distribution for item in plugins} - {distribution}
    rules: list[policies.Rule] = []
    for point in (*_of_service(request, distribution, context), *_of(others)):
        rules += _load(point, request, context, packages)
    result = policies.join(operations, rules)
    for name, method, path in result.unmatched:
        message = f"documents {method} {path}, which no extension serves"
        context.problems.append(Problem(kind="policy-unmatched", subject=name, message=message))
    return result


def _of_service(
    request: Request, distribution: str, context: Context
) -> list[metadata.EntryPoint]:
    """What lists the service's own rules, as the settings have it."""
    wanted = request.settings.policies
    if wanted is None:
        return _of({distribution})
    points = [item for item in _of(None) if item.name == wanted]
    if not points:
        message = f"no entry point {wanted!r} is declared in {POLICIES_NAMESPACE}"
        context.problems.append(_failed(request.name, message))
    return points


def _of(distributions: Collection[str] | None) -> list[metadata.EntryPoint]:
    """What lists the rules of some distributions, or of all."""
    points = sorted(metadata.entry_points(group=POLICIES_NAMESPACE), key=lambda item: item.name)
    if distributions is None:
        return points
    return [item for item in points if item.dist is not None and item.dist.name in distributions]


def _load(
    point: metadata.EntryPoint, request: Request, context: Context, packages: Sequence[str]
) -> Iterable[policies.Rule]:
    label = f"{POLICIES_NAMESPACE}: {point.name}"
    if label in request.given_up:
        context.problems.append(_failed(request.name, request.given_up[label].message))
        return ()
    context.step(label)
    try:
        list_rules: Callable[[], Iterable[object]] = point.load()
        return policies.read_rules(list_rules())
    except BaseException as error:  # noqa: BLE001 - SystemExit too: it is a plugin's doing
        source = context.places.of_error(error, packages[0] if packages else "")
        problem = _failed(request.name, f"{label}: {describe(error)}")
        point_text = f"{point.name} = {point.value}"
        context.problems.append(
            msgspec.structs.replace(problem, source=source, entry_point=point_text)
        )
        return ()


def _failed(name: str, message: str) -> Problem:
    return Problem(kind="policies-failed", subject=name, message=message)
