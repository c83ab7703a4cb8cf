"""A service that does otherwise than it says is found out, and what is wrong is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.contract import published
from tests.contract.checking import Report, check
from tests.contract.running import serving

pytestmark = pytest.mark.contract

VERSION = "2.5"
# Python imports it before anything else; it changes modules as they are imported.
MUTATED = """
import importlib.abc
import importlib.util
import sys

MODULE = {module!r}


class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name != MODULE:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            mutate(module)

        spec.loader.exec_module = exec_module
        return spec


{mutate}

sys.meta_path.insert(0, Finder())
"""
API = "compute_example.api.compute"

# What is changed in a module, the operation that it shows at, and what is said of it.
MUTATIONS = {
    "a field is dropped": (
        f"{API}.views",
        """
        def mutate(module):
            facts = module.server_facts

            def less(*args, **options):
                return {key: value for key, value in facts(*args, **options).items()
                        if key != "status"}

            module.server_facts = less
        """,
        ("servers-show", "GET /v2.1/servers/{id}"),
        ("response_schema_conformance", '"status" is a required property'),
    ),
    "a code is changed": (
        f"{API}.flavors",
        """
        def mutate(module):
            module.FlavorsController.create.wsgi_code = 202
        """,
        ("flavors-create", "POST /v2.1/flavors"),
        ("status_code_conformance", "Received: 202"),
    ),
    "a query parameter is needed": (
        f"{API}.images",
        """
        def mutate(module):
            import webob.exc

            index = module.ImagesController.index

            def needing(self, req, **arguments):
                if "region" not in req.GET:
                    raise webob.exc.HTTPBadRequest("The parameter region is missing.")
                return index(self, req, **arguments)

            needing.__dict__.update(index.__dict__)
            module.ImagesController.index = needing
        """,
        ("images-list", "GET /v2.1/images"),
        ("refusals_are_told", "The parameter region is missing"),
    ),
}


def run(folder: Path, operations: Sequence[str], path: Path | None) -> Report:
    """Check some operations of a service with that folder on its path."""
    document = published.write(published.inventory(), VERSION, folder)
    ids = {"/v2.1/servers/{id}": [published.DEMO]}
    with serving(folder / "service", path=path) as service:
        return check(
            document, service.url, VERSION,
            ids=ids, examples=6, phases=("examples", "fuzzing"), only=operations,
        )  # fmt: skip


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_is_found_out(name: str, tmp_path: Path, note: Callable[[str], None]) -> None:
    module, text, (operation, label), (kind, words) = MUTATIONS[name]
    lines = [line[8:] for line in text.splitlines()]
    mutated = MUTATED.format(module=module, mutate="\n".join(lines))
    (tmp_path / "sitecustomize.py").write_text(mutated, encoding="utf-8")
    report = run(tmp_path, [operation], tmp_path)
    (first, *_) = [item for item in report.failures if item.check == kind]
    assert first.operation == label
    assert words in first.message
    note(f"{name}: {first.operation}: {first.message.splitlines()[0]}")


def test_without_a_mutation_nothing_is_found(tmp_path: Path) -> None:
    """So the failures are the mutations'."""
    operations = [operation for _, _, (operation, _), _ in MUTATIONS.values()]
    assert run(tmp_path, operations, None).failures == []
