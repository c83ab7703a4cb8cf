"""Equal parameters and responses become components."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypeAlias

from sphinxext_apiplug.openapi import names
from sphinxext_apiplug.openapi.bodies import phrase
from sphinxext_apiplug.openapi.work import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable


#: A path and a method.
Place: TypeAlias = tuple[str, str]


class Shared:
    """Objects of one section: those that occur at two places or more get a name.

    :ivar components: name -> object
    :ivar users: name -> the places that use it, in order
    """

    def __init__(self, section: str, values: Iterable[dict[str, Any]]) -> None:
        self.section = section
        self.components: dict[str, Any] = {}
        self.users: dict[str, list[Place]] = {}
        self._counts = Counter(canonical(value) for value in values)
        self._names: dict[bytes, str] = {}
        self._taken: set[str] = set()

    def put(self, value: dict[str, Any], hints: list[str], place: Place) -> dict[str, Any]:
        """Keep an object, and give what stands for it at *place*."""
        content = canonical(value)
        if self._counts[content] < 2:
            return value
        if content not in self._names:
            name = names.unique(hints, self._taken)
            self._taken.add(name.casefold())
            self._names[content] = name
            self.components[name] = value
        name = self._names[content]
        self.users.setdefault(name, []).append(place)
        return {"$ref": f"#/components/{self.section}/{name}"}


def share(paths: dict[str, dict[str, Any]]) -> tuple[Shared, Shared]:
    """Replace what occurs more than once by references.

    :param paths: the document's paths, whose operations are changed
    :returns: the parameters, the responses
    """
    operations = {
        (path, method): operation
        for path, item in paths.items()
        for method, operation in item.items()
    }
    every = operations.values()
    parameters = Shared(
        "parameters", (value for item in every for value in item.get("parameters", ()))
    )
    responses = Shared(
        "responses", (value for item in every for value in item["responses"].values())
    )
    for place, operation in operations.items():
        tag = names.camel(operation["tags"][0])
        if "parameters" in operation:
            operation["parameters"] = [
                parameters.put(value, _parameter_names(value, tag), place)
                for value in operation["parameters"]
            ]
        operation["responses"] = {
            code: responses.put(value, _response_names(code, tag), place)
            for code, value in operation["responses"].items()
        }
    return parameters, responses


def _parameter_names(value: dict[str, Any], tag: str) -> list[str]:
    name = names.camel(value["name"]) or "Parameter"
    return [name, f"{name}{value['in'].capitalize()}", f"{tag}{name}"]


def _response_names(code: str, tag: str) -> list[str]:
    name = names.camel(phrase(int(code))) if code.isdecimal() else ""
    name = name or f"Status{code}"
    return [name, f"{tag}{name}"]
