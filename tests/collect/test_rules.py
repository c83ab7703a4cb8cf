"""Which distributions' policy rules are joined with operations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinxext_apiplug.collect.api import Collected
from tests.fakes import GOOD, Site

Read = Callable[..., Collected]

RULES = """
    from types import SimpleNamespace

    def list_rules():
        operations = [{"method": "GET", "path": path} for path in %r]
        return [SimpleNamespace(name="%s", check_str="!", description="Does.",
                                scope_types=None, operations=operations)]
"""
GROUP = "oslo.policy.policies"


def install(site: Site, name: str, aliases: tuple[str, ...], path: str) -> None:
    """Install a distribution with extensions, and a rule for what is at a path."""
    modules = {f"{alias}.py": GOOD.replace('"things"', f'"{alias}"') for alias in aliases}
    points = {alias: f"{alias}:Things" for alias in aliases}
    site.install(name, {**modules, f"{name}_rules.py": RULES % ([path], name)}, points)
    file = site.folder / f"{name}-1.2.3.dist-info" / "entry_points.txt"
    with file.open("a", encoding="utf-8") as stream:
        stream.write(f"\n[{GROUP}]\n{name} = {name}_rules:list_rules\n")


@pytest.mark.parametrize("setting", ["service", None])
def test_rules_of_other_distributions(site: Site, read: Read, setting: str | None) -> None:
    """A vendor's rules come with the vendor's extensions; strangers' rules stay away."""
    install(site, "service", ("alpha", "beta"), "/alpha/{id}")
    install(site, "vendor", ("gamma",), "/gamma/{thing_id}")
    install(site, "stranger", (), "/beta/{id}")
    inventory = read(policies=setting).inventory
    assert inventory.problems == ()
    assert {
        item.extension: [(rule.name, rule.description) for rule in item.policies]
        for item in inventory.operations
    } == {"alpha": [("service", "Does.")], "beta": [], "gamma": [("vendor", "Does.")]}


def test_rules_that_can_not_be_listed(site: Site, read: Read) -> None:
    """One problem; the service's own rules are there."""
    install(site, "service", ("alpha", "beta"), "/alpha/{id}")
    install(site, "vendor", ("gamma",), "/gamma/{id}")
    (site.folder / "vendor_rules.py").write_text("import nothing_like_this\n", encoding="utf-8")
    inventory = read(policies="service").inventory
    (problem,) = inventory.problems
    assert (problem.kind, problem.entry_point) == (
        "policies-failed",
        "vendor = vendor_rules:list_rules",
    )
    rules = {
        item.extension: [rule.name for rule in item.policies] for item in inventory.operations
    }
    assert rules == {"alpha": ["service"], "beta": [], "gamma": []}
