"""openapi-spec-validator, made to say where in the document an error is."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from jsonschema_path.paths import SchemaPath
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from sphinxext_apiplug.openapi.references import Finding, dangling, without_references

if TYPE_CHECKING:
    from collections.abc import Iterator


def findings(document: dict[str, Any]) -> list[Finding]:
    """Every error of an OpenAPI 3.1 document; nothing is fetched for it."""
    found = dangling(document)
    if found:
        # The validator gives up at the first of these.
        document = without_references(document, {finding.parts for finding in found})
    return found + [_finding(error) for error in _Validator(document).iter_errors()]


def _finding(error: Any) -> Finding:
    return Finding(message=error.message, parts=tuple(error.absolute_path))


def _located(base: Any) -> Any:
    """A keyword validator whose errors carry their whole path in the document.

    The validator's own errors carry a path within the part that they are about,
    or none at all.
    """

    class Located(base):  # type: ignore[misc]
        def __call__(self, *args: Any, **options: Any) -> Iterator[Any]:
            part = next(value for value in args if isinstance(value, SchemaPath))
            for error in super().__call__(*args, **options):
                if not hasattr(error, "is_located"):
                    error.path.extendleft(reversed(part.parts))
                    error.is_located = True
                yield error

    return Located


def _checked(base: Any) -> Any:
    """A schema validator that holds whole schemas against JSON Schema's metaschema.

    openapi-spec-validator does so itself since it passes ``meta_checked`` on.
    """
    if "meta_checked" in inspect.signature(base.__call__).parameters:
        return base
    metaschema = OAS31Validator(OAS31Validator.META_SCHEMA)

    class Checked(base):  # type: ignore[misc]
        def __call__(self, schema: Any, require_properties: bool = True) -> Iterator[Any]:
            # It calls itself, with False, for what stands inside a schema.
            errors = list(metaschema.iter_errors(schema.contents())) if require_properties else ()
            yield from errors
            if not errors:
                yield from super().__call__(schema, require_properties)

    return Checked


class _Validator(OpenAPIV31SpecValidator):
    def __init__(self, document: dict[str, Any]) -> None:
        self.resolver_handlers = {}
        self.keyword_validators = {
            keyword: _located(_checked(base) if keyword == "schema" else base)
            for keyword, base in OpenAPIV31SpecValidator.keyword_validators.items()
        }
        super().__init__(document)
