"""openapi-spec-validator, made to say where in the document an error is."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from jsonschema.validators import validator_for
from jsonschema_path.paths import SchemaPath
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.schemas import schema_v31

from sphinxext_apiplug.openapi.fast import Fast, Silence, load
from sphinxext_apiplug.openapi.references import Finding, dangling, without_references

if TYPE_CHECKING:
    from collections.abc import Iterator


def findings(document: dict[str, Any], *, is_fast: bool = True) -> list[Finding]:
    """Every error of an OpenAPI 3.1 document; nothing is fetched for it.

    :param is_fast: take the fast validator where it is installed; the errors are
        the same
    """
    found = dangling(document)
    if found:
        # The validator gives up at the first of these.
        document = without_references(document, {finding.parts for finding in found})
    fast = load() if is_fast and "jsonSchemaDialect" not in document else None
    return found + [_finding(error) for error in _Validator(document, fast).iter_errors()]


def _finding(error: Any) -> Finding:
    return Finding(message=error.message, parts=tuple(error.absolute_path))


def _located(base: Any) -> Any:
    """A keyword validator whose errors carry their whole path in the document.

    The validator's own errors carry a path within the part that they are about,
    or none at all.
    """

    class Located(base):  # type: ignore[misc]
        def __call__(self, *args: Any, **options: Any) -> Iterator[Any]:
            # Old releases are given {} where the document has no such part.
            parts = [value.parts for value in args if isinstance(value, SchemaPath)]
            for error in super().__call__(*args, **options):
                if not hasattr(error, "is_located"):
                    error.path.extendleft(reversed(parts[0] if parts else ()))
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
        def __call__(
            self, schema: Any, require_properties: bool = True, meta_checked: bool = False
        ) -> Iterator[Any]:
            # It calls itself, with False, for what stands inside a schema.
            is_whole = require_properties and not meta_checked
            errors = list(metaschema.iter_errors(schema.contents())) if is_whole else ()
            yield from errors
            if not errors:
                yield from super().__call__(schema, require_properties)

    return Checked


def _hurried(base: Any, fast: Fast, silence: Silence) -> Any:
    """A schema validator that leaves out what the fast one answers for."""

    class Hurried(base):  # type: ignore[misc]
        def __call__(
            self, schema: Any, require_properties: bool = True, meta_checked: bool = False
        ) -> Iterator[Any]:
            is_whole = require_properties and not meta_checked
            value = _value(schema) if is_whole else None
            if is_whole and fast.is_valid_schema(value):
                if silence.covers(value):
                    return
                meta_checked = True
            yield from super().__call__(schema, require_properties, meta_checked)

    return Hurried


def _value(schema: Any) -> Any:
    return schema.read_value() if hasattr(schema, "read_value") else schema.contents()


class _Whole:
    """The schema of documents, with the same messages wherever it is used.

    openapi-spec-validator takes them from jsonschema-rs where that is installed.
    """

    def __init__(self, fast: Fast | None) -> None:
        self._fast = fast

    def iter_errors(self, document: Any) -> Iterator[Any]:
        if self._fast is None or not self._fast.is_valid_document(document):
            schema = dict(schema_v31)
            yield from validator_for(schema)(schema).iter_errors(document)


class _Validator(OpenAPIV31SpecValidator):
    def __init__(self, document: dict[str, Any], fast: Fast | None) -> None:
        self.resolver_handlers = {}
        schema = _checked(OpenAPIV31SpecValidator.keyword_validators["schema"])
        if fast is not None:
            schema = _hurried(schema, fast, Silence(document))
        self.keyword_validators = {
            keyword: _located(schema if keyword == "schema" else base)
            for keyword, base in OpenAPIV31SpecValidator.keyword_validators.items()
        }
        self.schema_validator = _Whole(fast)
        super().__init__(document)
