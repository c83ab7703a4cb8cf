"""What a large service costs: collecting it, its documents, and their validation."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from measuring import (
    Cost,
    collecting,
    here,
    importing,
    inventory_file,
    paired,
    print_ratio,
    print_seconds,
    settings_of,
)

from sphinxext_apiplug.inventory.codec import loads
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.openapi.document import Builder, build
from sphinxext_apiplug.openapi.text import to_json
from sphinxext_apiplug.openapi.versions import versions_of

SERVICE: Final = "compute"


def collect(folder: Path, rounds: int) -> None:  # noqa: ARG001 - as the other parts
    """Collecting over importing."""
    module, _, _ = (settings_of(SERVICE).routes or "").partition(":")
    print_ratio(
        paired(
            "nova: collecting / importing the service",
            lambda: collecting(settings_of(SERVICE)),
            lambda: importing([module]),
            rounds,
            1.15,
        )
    )


def openapi(folder: Path, rounds: int) -> None:
    """Documents from an inventory that is in memory."""
    inventory = _inventory(folder)
    one = [here(lambda: to_json(build(inventory))) for _ in range(rounds)]
    print_seconds("nova: inventory to OpenAPI, newest version", one, 0.5)
    versions = versions_of(inventory)
    print_seconds(
        f"nova: the same, each of {len(versions)} versions",
        [here(lambda: _every(inventory, versions))],
        20,
    )
    whole = [here(lambda: to_json(build(inventory, "all"))) for _ in range(rounds)]
    print_seconds("nova: the same, all versions in one document", whole)


def validate(folder: Path, rounds: int) -> None:
    """Validation of a document, with and without the fast validator."""
    from sphinxext_apiplug.openapi.checker import findings
    from sphinxext_apiplug.openapi.fast import load

    for version, limit in ((None, 3.0), ("all", None)):
        document = build(_inventory(folder), version)
        size = len(to_json(document)) / 1e6
        name = f"nova: validating {version or 'newest'} ({size:.1f} MB)"
        if load() is None:
            print("jsonschema-rs isn't installed")
        print_seconds(name, [here(lambda: findings(document)) for _ in range(rounds)], limit)  # noqa: B023 - called at once
        slow: Cost = here(lambda: findings(document, is_fast=False))  # noqa: B023 - as above
        print_seconds(f"{name}, alone", [slow])


def _inventory(folder: Path) -> Inventory:
    return loads(inventory_file(SERVICE, folder).read_bytes())


def _every(inventory: Inventory, versions: tuple[str, ...]) -> None:
    builder = Builder(inventory)
    for version in versions:
        to_json(builder.build(version))
