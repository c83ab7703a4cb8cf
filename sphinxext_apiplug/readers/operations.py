"""One operation, put together from what its handlers declare and do."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.model import (
    Operation,
    Payload,
    Policy,
    Response,
    Schema,
    VersionCheck,
)
from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange, gaps, hull, merge
from sphinxext_apiplug.readers import docstrings
from sphinxext_apiplug.readers.answers import Answer, read_answer
from sphinxext_apiplug.readers.base import Context, Plugin
from sphinxext_apiplug.readers.body import read_handler
from sphinxext_apiplug.readers.extending import Extending, with_fields
from sphinxext_apiplug.readers.findings import Findings
from sphinxext_apiplug.readers.handlers import Handler, VersionedSchema
from sphinxext_apiplug.readers.hooks import Hooked, names_of, stands_at
from sphinxext_apiplug.readers.parameters import path_parameters, query_parameters
from sphinxext_apiplug.readers.place import Place, identifier, title
from sphinxext_apiplug.readers.places import Places
from sphinxext_apiplug.readers.queries import strict
from sphinxext_apiplug.readers.responses import (
    description_of,
    reasons,
    statuses,
    with_headers,
    with_payloads,
    without_a_code,
)
from sphinxext_apiplug.readers.schema_files import files_of

__all__ = ["OperationBuilder", "Place"]


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
        extending: Sequence[Extending] = (),
    ) -> Operation:
        """Put one operation together.

        :param handlers: at least one, the newest first
        :param extending: those of other extensions that run after these
        """
        hooked = self._hooked(place, handlers)
        newest = handlers[0]
        places = self._context.places
        reads = [
            _Read(
                handler=item,
                body=read_handler(item, places),
                answer=_answer(item, places),
            )
            for item in hooked.handlers
        ]
        source = places.of_function(newest.function)
        normalise = functools.partial(self._normalised, source=source)
        summary, description = docstrings.split(newest.function.__doc__)
        return Operation(
            id=identifier(place),
            method=place.method,
            path=place.path,
            action=place.action,
            resource=place.collection,
            extension=self._alias,
            handler=source,
            summary=summary or title(place),
            summary_inferred=not summary,
            description=description,
            versions=hull(item.versions for item in handlers),
            augmented_by=(*(item.augmentation for item in extending), *hooked.augmentations),
            parameters=(
                *path_parameters(place, normalise),
                *query_parameters([(item.handler, item.body) for item in reads], normalise),
            ),
            strict_query=merge(held for item in handlers for held in strict(item)),
            request=self._requests(place.action, hooked.handlers, source),
            responses=self._responses(reads, source, extending),
            policies=_policies(reads),
            version_checks=self._checks(reads),
            demanded=tuple(sorted({name for item in reads for name in item.body.demanded})),
            files=self._files(reads, handlers, hooked.files, extending),
        )

    def _hooked(self, place: Place, handlers: Sequence[Handler]) -> Hooked:
        """The handlers with what other extensions add to their requests."""
        hooks = self._context.hooks
        if hooks is None:
            return Hooked(handlers=tuple(handlers))
        names = names_of(place.method, place.path, place.action, identifier(place))
        return hooks.applied(names, handlers, self._context)

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

    def _requests(
        self, action: str | None, handlers: Sequence[Handler], source: Source
    ) -> tuple[Payload, ...]:
        """The bodies that schemas declare; where none does, an action's key is still there."""
        declared = self.payloads(handlers, lambda item: item.requests, source)
        if action is None:
            return declared
        bare: Schema = {"type": "object", "properties": {action: {}}, "required": [action]}
        held = [item.versions for item in declared]
        named = [
            Payload(schema=bare, versions=versions, inferred=True)
            for handler in handlers
            for versions in gaps(handler.versions, held)
        ]
        return tuple(sorted([*declared, *named], key=lambda item: item.versions.sort_key))

    def payloads(
        self,
        handlers: Sequence[Handler],
        pick: Callable[[Handler], Sequence[VersionedSchema]],
        source: Source,
    ) -> tuple[Payload, ...]:
        """The bodies that schemas of handlers declare, by version.

        :param pick: which of a handler's schemas
        :param source: where they stand, for what is wrong with them
        """
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
            Payload(schema=self._normalised(schema, source), versions=versions, inferred=True)
            for item in reversed(reads)
            for versions, schema in item.answer.schemas
        )

    def _extended(
        self, payloads: tuple[Payload, ...], extending: Sequence[Extending]
    ) -> tuple[Payload, ...]:
        """The bodies of answers with what other extensions add to them."""
        for item in extending:
            place = item.augmentation.handler
            # What is wrong with its schemas is its own fault.
            builder = OperationBuilder(item.plugin, item.augmentation.extension, self._context)
            added = builder.payloads(item.handlers, lambda each: each.answers, place)
            payloads, everything = with_fields(payloads, added, item.augmentation.extension)
            if not everything:
                message = "a field that it adds to an answer is there already, or has no place"
                self._context.report("augments-unknown", item.plugin, message, source=place)
        return payloads

    def _responses(
        self, reads: Sequence[_Read], source: Source, extending: Sequence[Extending]
    ) -> tuple[Response, ...]:
        ranges: dict[tuple[int, bool], list[VersionRange]] = {}
        told: dict[int, dict[str, None]] = {}
        for read in reads:
            for status, inferred, versions in statuses(read.handler, read.body):
                ranges.setdefault((status, inferred), []).append(versions)
                why = reasons(read.handler, read.body, status)
                told.setdefault(status, {}).update(dict.fromkeys(why))
        handlers = [item.handler for item in reads]
        declared = self.payloads(handlers, lambda item: item.answers, source)
        payloads = self._extended(declared or self._deduced_answers(reads, source), extending)
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
        for item in without_a_code(responses, declared):
            which = "" if item.versions == ALL_VERSIONS else f" for {item.versions}"
            message = f"its response schema{which} is never used: the handler always refuses"
            self._context.report("schema-unreachable", self._plugin, message, source=source)
        headers = [(item, read.handler.versions) for read in reads for item in read.body.headers]
        return with_headers(with_payloads(responses, payloads), headers)

    def _checks(self, reads: Sequence[_Read]) -> tuple[VersionCheck, ...]:
        checks: dict[VersionCheck, None] = {}
        for test in (test for read in reads for test in read.body.tests):
            place = self._context.places.of_function(test.function)
            source = msgspec.structs.replace(place, line=test.line)
            checks.setdefault(VersionCheck(versions=test.versions, source=source))
        return tuple(sorted(checks, key=lambda item: item.versions.sort_key))

    def _files(
        self,
        reads: Sequence[_Read],
        handlers: Sequence[Handler],
        hooked: Iterable[str],
        extending: Sequence[Extending],
    ) -> tuple[str, ...]:
        files = set(hooked)
        for read in reads:
            files |= read.body.files | read.answer.files
        others = [handler for item in extending for handler in item.handlers]
        for handler in (*handlers, *others):
            for item in (*handler.requests, *handler.queries, *handler.answers):
                files |= set(files_of(item.raw, handler.function))
        named = {self._context.places.name(file) for file in files}
        return tuple(sorted(named | {item.augmentation.handler.file for item in extending}))


def _policies(reads: Sequence[_Read]) -> tuple[Policy, ...]:
    """The rules that handlers ask: those that every handler asks in any case, and others."""
    names = {rule for read in reads for rule in read.body.rules}
    # Who is refused anyway isn't served without being asked.
    serving = [read for read in reads if read.body.returns] or reads
    return tuple(
        Policy(
            name=name,
            inferred=True,
            conditional=not all(read.body.rules.get(name, False) for read in serving),
        )
        for name in sorted(names)
    )


def _answer(handler: Handler, places: Places) -> Answer:
    """What a handler returns, unless schemas say it."""
    if handler.answers:
        return Answer(schemas=(), files=frozenset())
    return read_answer(handler.function, handler.owner, places, handler.versions)
