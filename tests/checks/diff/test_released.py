"""What changed between releases of services, each change explained by what they published.

``released/`` has the operations that changed, cut down; the whole of both releases
differs in nothing else.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_apiplug.checks.diff import diff
from sphinxext_apiplug.checks.diff.files import Side, alike, read_side
from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import parse_apis
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json

FOLDER = Path(__file__).parent / "released"

#: The highest version and the field: release note of microversion 2.104. The status: its
#: last paragraph. The fields of key pairs: "Fix invalid jsonschema for keypair list response".
NOVA = [
    ("microversion-maximum-raised", "", "", []),
    ("required-field-added", "GET /v2.1/os-keypairs", "keypairs[].keypair.fingerprint", []),
    ("required-field-added", "GET /v2.1/os-keypairs", "keypairs[].keypair.name", []),
    ("required-field-added", "GET /v2.1/os-keypairs", "keypairs[].keypair.public_key", []),
    ("additional-fields-forbidden", "GET /v2.1/os-keypairs", "keypairs[].keypair", []),
    ("required-field-added", "GET /v2.1/os-keypairs", "keypairs[].keypair.type", ["2.2–2.104"]),
    ("error-status-added", "PUT /v2.1/servers/{id}", "", []),
    ("field-added", "PUT /v2.1/servers/{id}", "server.pinned_availability_zone", ["2.104"]),
]
#: All of it is the release note of microversion 1.3, but for the packaging's license.
MASAKARI = [
    ("microversion-maximum-raised", "", "", []),
    ("license-changed", "", "", []),
    ("extension-added", "", "vmoves", []),
    ("operation-added", "GET /v1/notifications/{notification_id}/vmoves", "", []),
    ("operation-added", "GET /v1/notifications/{notification_id}/vmoves/{id}", "", []),
]


def told(old: Inventory, new: Inventory) -> list[tuple[str, str, str, list[str]]]:
    return [
        (
            change.kind,
            change.where.call,
            change.where.name,
            [str(versions) for versions in change.where.versions],
        )
        for change in diff(old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [("nova33", "nova34", NOVA), ("masakari14", "masakari22", MASAKARI)],
)
def test_a_new_release(old: str, new: str, changes: list[tuple[str, str, str, list[str]]]) -> None:
    before, after = (read_side(FOLDER / f"{name}.json").inventory for name in (old, new))
    assert told(before, after) == changes
    assert {change.severity for change in diff(before, after)} <= {"compatible", "documentation"}


@pytest.mark.parametrize(("old", "new"), [("nova33", "nova34"), ("masakari14", "masakari22")])
def test_the_documents_of_both_releases_say_the_same(old: str, new: str, tmp_path: Path) -> None:
    sides = []
    for name in (old, new):
        inventory = read_side(FOLDER / f"{name}.json").inventory
        file = tmp_path / f"{name}.json"
        file.write_bytes(to_json(build(inventory, "all")))
        sides.append((inventory, read_side(file).inventory))
    (before, old_document), (after, new_document) = sides
    assert sorted(told(old_document, new_document)) == sorted(told(before, after))


@pytest.mark.real("masakari")
def test_a_release_differs_in_nothing_from_its_document(tmp_path: Path) -> None:
    name = "masakari.api.v1.extensions"
    settings = parse_apis({name: {"namespace": name, "base_path": "/v1"}})[name]
    inventory = collect(name, settings, base_dir=tmp_path).inventory
    file = tmp_path / "api.json"
    file.write_bytes(to_json(build(inventory, "all")))
    both = alike(
        Side(inventory=inventory),
        read_side(file),
        lambda api, version: to_json(build(api, version)),
    )
    assert diff(*both) == ()
