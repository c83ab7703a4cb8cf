"""Inventories whose schemas stay text, and files that are written in pieces."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.errors import InventoryError
from sphinxext_apiplug.inventory.files import pieces_of, write_pieces_if_changed
from sphinxext_apiplug.inventory.model import Api, Inventory
from sphinxext_apiplug.inventory.timeline import fold
from tests.reference import sample


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "racks.json"
    path.write_bytes(codec.dumps(sample.inventory()))
    return path


def test_a_packed_inventory_says_the_same(file: Path) -> None:
    plain, packed = codec.loads(file.read_bytes()), codec.load_packed(file, "racks.json")
    assert codec.dumps(packed) == file.read_bytes()
    for one, other in zip(plain.operations, packed.operations, strict=True):
        assert [item.schema for item in one.request] == [item.schema for item in other.request]
        assert fold(one.request) == fold(other.request)
        assert one.augmented_by == other.augmented_by
    assert packed.extended_by("cables") == (packed.operation("create-shelf"),)


def test_pieces_are_the_whole() -> None:
    inventory = sample.inventory()
    data = {"format": codec.FORMAT, **msgspec.to_builtins(inventory)}
    whole = msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"
    assert b"".join(codec.chunks(inventory)) == whole


def test_an_inventory_of_nothing() -> None:
    inventory = Inventory(api=Api(name="a", namespace="", title="A", version=""))
    assert codec.loads(codec.dumps(inventory)) == inventory


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "is not an inventory"),
        (b"{", "is not an inventory"),
        (b"\xff", "is not an inventory"),
        (b'{"format": 99}', "has format 99"),
        (b'{"format": 1, "api": 7}', "is not an inventory"),
    ],
)
def test_what_is_no_inventory(tmp_path: Path, text: bytes, message: str) -> None:
    file = tmp_path / "racks.json"
    file.write_bytes(text)
    with pytest.raises(InventoryError, match=message):
        codec.load_packed(file, "racks.json")


@pytest.mark.parametrize("schema", ["7", "null", '"text"', "[]"])
def test_what_is_no_schema(file: Path, schema: str) -> None:
    data = msgspec.json.decode(file.read_bytes())
    [create] = [item for item in data["operations"] if item["id"] == "create-shelf"]
    create["request"][0]["schema"] = msgspec.Raw(schema.encode())
    file.write_bytes(msgspec.json.encode(data))
    with pytest.raises(InventoryError, match=r"schema.*request\[0\]"):
        codec.load_packed(file, "racks.json")


def test_a_file_with_the_same_pieces_keeps_its_time(tmp_path: Path) -> None:
    file = tmp_path / "new" / "file"
    assert write_pieces_if_changed(file, [b"one", b"two"])
    before = file.stat().st_mtime_ns
    assert not write_pieces_if_changed(file, [b"onetwo"])
    assert file.stat().st_mtime_ns == before
    assert b"".join(pieces_of(file)) == b"onetwo"
    assert write_pieces_if_changed(file, [b"three"])
    assert file.read_bytes() == b"three"
    assert [item.name for item in file.parent.iterdir()] == ["file"]


def test_pieces_that_fail_leave_the_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"whole")
    with pytest.raises(ZeroDivisionError):
        write_pieces_if_changed(file, (bytes([1 // number]) for number in (1, 0)))
    assert file.read_bytes() == b"whole"
    assert [item.name for item in tmp_path.iterdir()] == ["file"]
