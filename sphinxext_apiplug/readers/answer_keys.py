"""The shapes of objects: keys that come into them later, keys that go, one of two."""

from __future__ import annotations

from typing import Any, TypeAlias

#: The keys that lead to a value in an object.
Path: TypeAlias = tuple[str, ...]


def with_key(
    shape: dict[str, Any], path: Path, value: dict[str, Any], *, certain: bool
) -> dict[str, Any]:
    """A copy of an object with a key below it, if what holds the key is an object as well."""
    name, below = path[0], path[1:]
    known = shape.get("properties", {})
    required = shape.get("required", [])
    if below:
        if known.get(name, {}).get("type") != "object":
            return shape
        value = with_key(known[name], below, value, certain=certain)
    elif certain and name not in required:
        required = [*required, name]
    found = shape | {"properties": {**known, name: value}}
    return found | ({"required": required} if required else {})


def without(shape: dict[str, Any], path: Path) -> dict[str, Any]:
    """A copy of an object that need not have a key below it."""
    if not path or path[0] not in shape.get("properties", {}):
        return shape
    name, below = path[0], path[1:]
    if below:
        inner = without(shape["properties"][name], below)
        return shape | {"properties": {**shape["properties"], name: inner}}
    required = [item for item in shape.get("required", ()) if item != name]
    found = {key: value for key, value in shape.items() if key != "required"}
    return found | ({"required": required} if required else {})


def either(one: dict[str, Any], two: dict[str, Any]) -> dict[str, Any]:
    """The shape of what has one of two shapes; of one that isn't known, the other says more."""
    if not (one and two):
        return two or one
    if one.get("type") != two.get("type"):
        return {}
    found = dict(two)
    if "items" in one and "items" in two:
        found["items"] = either(one["items"], two["items"])
    if "properties" in one and "properties" in two:
        names = {**one["properties"], **two["properties"]}
        found["properties"] = {
            name: either(one["properties"].get(name, {}), two["properties"].get(name, {}))
            for name in names
        }
        always = {*one.get("required", ())} & {*two.get("required", ())}
        found["required"] = [name for name in names if name in always]
    return {key: value for key, value in found.items() if value != []}
