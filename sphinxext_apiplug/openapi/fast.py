"""A faster validator, which decides that most of a document is valid.

openapi-spec-validator has each schema checked by JSON Schema's metaschema in pure
Python, which takes a second for every ten or twenty schemas of a large service.
jsonschema-rs, where it is installed, does so a thousand times faster. Its word counts
for what is valid alone: the errors of everything else are openapi-spec-validator's.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from openapi_schema_validator import OAS31Validator, oas31_format_checker
from openapi_spec_validator.schemas import schema_v31

from sphinxext_apiplug.openapi.schemas import local_pointer, resolve

if TYPE_CHECKING:
    from collections.abc import Callable


def _optional(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        return None


jsonschema_rs: Final = _optional("jsonschema_rs")
# It isn't public; before there was one the metaschema was JSON Schema's own.
_SPECIFICATIONS: Final = _optional("openapi_schema_validator._specifications")
# Only with these does a schema that the metaschema allows need a closer look.
_TELLING: Final = frozenset({"allOf", "default"})


class Fast:
    """Answers with yes or with "look closer"."""

    def __init__(self, document: Callable[[Any], bool], schema: Callable[[Any], bool]) -> None:
        self._document = document
        self._schema = schema

    def is_valid_document(self, document: Any) -> bool:
        """Whether it surely follows the schema of OpenAPI documents."""
        return _surely(self._document, document)

    def is_valid_schema(self, schema: Any) -> bool:
        """Whether it surely follows the metaschema, its formats included."""
        foreign = isinstance(schema, dict) and "$schema" in schema
        return not foreign and _surely(self._schema, schema)


def load() -> Fast | None:
    """The fast validator; ``None`` where it isn't installed or can't be used."""
    if jsonschema_rs is None:
        return None
    try:
        return Fast(_compiled(dict(schema_v31)), _compiled(OAS31Validator.META_SCHEMA))
    except (ValueError, LookupError, jsonschema_rs.ReferencingError):
        return None


def _compiled(schema: Any) -> Callable[[Any], bool]:
    registry: Any = _SPECIFICATIONS.REGISTRY if _SPECIFICATIONS is not None else ()
    resources = [
        (uri, registry.contents(uri))
        for uri in registry
        if uri.startswith("https://spec.openapis.org/")
    ]
    checks = {
        name: partial(oas31_format_checker.conforms, format=name)
        for name in oas31_format_checker.checkers
    }
    validator = jsonschema_rs.Draft202012Validator(
        schema,
        registry=jsonschema_rs.Registry(resources, retriever=_nothing),
        formats=checks,
        validate_formats=schema is OAS31Validator.META_SCHEMA,
    )
    is_valid: Callable[[Any], bool] = validator.is_valid
    return is_valid


def _nothing(uri: str) -> Any:
    """Retrieve nothing: what a metaschema consists of is installed."""
    raise LookupError(uri)


def _surely(is_valid: Callable[[Any], bool], value: Any) -> bool:
    try:
        return is_valid(value)
    except (TypeError, ValueError):
        # It isn't JSON, or deeper than the fast validator goes.
        return False


class Silence:
    """Tells which schemas of a document need no look beyond the metaschema's."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._silent: set[str] = set()

    def covers(self, schema: Any) -> bool:
        """Whether neither *schema* nor what it refers to says anything telling."""
        seen: set[str] = set()
        waiting = [schema]
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting += value
            elif isinstance(value, dict):
                if not _TELLING.isdisjoint(value):
                    return False
                waiting += value.values()
                waiting += self._targets(value.get("$ref"), seen)
        self._silent |= seen
        return True

    def _targets(self, reference: object, seen: set[str]) -> list[Any]:
        pointer = local_pointer(reference)
        if pointer is None or pointer in seen or pointer in self._silent:
            return []
        seen.add(pointer)
        try:
            return [resolve(self._document, pointer)]
        except LookupError:
            return []
