"""Equal parameters and responses become components."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sphinxext_apiplug.openapi import names
from sphinxext_apiplug.openapi.bodies import phrase
from sphinxext_apiplug.openapi.components import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Shared:
    """Objects of one section: those that occur at two places or more get a name."""

    def __init__(self, section: str, values: Iterable[dict[str, Any]]) -> None:
        self.section = section
        self.components: dict[str, Any] = {}
        self._counts = Counter(canonical(value) for value in values)
        self._names: dict[str, str] = {}

    def place(self, value: dict[str, Any], hints: list[str]) -> dict[str, Any]:
        content = canonical(value)
        if self._counts[content] < 2:
            return value
        if content not in self._names:
            taken = {name.casefold() for name in self.components}
            name = names.unique(hints, taken)
            self._names[content] = name
            self.components[name] = value
        return {"$ref": f"#/components/{self.section}/{self._names[content]}"}


def share(paths: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Replace what occurs more than once by references.

    :param paths: the document's paths, whose operations are changed
    :returns: section (``parameters``, ``responses``) -> name -> object
    """
    operations = [operation for item in paths.values() for operation in item.values()]
    parameters = _Shared(
        "parameters", (value for item in operations for value in item.get("parameters", ()))
    )
    responses = _Shared(
        "responses", (value for item in operations for value in item["responses"].values())
    )
    for operation in operations:
        tag = names.camel(operation["tags"][0])
        if "parameters" in operation:
            operation["parameters"] = [
                parameters.place(value, _parameter_names(value, tag))
                for value in operation["parameters"]
            ]
        operation["responses"] = {
            code: responses.place(value, _response_names(code, tag))
            for code, value in operation["responses"].items()
        }
    return {"parameters": parameters.components, "responses": responses.components}


def _parameter_names(value: dict[str, Any], tag: str) -> list[str]:
    name = names.camel(value["name"]) or "Parameter"
    return [name, f"{name}{value['in'].capitalize()}", f"{tag}{name}"]


def _response_names(code: str, tag: str) -> list[str]:
    name = names.camel(phrase(int(code))) if code.isdecimal() else ""
    name = name or f"Status{code}"
    return [name, f"{tag}{name}"]
