"""One operation, put together from what its handlers declare and do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from types import FunctionType, ModuleType
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.model import (
    Augmentation,
    Operation,
    Parameter,
    Payload,
    Policy,
    Response,
    Schema,
    VersionCheck,
)
from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.inventory.versions import VersionRange, gaps, hull, merge
from sphinxext_apiplug.readers import docstrings
from sphinxext_apiplug.readers.answers import Answer, read_answer
from sphinxext_apiplug.readers.base import Context, Plugin
from sphinxext_apiplug.readers.body import read_body
from sphinxext_apiplug.readers.findings import Findings
from sphinxext_apiplug.readers.handlers import Handler, VersionedSchema
from sphinxext_apiplug.readers.hooks import names_of, stands_at
from sphinxext_apiplug.readers.places import Places
from sphinxext_apiplug.readers.queries import parameters_of
from sphinxext_apiplug.readers.responses import description_of, reasons, statuses, with_payloads

_VERBS = {
    "index": "list",
    "show": "show",
    "create": "create",
    "update": "update",
    "delete": "delete",
}


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where an operation stands in the API.

    :ivar patterns: path variable -> regular expression
    :ivar parents: collections that the resource is nested in
    :ivar name: the handler's method or the action's name
    """

    method: str
    path: str
    patterns: dict[str, str]
    parents: tuple[str, ...]
    collection: str
    member: str
    name: str
    action: str | None = None


class _Read(msgspec.Struct, frozen=True, kw_only=True):
    """One handler, with what its code says."""

    handler: Handler
    body: Findings
    answer: Answer


class OperationBuilder:
    """Builds the operations of one extension."""

    def __init__(self, plugin: Plugin, alias: str, context: Context) -> None:
        self._plugin = plugin
        self._alias = alias
        self._context = context

    def build(
        self,
        place: Place,
        handlers: Sequence[Handler],
        augmented_by: tuple[Augmentation, ...] = (),
    ) -> Operation:
        """Put one operation together.

        :param handlers: at least one, the newest first
        """
        handlers, hooked = self._hooked(place, handlers)
        newest = handlers[0]
        places = self._context.places
        reads = [
            _Read(
                handler=item,
                body=read_body(item.function, item.owner, places),
                answer=_answer(item, places),
            )
            for item in handlers
        ]
        source = places.of_function(newest.function)
        summary, description = docstrings.split(newest.function.__doc__)
        return Operation(
            id=_identifier(place),
            method=place.method,
            path=place.path,
            action=place.action,
            resource=place.collection,
            extension=self._alias,
            handler=source,
            summary=summary or _title(place),
            description=description,
            versions=hull(item.versions for item in handlers),
            augmented_by=(*augmented_by, *hooked),
            parameters=(
                *self._path_parameters(place, source),
                *self._queries(reads, source),
            ),
            request=self._payloads(handlers, lambda item: item.requests, source),
            responses=self._responses(reads, source),
            policies=tuple(
                Policy(name=rule, inferred=True)
                for rule in sorted({rule for read in reads for rule in read.body.rules})
            ),
            version_checks=self._checks(reads),
            files=self._files(reads),
        )

    def _hooked(
        self, place: Place, handlers: Sequence[Handler]
    ) -> tuple[Sequence[Handler], tuple[Augmentation, ...]]:
        """The handlers with what other extensions add to their requests."""
        if self._context.hooks is None:
            return handlers, ()
        names = names_of(place.method, place.path, place.action, _identifier(place))
        return self._context.hooks.applied(names, handlers, self._context)

    def _normalised(self, raw: Any, source: Source) -> Schema:
        result = self._context.schemas.normalised(raw)
        for finding in result.findings:
            self._context.report(
                finding.kind,
                self._plugin,
                finding.message,
                source=source,
                pointer=finding.pointer,
            )
        return result.schema

    def _path_parameters(self, place: Place, source: Source) -> list[Parameter]:
        parameters = []
        for name in re.findall(r"\{(\w+)\}", place.path):
            schema: dict[str, Any] = {"type": "string"}
            if name in place.patterns:
                schema["pattern"] = f"^(?:{place.patterns[name]})$"
            normalised = self._normalised(schema, source)
            parameters.append(
                Parameter(name=name, location="path", required=True, schema=normalised)
            )
        return parameters

    def _queries(self, reads: Sequence[_Read], source: Source) -> list[Parameter]:
        found: dict[tuple[str, bytes, bool, bool], list[VersionRange]] = {}
        for read in reads:
            handler, body = read.handler, read.body
            declared = list(self._declared_queries(handler, source))
            names = {name for name, _, _, _ in declared}
            for name, schema, required, versions in declared:
                key = (name, _encoded(schema), required, False)
                found.setdefault(key, []).append(versions)
            # Where a schema says what there is, nothing else reaches the body.
            told = [item.versions for item in handler.queries]
            for query in body.queries.values():
                held = query.versions.intersect(handler.versions)
                left = gaps(held, told) if held is not None and query.name not in names else ()
                key = (query.name, _encoded(query.schema or {"type": "string"}), False, True)
                if left:
                    found.setdefault(key, []).extend(left)
        return [
            Parameter(
                name=name,
                location="query",
                required=required,
                schema=msgspec.json.decode(schema),
                versions=versions,
                inferred=inferred,
            )
            for (name, schema, required, inferred), ranges in sorted(found.items())
            for versions in merge(ranges)
        ]

    def _declared_queries(
        self, handler: Handler, source: Source
    ) -> Iterable[tuple[str, Schema, bool, VersionRange]]:
        for item in handler.queries:
            schema = self._normalised(item.raw, source)
            versions = item.versions.intersect(handler.versions)
            if versions is not None:
                for name, value, required in parameters_of(schema):
                    yield name, value, required, versions

    def _payloads(
        self,
        handlers: Sequence[Handler],
        pick: Callable[[Handler], Sequence[VersionedSchema]],
        source: Source,
    ) -> tuple[Payload, ...]:
        payloads = [
            self._payload(item, versions, source)
            for handler in reversed(handlers)
            for item in pick(handler)
            if (versions := item.versions.intersect(handler.versions)) is not None
        ]
        return tuple(sorted(payloads, key=lambda item: item.versions.sort_key))

    def _payload(self, item: VersionedSchema, versions: VersionRange, source: Source) -> Payload:
        schema = self._normalised(item.raw, source)
        # Normalising may have left out what an extension added.
        added = {at: by for at, by in item.provided_by.items() if stands_at(schema, at)}
        return Payload(schema=schema, versions=versions, provided_by=added)

    def _deduced_answers(self, reads: Sequence[_Read], source: Source) -> tuple[Payload, ...]:
        """The shapes that handlers return, where no schema says it."""
        return tuple(
            Payload(
                schema=self._normalised(item.answer.schema, source),
                versions=item.handler.versions,
                inferred=True,
            )
            for item in reversed(reads)
            if item.answer.schema is not None
        )

    def _responses(self, reads: Sequence[_Read], source: Source) -> tuple[Response, ...]:
        ranges: dict[tuple[int, bool], list[VersionRange]] = {}
        told: dict[int, dict[str, None]] = {}
        for read in reads:
            for status, inferred, versions in statuses(read.handler, read.body):
                ranges.setdefault((status, inferred), []).append(versions)
                why = reasons(read.handler, read.body, status)
                told.setdefault(status, {}).update(dict.fromkeys(why))
        handlers = [item.handler for item in reads]
        declared = self._payloads(handlers, lambda item: item.answers, source)
        payloads = declared or self._deduced_answers(reads, source)
        responses = [
            Response(
                status=status,
                description=description_of(status, [*told[status]]),
                versions=versions,
                inferred=inferred,
            )
            for (status, inferred), held in sorted(ranges.items())
            for versions in merge(held)
        ]
        return with_payloads(responses, payloads)

    def _checks(self, reads: Sequence[_Read]) -> tuple[VersionCheck, ...]:
        checks = []
        for read in reads:
            place = self._context.places.of_function(read.handler.function)
            for test in read.body.tests:
                source = msgspec.structs.replace(place, line=test.line)
                checks.append(VersionCheck(versions=test.versions, source=source))
        return tuple(sorted(checks, key=lambda item: item.versions.sort_key))

    def _files(self, reads: Sequence[_Read]) -> tuple[str, ...]:
        files: set[str] = set()
        for read in reads:
            files |= read.body.files | read.answer.files
            handler = read.handler
            for item in (*handler.requests, *handler.queries, *handler.answers):
                files |= set(_schema_files(item.raw, handler.function))
        return tuple(sorted({self._context.places.name(file) for file in files}))


def _answer(handler: Handler, places: Places) -> Answer:
    """What a handler returns, unless schemas say it."""
    if handler.answers:
        return Answer(schema=None, files=frozenset())
    return read_answer(handler.function, handler.owner, places)


def _identifier(place: Place) -> str:
    verb = _VERBS.get(place.name, place.name)
    words = [*place.parents, place.collection, place.action or verb]
    slug = "-".join(re.sub(r"[^A-Za-z0-9_]+", "-", word).strip("-") for word in words if word)
    return re.sub(r"-{2,}", "-", slug).strip("-")[:120] or "operation"


def _title(place: Place) -> str:
    """A title for a handler without a docstring, as in "List extensions"."""
    verb = _VERBS.get(place.name)
    if place.action is not None or verb is None:
        name = _without_prefix(place.action or place.name)
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_-]+", " ", name).strip()
        return words[:1].upper() + words[1:].lower()
    noun = place.collection if verb == "list" else place.member
    return f"{verb.capitalize()} {re.sub('[_-]+', ' ', _without_prefix(noun))}"


def _without_prefix(name: str) -> str:
    """A name without the ``os-`` that was once the mark of an extension."""
    return re.sub("^os[-_](?=.)", "", name)


def _schema_files(raw: Any, function: FunctionType) -> Iterable[str]:
    """The file that a schema is defined in, and the files of what that one imports."""
    package = str(function.__globals__.get("__name__", "")).partition(".")[0]
    for module in _modules(function.__globals__, package):
        if any(value is raw for value in vars(module).values()):
            for item in (module, *_modules(vars(module), package)):
                file = getattr(item, "__file__", None)
                if file is not None:
                    yield file


def _modules(space: dict[str, Any], package: str) -> list[ModuleType]:
    return [
        value
        for value in space.values()
        if isinstance(value, ModuleType) and value.__name__.partition(".")[0] == package
    ]


def _encoded(schema: Schema) -> bytes:
    return msgspec.json.encode(schema, order="deterministic")
